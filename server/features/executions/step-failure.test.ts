import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { retryDelayMs } from './step-failure.js';

const policy = fc.record({ maxAttempts: fc.integer({ min: 1, max: 10 }), initialDelayMs: fc.integer({ min: 0, max: 60_000 }), maxDelayMs: fc.integer({ min: 0, max: 600_000 }) });
const attempts = fc.integer({ min: 1, max: 50 });
const random = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

test('a pause is never longer than the policy allows, unless the provider asked for more', () => {
  fc.assert(
    fc.property(policy, attempts, random, (retry, attempt, chance) => {
      const delay = retryDelayMs(retry, attempt, undefined, () => chance);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(Math.min(retry.maxDelayMs, retry.initialDelayMs * 2 ** (attempt - 1)));
    }),
  );
});

test('a pause is never shorter than the provider asked for, up to an hour', () => {
  fc.assert(
    fc.property(policy, attempts, fc.integer({ min: 0, max: 10_000_000 }), (retry, attempt, retryAfterMs) => {
      expect(retryDelayMs(retry, attempt, retryAfterMs)).toBeGreaterThanOrEqual(Math.min(retryAfterMs, 3_600_000));
    }),
  );
});
