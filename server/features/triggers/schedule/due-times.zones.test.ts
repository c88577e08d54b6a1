import { expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import fc from 'fast-check';
import { nextDue, nextDues } from './due-times.js';
import { parseCron } from './parse-cron.js';
import { ZoneClock } from './zone-clock.js';

// The oracle is Temporal: it finds the zones' transitions and places local times by an implementation of its own.
const from = Temporal.Instant.from('2026-01-01T00:00:00Z');
const until = Temporal.Instant.from('2031-01-01T00:00:00Z');
const day = 86_400_000;
const zones = Intl.supportedValuesOf('timeZone');

interface Transition {
  zone: string;
  at: number;
  /** What the clock would have shown at `at`, and what it does show, as `Date.UTC` of the fields. */
  before: number;
  after: number;
}

const transitions = zones.flatMap(transitionsOf);
const transitionsIn = new Map(zones.map((zone) => [zone, transitions.filter((transition) => transition.zone === zone)]));

function transitionsOf(zone: string): Transition[] {
  const found: Transition[] = [];
  for (let at = from.toZonedDateTimeISO(zone).getTimeZoneTransition('next'); at && at.epochMilliseconds < until.epochMilliseconds; at = at.getTimeZoneTransition('next')) {
    const offset = (moment: Temporal.ZonedDateTime) => Math.round(moment.offsetNanoseconds / 1e6);
    found.push({ zone, at: at.epochMilliseconds, before: at.epochMilliseconds + offset(at.subtract({ nanoseconds: 1 })), after: at.epochMilliseconds + offset(at) });
  }
  return found;
}

/** The rule, said with Temporal. */
function dueOf(local: number, zone: string): number {
  const gap = transitionsIn.get(zone)?.find(({ before, after }) => before <= local && local < after);
  if (gap) return gap.at;
  return Temporal.PlainDateTime.from(new Date(local).toISOString().slice(0, 19)).toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
}

function cronOf(local: number): string {
  const date = new Date(local);
  return `${date.getUTCSeconds()} ${date.getUTCMinutes()} ${date.getUTCHours()} ${date.getUTCDate()} ${date.getUTCMonth() + 1} *`;
}

test(`all ${zones.length} zones have the transitions that Temporal finds between 2026 and 2030`, () => {
  expect(transitions.length).toBeGreaterThan(1000);
  for (const zone of zones) {
    const spans = ZoneClock.of(zone).spans(from.epochMilliseconds, until.epochMilliseconds - 1);
    const changes = spans.flatMap((span, index) => (index > 0 && spans[index - 1]?.offset !== span.offset ? [span.from] : []));
    expect({ zone, changes }).toEqual({ zone, changes: transitionsIn.get(zone)?.map(({ at }) => at) });
  }
});

test('at every one of them, each local time around it is due once: at the end of the gap, or the first time', () => {
  for (const { zone, at, before, after } of transitions) {
    const clock = ZoneClock.of(zone);
    const [low, high] = [Math.min(before, after), Math.max(before, after)];
    const around = [low - 1000, low, low + 1000, (low + high) / 2, high - 1000, high, high + 1000].map((local) => Math.floor(local / 1000) * 1000);
    for (const local of around) {
      const expression = parseCron(cronOf(local));
      const due = nextDue(expression, clock, at - 30 * 3_600_000);
      expect({ zone, local, due: due.at }).toEqual({ zone, local, due: dueOf(local, zone) });
      // Not again before its day comes again in another year.
      expect(nextDue(expression, clock, due.at).at - due.at).toBeGreaterThan(300 * day);
    }
  }
});

test('times of the day: whatever the expression, the due times around a transition are those of its local times, each once', () => {
  const times = fc.record({
    transition: fc.constantFrom(...transitions),
    minutes: fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 5 }),
    hours: fc.uniqueArray(fc.nat(23), { minLength: 1, maxLength: 23 }),
    back: fc.nat(26 * 3600),
  });
  fc.assert(
    fc.property(times, ({ transition: { zone, at }, minutes, hours, back }) => {
      const after = at - back * 1000;
      const named = localMinutes(at).filter((local) => minutes.includes(new Date(local).getUTCMinutes()) && hours.includes(new Date(local).getUTCHours()));
      const expected = [...new Set(named.map((local) => dueOf(local, zone)))].filter((due) => due > after && due < at + day).sort((one, other) => one - other);
      const found = nextDues(parseCron(`${minutes.join()} ${hours.join()} * * *`), ZoneClock.of(zone), after, expected.length + 1).map((due) => due.at);
      expect(found.filter((due) => due < at + day)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('intervals: besides those, an interval is due at each of its minutes that the clock shows for the second time', () => {
  const intervals = fc.record({ transition: fc.constantFrom(...transitions), minutes: fc.uniqueArray(fc.nat(59), { minLength: 1, maxLength: 6 }), back: fc.nat(26 * 3600) });
  fc.assert(
    fc.property(intervals, ({ transition: { zone, at }, minutes, back }) => {
      const after = at - back * 1000;
      const expected = new Set(localMinutes(at).filter((local) => minutes.includes(new Date(local).getUTCMinutes())).map((local) => dueOf(local, zone)));
      for (let instant = at; instant < at + day; instant += 60_000) if (minutes.includes(Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).minute)) expected.add(instant);
      const sorted = [...expected].filter((due) => due > after && due < at + day).sort((one, other) => one - other);
      const found = nextDues(parseCron(`${minutes.join()} * * * *`), ZoneClock.of(zone), after, sorted.length + 1).map((due) => due.at);
      expect(found.filter((due) => due < at + day)).toEqual(sorted);
    }),
    { numRuns: 100 },
  );
});

/** The minutes of the days around an instant, as local times: more than a day before it to more than a day after it, whatever the offset. */
function localMinutes(instant: number): number[] {
  const midnight = Math.floor(instant / day) * day;
  return Array.from({ length: 5 * 1440 }, (_, index) => midnight - 2 * day + index * 60_000);
}
