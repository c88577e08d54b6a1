import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RateLimit } from './rate-limit.js';

test('A minute’s worth may come at once; after it the wait that is told is enough', () => {
  let now = 1_000_000;
  const limit = new RateLimit(() => now);
  for (let count = 0; count < 6; count++) expect(limit.take('a', 6)).toBeUndefined();
  expect(limit.take('a', 6)).toBe(10);
  expect(limit.take('b', 6)).toBeUndefined();
  now += 9_000;
  expect(limit.take('a', 6)).toBe(1);
  now += 1_000;
  expect(limit.take('a', 6)).toBeUndefined();
});

test('However requests come, no more are let through than a minute’s worth and what time has brought', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 }), (perMinute, pauses) => {
      let now = 0;
      const limit = new RateLimit(() => now);
      let taken = 0;
      for (const pause of pauses) {
        now += pause;
        if (limit.take('a', perMinute) === undefined) taken++;
      }
      expect(taken).toBeLessThanOrEqual(perMinute + (now * perMinute) / 60_000 + 1e-6);
    }),
  );
});
