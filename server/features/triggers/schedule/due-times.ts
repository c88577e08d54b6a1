import { type CronExpression } from './cron-expression.js';
import { firstLocalFrom } from './local-search.js';
import { type ZoneClock } from './zone-clock.js';

/** When a schedule is due. */
export interface DueTime {
  /** Milliseconds of the epoch, a whole second. */
  at: number;
  /** The local time that the expression names; the clock shows another one at `at` where the clocks skip it. */
  local: number;
}

/**
 * @returns the first due time after an instant (both in milliseconds of the epoch)
 *
 * An expression names local times, and each is due once: at the first instant at which the clock shows it or a later time. So one that the clocks skip is due when the gap ends,
 * one that they show twice is due the first time, and local times that fall on one instant are due once. An expression that allows every hour is an interval, not a time of the
 * day: it goes on while the clocks show an hour for the second time.
 */
export function nextDue(expression: CronExpression, clock: ZoneClock, after: number): DueTime {
  const from = Math.floor(after / second) * second;
  const local = firstLocalFrom(expression, clock.notYetShown(from));
  const due = { at: clock.firstShowing(local), local };
  return (expression.everyHour && repeatedDue(expression, clock, from, due.at)) || due;
}

/** @returns up to `count` due times after an instant, in order */
export function nextDues(expression: CronExpression, clock: ZoneClock, after: number, count: number): DueTime[] {
  const dues: DueTime[] = [];
  for (let from = after; dues.length < count; ) {
    const due = nextDue(expression, clock, from);
    dues.push(due);
    from = due.at;
  }
  return dues;
}

/** @returns the first due time between two instants that the clock shows for the second time */
function repeatedDue(expression: CronExpression, clock: ZoneClock, after: number, before: number): DueTime | undefined {
  const spans = clock.spans(after - day, before);
  for (const [index, { from, to, offset }] of spans.entries()) {
    const shownUntil = Math.max(...spans.slice(0, index).map((earlier) => earlier.to + earlier.offset));
    const start = Math.max(from, after + second) + offset;
    if (start >= shownUntil) continue;
    const local = firstLocalFrom(expression, start);
    if (local < Math.min(shownUntil, to + offset, before + offset)) return { at: local - offset, local };
  }
  return undefined;
}

const second = 1_000;
const day = 86_400_000;
