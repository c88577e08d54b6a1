import { expect, test } from '@jest/globals';
import { periodOf, periods, spanOf } from './period';

test.each(periods)('a period of $label ends with the hour or the day that is under way', (period) => {
  const now = new Date(2026, 2, 3, 14, 20).getTime();
  const { from, to, buckets } = spanOf(period, now);
  const end = period.value === '24h' ? new Date(2026, 2, 3, 15) : new Date(2026, 2, 4);
  expect(to).toBe(end.toISOString());
  expect(Date.parse(to) - Date.parse(from)).toBe(buckets * period.lengthMs);
});

test('without one, or with nonsense, it is a week', () => {
  expect([periodOf(null).value, periodOf('ever').value, periodOf('30d').value]).toEqual(['7d', '7d', '30d']);
});
