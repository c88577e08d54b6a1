import { type VersionBump } from './contract.js';
import { type SemanticVersion } from './semver.js';

/** Which versions of a prompt a new number must go beyond: those that agree with its parent in these parts. */
export function familyOf({ major, minor }: SemanticVersion, bump: VersionBump): Partial<SemanticVersion> {
  if (bump === 'PATCH') return { major, minor };
  return bump === 'MINOR' ? { major } : {};
}

/**
 * The next free number of its kind over all versions of a prompt, so that branches never get the same one.
 * @param greatest the greatest number of the family
 */
export function numberAfter({ major, minor, patch }: SemanticVersion, bump: VersionBump): SemanticVersion {
  if (bump === 'PATCH') return { major, minor, patch: patch + 1 };
  return bump === 'MINOR' ? { major, minor: minor + 1, patch: 0 } : { major: major + 1, minor: 0, patch: 0 };
}
