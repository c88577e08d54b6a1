/** A version's number; `major.minor.patch` in writing. */
export interface SemanticVersion {
  major: number;
  minor: number;
  patch: number;
}

export const firstVersion: SemanticVersion = { major: 1, minor: 0, patch: 0 };

export function formatVersion({ major, minor, patch }: SemanticVersion): string {
  return `${major}.${minor}.${patch}`;
}

/** @throws Error for what `formatVersion` did not write */
export function parseVersion(version: string): SemanticVersion {
  const [major, minor, patch, ...rest] = version.split('.').map(Number);
  if (major === undefined || minor === undefined || patch === undefined || rest.length > 0) throw new Error(`${version} is no version.`);
  return { major, minor, patch };
}

/** Negative where `one` is the older number. */
export function compareVersions(one: SemanticVersion, other: SemanticVersion): number {
  return one.major - other.major || one.minor - other.minor || one.patch - other.patch;
}
