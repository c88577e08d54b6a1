import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isId } from './input.js';
import { firstIdAt, OrderedIds } from './ordered-ids.js';

test('Ids sort as their times do, and within one millisecond as they were asked for', () => {
  const times = fc.array(fc.integer({ min: 0, max: 2 ** 42 }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(times, (given) => {
      const ids = new OrderedIds();
      const made = given.sort((a, b) => a - b).map((ms) => ids.next(new Date(ms)));
      expect([...made].sort()).toEqual(made);
      expect(new Set(made).size).toBe(made.length);
      expect(made.every(isId)).toBe(true);
    }),
  );
});

test('More ids in one millisecond than it has room for still sort', () => {
  const ids = new OrderedIds();
  const made = Array.from({ length: 9_000 }, () => ids.next(new Date(1_000)));
  expect([...made].sort()).toEqual(made);
});

test('The first id of a time comes after those of earlier times and before its own and those of later ones', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 42 }), (ms) => {
      const first = firstIdAt(ms);
      expect(isId(first)).toBe(true);
      expect(new OrderedIds().next(new Date(ms - 1)) < first).toBe(true);
      for (const time of [ms, ms + 1]) expect(first <= new OrderedIds().next(new Date(time))).toBe(true);
    }),
  );
});
