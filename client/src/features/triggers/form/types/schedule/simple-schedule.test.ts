import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cronOf, minuteSteps, type SimpleSchedule, simpleOf } from './simple-schedule';

const time = fc.tuple(fc.nat(23), fc.nat(59)).map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const simple: fc.Arbitrary<SimpleSchedule> = fc.oneof(
  fc.record({ repeat: fc.constant('minutes' as const), every: fc.constantFrom(...minuteSteps) }),
  fc.record({ repeat: fc.constant('hourly' as const), minute: fc.nat(59) }),
  fc.record({ repeat: fc.constant('daily' as const), time }),
  fc.record({ repeat: fc.constant('workdays' as const), time }),
  fc.record({ repeat: fc.constant('weekly' as const), days: fc.uniqueArray(fc.nat(6), { minLength: 1 }).map((days) => days.sort((one, other) => one - other)), time }),
  fc.record({ repeat: fc.constant('monthly' as const), day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)), time }),
);

test('whatever the simple form says is recognised in the cron that it writes', () => {
  fc.assert(fc.property(simple, (schedule) => expect(simpleOf(cronOf(schedule))).toEqual(schedule)));
});

test.each<[string, SimpleSchedule]>([
  ['* * * * *', { repeat: 'minutes', every: 1 }],
  ['*/15 * * * *', { repeat: 'minutes', every: 15 }],
  ['0 */5 * * * *', { repeat: 'minutes', every: 5 }],
  ['@hourly', { repeat: 'hourly', minute: 0 }],
  ['@Daily', { repeat: 'daily', time: '00:00' }],
  [' 05  09 * * * ', { repeat: 'daily', time: '09:05' }],
  ['0 9 * * mon-fri', { repeat: 'workdays', time: '09:00' }],
  ['0 9 * * 7,TUE', { repeat: 'weekly', days: [0, 2], time: '09:00' }],
  ['0 9 1 * *', { repeat: 'monthly', day: 1, time: '09:00' }],
  ['0 9 l * *', { repeat: 'monthly', day: 'last', time: '09:00' }],
])('%p is recognised', (cron, schedule) => {
  expect(simpleOf(cron)).toEqual(schedule);
});

test.each(['', '5 minutes', '*/7 * * * *', '30 0 9 * * *', '0 9-17 * * *', '0 9 1 1 *', '0 9 1 * 1', '0 9 * * 1#2', '0 24 * * *', '0 9 32 * *', '*/15 9 * * *', '0 * * * 1', '0 9 * * 1-3'])('%p says more than the simple form can', (cron) => {
  expect(simpleOf(cron)).toBeUndefined();
});
