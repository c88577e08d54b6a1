import { describe, expect, test } from '@jest/globals';
import { formatCost, formatCount, formatDuration, formatRelativeTime, formatTokens } from './format';

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [37.4, '37 ms'],
    [99.6, '0.1 s'],
    [1_234, '1.2 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_600, '1 min 00 s'],
    [185_000, '3 min 05 s'],
    [7_800_000, '2 h 10 min'],
  ])('%d ms reads %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

test('counts have separators and agree with their noun', () => {
  expect(formatTokens(1_204)).toBe('1,204 tokens');
  expect(formatTokens(1)).toBe('1 token');
  expect(formatCount(0, 'entry', 'entries')).toBe('0 entries');
});

describe('relative times', () => {
  const now = Date.parse('2026-03-10T12:00:00Z');
  test.each([
    ['2026-03-10T11:59:55Z', 'just now'],
    ['2026-03-10T12:00:03Z', 'just now'],
    ['2026-03-10T11:59:20Z', '40 seconds ago'],
    ['2026-03-10T11:55:00Z', '5 minutes ago'],
    ['2026-03-09T11:00:00Z', 'yesterday'],
    ['2026-03-13T12:00:00Z', 'in 3 days'],
    ['2025-12-24T12:00:00Z', '24 Dec 2025'],
  ])('%s reads "%s"', (time, text) => {
    expect(formatRelativeTime(time, now)).toBe(text);
  });
});

test.each([
  [0, '$0'],
  [0.00001, '<$0.0001'],
  [0.0012, '$0.0012'],
  [0.25, '$0.25'],
  [0.123456, '$0.1235'],
  [3.5, '$3.50'],
])('%d dollars read %s', (dollars, text) => {
  expect(formatCost(dollars)).toBe(text);
});
