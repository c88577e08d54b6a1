import { describe, expect, test } from '@jest/globals';
import { parseCron } from './parse-cron.js';
import { nextDues } from './due-times.js';
import { ZoneClock } from './zone-clock.js';

const utc = ZoneClock.of('UTC');

function dues(cron: string, after: string, count: number): string[] {
  return nextDues(parseCron(cron), utc, Date.parse(after), count).map(({ at }) => new Date(at).toISOString().replace(/(:00)?\.000Z$/, ''));
}

describe('what is not cron is refused with its own reason', () => {
  test.each([
    ['', 'Write when this is due, such as 0 9 * * 1-5 for 09:00 on workdays.'],
    ['   ', 'Write when this is due'],
    ['5 minutes', '“5 minutes” is an interval in words, not cron. Write it as */5 * * * *.'],
    ['every 2 hours', 'Write it as 0 */2 * * *.'],
    ['1 day', 'Write it as 0 0 * * *.'],
    ['10s', 'Write it as */10 * * * * *.'],
    ['5000', 'A number alone is not cron.'],
    ['H * * * *', 'H is Jenkins’s'],
    ['H/15 * * * *', 'H is Jenkins’s'],
    ['30 2 30 2 *', 'This is never due: no day 30 of month 2 fits.'],
    ['0 0 31 4,6,9,11 *', 'This is never due'],
    ['0 0 * 2 MON#5,TUE#6', 'must end in #1 to #5'],
    ['@reboot', '@reboot names no time'],
    ['@often', 'There is no macro @often. Use one of @yearly, @annually'],
    ['* * * *', 'Cron has 5 fields (minute, hour, day of the month, month, weekday), or 6 with seconds first. This has 4.'],
    ['0 0 12 * * ? 2027', 'The ? is Quartz’s.'],
    ['0 0 12 1 1 * 2027', 'This has 7 fields'],
    ['60 * * * *', 'The minute 60 is out of range. It goes from 0 to 59.'],
    ['0 24 * * *', 'The hour 24 is out of range. It goes from 0 to 23.'],
    ['0 0 0 * *', 'The day of the month 0 is out of range.'],
    ['0 0 * 13 *', 'The month 13 is out of range.'],
    ['0 0 * * 8', 'The weekday 8 is out of range.'],
    ['61 0 0 * * *', 'The second 61 is out of range.'],
    ['0 22-2 * * *', 'The hour range 22-2 runs backwards. Write the two parts as a list: 22-23,0-2.'],
    ['*/0 * * * *', 'must be at least 1'],
    ['*/90 * * * *', 'The step 90 in the minute field */90 is longer than its range'],
    ['-5 * * * *', 'The minute field can’t be “-5”.'],
    ['1.5 * * * *', 'The minute field can’t be “1.5”.'],
    ['1,,2 * * * *', 'which is not cron'],
    ['* * * * *,', 'The weekday field “*,” has “” in it'],
    ['0 9 15W * *', 'W, the nearest workday, is Quartz’s'],
    ['0 9 * * L', 'The weekday field can’t be “L”.'],
    ['0 9 * foo *', 'The month field can’t be “foo”. Write numbers from 1 to 12, or names such as FEB and MAR'],
    ['0 9 * * 1-5#2', 'needs one weekday before #'],
    [`0 9 * * ${'1,'.repeat(200)}1`, 'Keep this to 256 characters.'],
  ])('%p', (cron, reason) => {
    expect(() => parseCron(cron)).toThrow(reason);
  });
});

describe('an expression is due', () => {
  test.each([
    ['  */20   9-10 * * *  ', '2027-01-01T09:30:00Z', ['2027-01-01T09:40', '2027-01-01T10:00', '2027-01-01T10:20', '2027-01-01T10:40', '2027-01-02T09:00']],
    ['*/25 * * * * *', '2027-01-01T00:00:00.500Z', ['2027-01-01T00:00:25', '2027-01-01T00:00:50', '2027-01-01T00:01']],
    ['0 0 29 2 *', '2027-01-01T00:00:00Z', ['2028-02-29T00:00', '2032-02-29T00:00']],
    ['0 0 31 * *', '2027-01-31T00:00:00Z', ['2027-03-31T00:00', '2027-05-31T00:00']],
    ['0 0 L * *', '2028-01-31T00:00:00Z', ['2028-02-29T00:00', '2028-03-31T00:00']],
    ['0 0 15,L 2 *', '2027-01-01T00:00:00Z', ['2027-02-15T00:00', '2027-02-28T00:00']],
    ['0 0 * * FRIL', '2027-01-01T00:00:00Z', ['2027-01-29T00:00', '2027-02-26T00:00']],
    ['0 0 * * mon#1,3#2', '2027-01-01T00:00:00Z', ['2027-01-04T00:00', '2027-01-13T00:00', '2027-02-01T00:00']],
    ['0 0 * * 7', '2027-01-01T00:00:00Z', ['2027-01-03T00:00', '2027-01-10T00:00']],
    ['0 0 * * SAT-SUN', '2027-01-01T00:00:00Z', ['2027-01-02T00:00', '2027-01-03T00:00', '2027-01-09T00:00']],
    ['0 0 * jan-feb Mon', '2027-01-19T00:00:00Z', ['2027-01-25T00:00', '2027-02-01T00:00']],
    ['5/20 0 1 1 *', '2027-01-01T00:00:00Z', ['2027-01-01T00:05', '2027-01-01T00:25', '2027-01-01T00:45']],
    ['@weekly', '2027-01-01T00:00:00Z', ['2027-01-03T00:00', '2027-01-10T00:00']],
    ['@Hourly', '2027-01-01T00:00:00Z', ['2027-01-01T01:00']],
    ['@yearly', '2027-01-01T00:00:00Z', ['2028-01-01T00:00']],
  ])('%p', (cron, after, expected) => {
    expect(dues(cron, after, expected.length)).toEqual(expected);
  });

  test('on a day that fits the day of the month or the weekday, when both are given', () => {
    expect(dues('0 0 13 * FRI', '2027-08-01T00:00:00Z', 4)).toEqual(['2027-08-06T00:00', '2027-08-13T00:00', '2027-08-20T00:00', '2027-08-27T00:00']);
  });

  test('on a day that fits both, when one of them contains a *', () => {
    expect(dues('0 0 */2 * MON', '2027-01-01T00:00:00Z', 3)).toEqual(['2027-01-11T00:00', '2027-01-25T00:00', '2027-02-01T00:00']);
  });
});
