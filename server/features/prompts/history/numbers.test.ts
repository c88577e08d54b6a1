import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type VersionBump } from './contract.js';
import { familyOf, numberAfter } from './numbers.js';
import { compareVersions, formatVersion, parseVersion, type SemanticVersion } from './semver.js';

/** As the store does it, over a list. */
function next(taken: readonly SemanticVersion[], parent: SemanticVersion, bump: VersionBump): SemanticVersion {
  const { major, minor } = familyOf(parent, bump);
  const family = taken.filter((number) => (major === undefined || number.major === major) && (minor === undefined || number.minor === minor));
  return numberAfter([...family].sort(compareVersions).at(-1) ?? parent, bump);
}

const part = fc.integer({ min: 0, max: 4 });
const numbers = fc.uniqueArray(fc.record({ major: part, minor: part, patch: part }), { minLength: 1, maxLength: 20, selector: formatVersion });
const bump = fc.constantFrom<VersionBump>('PATCH', 'MINOR', 'MAJOR');

test('A number is the next free one of its kind, whatever other branches took', () => {
  const taken = ['1.0.0', '1.0.1', '1.1.0', '2.0.0', '2.0.1'].map(parseVersion);
  expect(formatVersion(next(taken, parseVersion('1.0.0'), 'PATCH'))).toBe('1.0.2');
  expect(formatVersion(next(taken, parseVersion('1.0.1'), 'MINOR'))).toBe('1.2.0');
  expect(formatVersion(next(taken, parseVersion('1.1.0'), 'MAJOR'))).toBe('3.0.0');
});

test('A number is never taken, and always greater than its parent', () => {
  fc.assert(
    fc.property(numbers, bump, fc.nat(), (taken, kind, index) => {
      const parent = taken[index % taken.length]!;
      const number = next(taken, parent, kind);
      expect(taken.map(formatVersion)).not.toContain(formatVersion(number));
      expect(compareVersions(number, parent)).toBeGreaterThan(0);
    }),
  );
});

test('A number says what it is a change of: a patch keeps major and minor, a minor keeps major, what follows starts at 0', () => {
  fc.assert(
    fc.property(numbers, bump, fc.nat(), (taken, kind, index) => {
      const parent = taken[index % taken.length]!;
      const number = next(taken, parent, kind);
      if (kind !== 'MAJOR') expect(number.major).toBe(parent.major);
      if (kind === 'PATCH') expect(number.minor).toBe(parent.minor);
      else expect(number.patch).toBe(0);
      if (kind === 'MAJOR') expect(number.minor).toBe(0);
    }),
  );
});
