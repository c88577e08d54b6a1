import { createHash } from 'node:crypto';
import { type CronExpression } from './cron-expression.js';
import { nextDues } from './due-times.js';
import { parseCron } from './parse-cron.js';
import { type ScheduleSettings } from './schedule-settings.js';
import { ZoneClock } from './zone-clock.js';

/** A due time that has passed this long ago was missed. */
export const graceMs = 60_000;

/** A due time of a schedule, in milliseconds of the epoch. */
export interface Planned {
  dueAt: number;
  /** When its run begins: `dueAt` with jitter; whole seconds, too. */
  fireAt: number;
}

/** What a schedule has to do at some time. */
export interface Turn {
  /** Due times to launch now, oldest first: those that are due, and what the policy takes of those that were missed. */
  fire: readonly Planned[];
  /** Due times that passed while nothing ran and are not launched. */
  dropped: Dropped | undefined;
  next: Planned;
}

export interface Dropped {
  firstDueAt: number;
  lastDueAt: number;
  /** Undefined where there are more than can be counted in a moment. */
  count: number | undefined;
}

/** When a schedule is due and what becomes of the due times that it missed. It reads no clock. */
export class SchedulePlan {
  private readonly expression: CronExpression;
  private readonly clock: ZoneClock;

  /** @param triggerId what jitter differs by, beside the due time */
  constructor(
    private readonly triggerId: string,
    private readonly settings: ScheduleSettings,
  ) {
    this.expression = parseCron(settings.cron);
    this.clock = ZoneClock.of(settings.timeZone);
  }

  /** @returns the first due time after an instant */
  after(instant: number): Planned {
    const [due = 0, following = 0] = this.dues(instant, 2);
    return this.planned(due, following);
  }

  /** @returns a due time with its jitter */
  at(dueAt: number): Planned {
    return this.planned(dueAt, this.dues(dueAt, 1)[0] ?? 0);
  }

  /** @param dueAt the due time that is waited for @returns what is to be done by now; where it is not due yet, nothing */
  turn(dueAt: number, now: number): Turn {
    const missed = this.missed(dueAt, now - graceMs);
    const fire = missed ? [...missed.run] : [];
    let next = missed ? this.after(missed.lastDueAt) : this.at(dueAt);
    for (; next.fireAt <= now; next = this.after(next.dueAt)) fire.push(next);
    return { fire, dropped: missed?.dropped, next };
  }

  private missed(from: number, before: number): { run: readonly Planned[]; dropped: Dropped | undefined; lastDueAt: number } | undefined {
    const { missed, missedLimit } = this.settings;
    const wanted = missed === 'ALL' ? missedLimit : 1;
    // One more than is wanted tells whether any is left over, another one makes up for the last, which jitter may have put off.
    const newest = this.newest(from, before, wanted + 2).filter(({ fireAt }) => fireAt < before);
    const last = newest.at(-1);
    if (!last) return undefined;
    const run = missed === 'SKIP' ? [] : newest.slice(-wanted);
    const firstRun = run[0]?.dueAt ?? this.after(last.dueAt).dueAt;
    const lastDropped = newest.filter(({ dueAt }) => dueAt < firstRun).at(-1);
    return { run, dropped: lastDropped && { firstDueAt: from, lastDueAt: lastDropped.dueAt, count: this.count(from, lastDropped.dueAt) }, lastDueAt: last.dueAt };
  }

  /** @returns the last due times that are before an instant, at most `count`, none of them before `from` */
  private newest(from: number, before: number, count: number): Planned[] {
    for (let window = second; ; window *= 4) {
      const start = Math.max(from, before - window);
      const dues: number[] = [];
      for (let due = this.dues(start - 1, 1)[0] ?? before; due < before; due = this.dues(due, 1)[0] ?? before) dues.push(due);
      if (dues.length >= count || start === from) return dues.slice(-count).map((due) => this.after(due - 1));
    }
  }

  private count(from: number, to: number): number | undefined {
    let [due, count] = [from, 1];
    for (; due < to; count += 1) {
      if (count >= countedAtMost) return undefined;
      due = this.dues(due, 1)[0] ?? to;
    }
    return count;
  }

  private dues(after: number, count: number): number[] {
    return nextDues(this.expression, this.clock, after, count).map(({ at }) => at);
  }

  /** Jitter is in whole seconds and stops short of the following due time, so that due times begin in their order. */
  private planned(dueAt: number, following: number): Planned {
    const jitter = Math.min(this.settings.jitterSeconds, (following - dueAt) / second - 1);
    return { dueAt, fireAt: dueAt + (jitter > 0 ? hash(`${this.triggerId} ${dueAt}`) % (jitter + 1) : 0) * second };
  }
}

const second = 1_000;
const countedAtMost = 1_000;

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE();
}
