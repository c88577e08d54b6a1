import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wordsOf } from './cron-words.js';
import { parseCron } from './parse-cron.js';

test.each([
  ['*/15 * * * *', 'Every 15 minutes'],
  ['* * * * * *', 'Every second'],
  ['@hourly', 'Every hour'],
  ['@daily', 'At 00:00, every day'],
  ['30 2 * * 1-5', 'At 02:30, Monday through Friday'],
  ['30 0 9 * * *', 'At 09:00:30, every day'],
  ['0 9 L * *', 'At 09:00, on the last day of the month'],
  ['0 9 * * MON#1', 'At 09:00, on the first Monday of the month'],
  ['0 9 13 * 5', 'At 09:00, on day 13 of the month or on Friday'],
  ['0 9 1,15 * MON#1', 'At 09:00, on day 1 and 15 of the month or on the first Monday of the month'],
  ['0 9 */2 * 1', 'At 09:00, every 2 days in a month, only on Monday'],
  // Steps that do not divide their range are not told as intervals.
  ['*/45 * * * *', 'At 0 and 45 minutes past the hour'],
  ['0 */5 * * *', 'At 00:00, 05:00, 10:00, 15:00 and 20:00, every day'],
  ['0 9 * * */2', 'At 09:00, only on Sunday, Tuesday, Thursday, and Saturday'],
])('%p is told as %p', (cron, words) => {
  expect(wordsOf(parseCron(cron))).toBe(words);
});

test('whatever is accepted can be told', () => {
  const part = (low: number, high: number) => {
    const value = fc.integer({ min: low, max: high });
    const range = fc.tuple(value, value).map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`);
    return fc.oneof(value.map(String), range, fc.integer({ min: 1, max: high - low }).map((step) => `*/${step}`), fc.constant('*'));
  };
  const field = (low: number, high: number, ...more: string[]) => fc.array(fc.oneof(part(low, high), ...more.map((text) => fc.constant(text))), { minLength: 1, maxLength: 3 }).map((parts) => parts.join());
  const crons = fc.tuple(field(0, 59), field(0, 59), field(0, 23), field(1, 31, 'L'), field(1, 12, 'jan', 'DEC'), field(0, 7, 'sun', '1#2', 'FRIL'));
  fc.assert(
    fc.property(crons, (fields) => {
      let expression;
      try {
        expression = parseCron(fields.join(' '));
      } catch {
        return;
      }
      expect(wordsOf(expression)).toMatch(/^[A-Z](?!.*(undefined|null|NaN))/);
    }),
    { numRuns: 2000 },
  );
});
