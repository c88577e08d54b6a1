import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { RefusalBound, storedPerMinute } from './refusal-bound.js';

let now = 0;
let stored: string[] = [];
let bound: RefusalBound<{ triggerId: string; id: number }>;

beforeEach(() => {
  stored = [];
  bound = new RefusalBound({
    store: async ({ triggerId, id }) => void stored.push(`${triggerId}${id}`),
    storeOmitted: async ({ triggerId, id }, omitted) => void stored.push(`${omitted} more to ${triggerId}${id}`),
    onError: (error) => {
      throw error;
    },
    now: () => now,
  });
});
afterEach(() => bound.stop());

async function flood(triggerId: string, count: number): Promise<void> {
  for (let id = 1; id <= count; id++) await bound.keep({ triggerId, id });
}

test('A few refusals are stored one by one; the others of the minute are counted and stored as one', async () => {
  await flood('a', 5_000);
  expect(stored).toEqual(Array.from({ length: storedPerMinute }, (_, index) => `a${index + 1}`));
  now += 60_000;
  await flood('b', 1);
  expect(stored.slice(storedPerMinute)).toEqual([`${5_000 - storedPerMinute} more to a5000`, 'b1']);
});

test('Each trigger has a count of its own, and each minute', async () => {
  await flood('a', storedPerMinute + 1);
  await flood('b', 1);
  now += 60_000;
  await flood('a', 1);
  expect(stored.slice(storedPerMinute)).toEqual(['b1', `1 more to a${storedPerMinute + 1}`, 'a1']);
});

test('What has been counted is stored when the server stops', async () => {
  await flood('a', storedPerMinute + 3);
  await bound.stop();
  expect(stored.at(-1)).toBe(`3 more to a${storedPerMinute + 3}`);
});
