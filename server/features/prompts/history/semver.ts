import { type PromptContent } from '../content/content.js';

/** A version's number; `major.minor.patch` in writing. */
export interface SemanticVersion {
  major: number;
  minor: number;
  patch: number;
}

export const firstVersion: SemanticVersion = { major: 1, minor: 0, patch: 0 };

/**
 * The number of the version that comes after another. Whoever renders a prompt gives exactly its variables, so one more or one less breaks
 * callers: major. Everything else keeps them working: patch.
 */
export function nextVersion(current: SemanticVersion, before: PromptContent, after: PromptContent): SemanticVersion {
  const namesBefore = new Set(before.variables.map(({ name }) => name));
  const namesAfter = new Set(after.variables.map(({ name }) => name));
  const sameContract = namesBefore.size === namesAfter.size && [...namesAfter].every((name) => namesBefore.has(name));
  return sameContract ? { ...current, patch: current.patch + 1 } : { major: current.major + 1, minor: 0, patch: 0 };
}

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
