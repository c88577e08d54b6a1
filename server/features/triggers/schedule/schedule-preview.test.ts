import { expect, test } from '@jest/globals';
import { InvalidInputError } from '../../../errors.js';
import { SchedulePreviews } from './schedule-preview.service.js';

const previews = new SchedulePreviews(() => new Date('2027-03-26T12:00:00Z'));

test('a schedule is told in words and with its next ten due times, days on which the clocks change being marked', () => {
  const { description, times } = previews.preview({ cron: '30 2 * * *', timeZone: 'Europe/Berlin' });
  expect(description).toBe('At 02:30, every day');
  expect(times).toHaveLength(10);
  expect(times.slice(0, 3)).toEqual([
    { dueAt: new Date('2027-03-27T01:30:00Z'), localTime: '2027-03-27T02:30:00', offset: '+01:00' },
    {
      dueAt: new Date('2027-03-28T01:00:00Z'),
      localTime: '2027-03-28T03:00:00',
      offset: '+02:00',
      clockChange: { at: new Date('2027-03-28T01:00:00Z'), minutes: 60, description: 'The clocks go forward from 02:00 to 03:00.' },
      note: 'There is no 02:30 on this day: due at 03:00, when the clocks go forward.',
    },
    { dueAt: new Date('2027-03-29T00:30:00Z'), localTime: '2027-03-29T02:30:00', offset: '+02:00' },
  ]);
});

test('a local time that comes twice is told to be due the first time, and one of the same day that does not is just marked', () => {
  const after = new Date('2027-10-31T00:00:00Z');
  const change = { at: new Date('2027-10-31T01:00:00Z'), minutes: -60, description: 'The clocks go back from 03:00 to 02:00.' };
  expect(previews.preview({ cron: '30 2,12 * * *', timeZone: 'Europe/Berlin', after }).times.slice(0, 3)).toEqual([
    { dueAt: new Date('2027-10-31T00:30:00Z'), localTime: '2027-10-31T02:30:00', offset: '+02:00', clockChange: change, note: '02:30 comes twice on this day: due the first time.' },
    { dueAt: new Date('2027-10-31T11:30:00Z'), localTime: '2027-10-31T12:30:00', offset: '+01:00', clockChange: change },
    { dueAt: new Date('2027-11-01T01:30:00Z'), localTime: '2027-11-01T02:30:00', offset: '+01:00' },
  ]);
  expect(previews.preview({ cron: '30 * * * *', timeZone: 'Europe/Berlin', after }).times.slice(0, 2)).toEqual([
    { dueAt: new Date('2027-10-31T00:30:00Z'), localTime: '2027-10-31T02:30:00', offset: '+02:00', clockChange: change },
    { dueAt: new Date('2027-10-31T01:30:00Z'), localTime: '2027-10-31T02:30:00', offset: '+01:00', clockChange: change },
  ]);
});

test('offsets that are no whole hours are told to the minute', () => {
  const { times } = previews.preview({ cron: '0 9 * * *', timeZone: 'America/St_Johns' });
  expect(times[0]).toMatchObject({ offset: '-02:30', localTime: '2027-03-27T09:00:00' });
});

test('everything that is wrong is told beside its field', () => {
  let found: unknown;
  try {
    previews.preview({ cron: '5 minutes', timeZone: 'Mars/Phobos' });
  } catch (error) {
    found = error;
  }
  expect(found instanceof InvalidInputError && found.fields).toEqual([
    { field: 'input.cron', message: '“5 minutes” is an interval in words, not cron. Write it as */5 * * * *.' },
    { field: 'input.timeZone', message: 'There is no time zone Mars/Phobos. Give its IANA name, such as Europe/Berlin or America/New_York, or UTC.' },
  ]);
});
