import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { graceMs, SchedulePlan } from './schedule-plan.js';
import { scheduleSettings } from './schedule-settings.js';

const id = '01990000-0000-7000-8000-000000000001';
const at = (text: string) => Date.parse(`2027-06-01T${text}Z`);
const plan = (cron: string, more: Record<string, unknown> = {}) => new SchedulePlan(id, scheduleSettings.parse({ cron, ...more }));
const times = (planned: readonly { dueAt: number }[]) => planned.map(({ dueAt }) => new Date(dueAt).toISOString().slice(11, 19));

describe('at its turn', () => {
  test('a schedule launches what is due, and waits for the next', () => {
    const { fire, dropped, next } = plan('*/5 * * * *').turn(at('10:00:00'), at('10:00:00'));
    expect([times(fire), dropped, times([next])]).toEqual([['10:00:00'], undefined, ['10:05:00']]);
  });

  test('nothing is launched before its time, though the clock has been put back', () => {
    const { fire, next } = plan('*/5 * * * *').turn(at('10:00:00'), at('08:00:00'));
    expect([times(fire), times([next])]).toEqual([[], ['10:00:00']]);
  });

  test('due times within the grace are not missed: each is launched', () => {
    expect(times(plan('*/10 * * * * *').turn(at('10:00:00'), at('10:00:45')).fire)).toEqual(['10:00:00', '10:00:10', '10:00:20', '10:00:30', '10:00:40']);
  });
});

describe('what was missed', () => {
  const [due, now] = [at('06:00:00'), at('10:02:00')];

  test('is launched once by default, as the newest of it', () => {
    const { fire, dropped, next } = plan('0 * * * *').turn(due, now);
    expect([times(fire), times([next])]).toEqual([['10:00:00'], ['11:00:00']]);
    expect(dropped).toEqual({ firstDueAt: due, lastDueAt: at('09:00:00'), count: 4 });
  });

  test('is dropped where it should be skipped', () => {
    const { fire, dropped, next } = plan('0 * * * *', { missed: 'SKIP' }).turn(due, now);
    expect([times(fire), times([next])]).toEqual([[], ['11:00:00']]);
    expect(dropped).toEqual({ firstDueAt: due, lastDueAt: at('10:00:00'), count: 5 });
  });

  test('is launched, up to the limit, where all of it should be', () => {
    const three = plan('0 * * * *', { missed: 'ALL', missedLimit: 3 }).turn(due, now);
    expect([times(three.fire), three.dropped]).toEqual([['08:00:00', '09:00:00', '10:00:00'], { firstDueAt: due, lastDueAt: at('07:00:00'), count: 2 }]);
    const all = plan('0 * * * *', { missed: 'ALL', missedLimit: 5 }).turn(due, now);
    expect([times(all.fire), all.dropped]).toEqual([['06:00:00', '07:00:00', '08:00:00', '09:00:00', '10:00:00'], undefined]);
  });

  test('does not keep what is due now from being launched too', () => {
    expect(times(plan('0 * * * *').turn(due, at('10:00:30')).fire)).toEqual(['09:00:00', '10:00:00']);
    expect(times(plan('0 * * * *', { missed: 'SKIP' }).turn(due, at('10:00:30')).fire)).toEqual(['10:00:00']);
  });

  test('is found at once, however much it is', () => {
    const start = performance.now();
    const { fire, dropped } = plan('* * * * * *').turn(Date.parse('2025-06-01T00:00:00Z'), at('10:00:00'));
    expect(fire).toHaveLength(62);
    expect(dropped).toMatchObject({ count: undefined, lastDueAt: at('09:58:58') });
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('jitter', () => {
  test('puts a due time off by no more than it may, by the same each time, and differs between triggers', () => {
    const jittered = plan('0 * * * *', { jitterSeconds: 600 });
    const delays = [0, 1, 2, 3, 4].map((hours) => jittered.after(at(`0${hours}:30:00`))).map(({ dueAt, fireAt }) => fireAt - dueAt);
    expect(new Set(delays).size).toBe(5);
    expect(Math.max(...delays)).toBeLessThanOrEqual(600_000);
    expect(plan('0 * * * *', { jitterSeconds: 600 }).after(at('00:30:00'))).toEqual(jittered.after(at('00:30:00')));
    const other = new SchedulePlan('01990000-0000-7000-8000-000000000002', scheduleSettings.parse({ cron: '0 * * * *', jitterSeconds: 600 }));
    expect(other.after(at('00:30:00'))).not.toEqual(jittered.after(at('00:30:00')));
  });

  test('ends before the following due time', () => {
    const jittered = plan('* * * * *', { jitterSeconds: 3600 });
    for (let minute = 10; minute < 59; minute++) {
      const { dueAt, fireAt } = jittered.after(at(`00:${minute}:30`));
      expect(fireAt - dueAt).toBeLessThan(60_000);
    }
  });
});

test('whenever a schedule has its turns, each due time is launched or dropped exactly once, in order', () => {
  const cases = fc.record({
    cron: fc.constantFrom('* * * * *', '*/20 * * * * *', '7 * * * *', '0,1,2 3 * * *'),
    missed: fc.constantFrom('SKIP', 'ONCE', 'ALL'),
    missedLimit: fc.integer({ min: 1, max: 5 }),
    jitterSeconds: fc.constantFrom(0, 30, 3600),
    waits: fc.array(fc.oneof(fc.nat(90), fc.nat(4000), fc.nat(20_000)), { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(cases, ({ waits, ...settings }) => {
      const schedule = new SchedulePlan(id, scheduleSettings.parse(settings));
      const start = at('00:00:30');
      let [now, next] = [start, schedule.after(start)];
      const [seen, expected]: [number[], number[]] = [[], []];
      for (const wait of waits) {
        now += wait * 1000;
        const turn = schedule.turn(next.dueAt, now);
        if (turn.dropped) seen.push(...between(schedule, turn.dropped.firstDueAt, turn.dropped.lastDueAt));
        seen.push(...turn.fire.map(({ dueAt }) => dueAt));
        if (turn.dropped?.count !== undefined) expect(between(schedule, turn.dropped.firstDueAt, turn.dropped.lastDueAt)).toHaveLength(turn.dropped.count);
        for (const { fireAt } of turn.fire) expect(fireAt).toBeLessThanOrEqual(now);
        if (settings.missed === 'SKIP') for (const { fireAt } of turn.fire) expect(fireAt).toBeGreaterThanOrEqual(now - graceMs);
        expect(turn.next.fireAt).toBeGreaterThan(now);
        next = turn.next;
      }
      for (let due = schedule.after(start); due.dueAt < next.dueAt; due = schedule.after(due.dueAt)) expected.push(due.dueAt);
      expect(seen).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

function between(schedule: SchedulePlan, first: number, last: number): number[] {
  const dues: number[] = [];
  for (let due = schedule.after(first - 1); due.dueAt <= last; due = schedule.after(due.dueAt)) dues.push(due.dueAt);
  return dues;
}
