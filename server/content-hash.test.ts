import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contentHash } from './content-hash.js';

test('the order of keys, and keys without a value, make no difference', () => {
  expect(contentHash({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(contentHash({ b: { c: [1, 2] }, a: 1 }));
});

test('anything else does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(contentHash(one) === contentHash(other)).toBe(same);
    }),
  );
  expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
});

test('a value that was stored and read again has the hash that it had', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => expect(contentHash(JSON.parse(JSON.stringify(value)))).toBe(contentHash(value))));
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return { object: entries.map(([key, part]) => [key, sorted(part)]) };
}
