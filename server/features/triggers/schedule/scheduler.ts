import { type Arrival } from '../launch/arrival.js';
import { type TriggerRecord } from '../trigger.types.js';
import { localText } from './local-text.js';
import { type ScheduleAlarm } from './schedule-alarm.js';
import { type Dropped, type Planned, SchedulePlan } from './schedule-plan.js';
import { type ScheduleSettings, scheduleSettings } from './schedule-settings.js';
import { type NextTimes, type ScheduleStore } from './schedule.store.js';
import { scheduleValues } from './schedule-values.js';
import { ZoneClock } from './zone-clock.js';

/** What takes in due times: each is stored with what it launches in one transaction. */
interface ScheduleIntake {
  accept(arrival: Arrival): Promise<unknown>;
  refuse(arrival: Arrival, verdict: 'SKIPPED', reason: string): Promise<unknown>;
}

export interface SchedulerOptions {
  store: ScheduleStore;
  intake: ScheduleIntake;
  alarm: ScheduleAlarm;
  now: () => Date;
  /** How long a schedule that is being launched is hidden from others: longer than it takes to launch as many as are taken at once. */
  leaseMs: number;
  /** Is told what kept a schedule from being launched. It is tried again. */
  onFault: (error: unknown, triggerId: string) => void;
}

const takenAtOnce = 500;

/** Launches schedules that are due. Any number of these may work on one database, and each due time launches one execution. */
export class Scheduler {
  constructor(private readonly options: SchedulerOptions) {}

  /**
   * Launches all that is due, and sets the alarm for what is due next.
   * @param alarmAt what the alarm was set for: the clock of whoever woke this may be ahead of this one's
   */
  async tick(alarmAt?: Date): Promise<void> {
    const { store, alarm, now, leaseMs } = this.options;
    try {
      for (let taken = takenAtOnce; taken === takenAtOnce; ) {
        const at = new Date(Math.max(now().getTime(), alarmAt?.getTime() ?? 0));
        const leaseEndsAt = new Date(at.getTime() + leaseMs);
        const triggers = await store.takeDue(at, leaseEndsAt, takenAtOnce);
        await Promise.all(triggers.map((trigger) => this.launch(trigger, at, leaseEndsAt)));
        taken = triggers.length;
      }
    } finally {
      const next = await store.nextFireAt();
      if (next) await alarm.set(next);
    }
  }

  private async launch(trigger: TriggerRecord, now: Date, leaseEndsAt: Date): Promise<void> {
    if (!trigger.nextDueAt) return;
    try {
      const settings = scheduleSettings.parse(trigger.settings);
      const turn = new SchedulePlan(trigger.id, settings).turn(trigger.nextDueAt.getTime(), now.getTime());
      await this.takeTurn(trigger, settings, turn, now, leaseEndsAt);
    } catch (error) {
      this.options.onFault(error, trigger.id);
    }
  }

  /** Each due time moves the schedule on to the next in its own transaction, so that one that was cut off goes on where it was. The lease ends with the last. */
  private async takeTurn(trigger: TriggerRecord, settings: ScheduleSettings, { dropped, fire, next }: ReturnType<SchedulePlan['turn']>, now: Date, leaseEndsAt: Date): Promise<void> {
    const { store, intake } = this.options;
    let at = trigger;
    const movedTo = (planned: Planned, firedAt?: Date): Arrival['also'] => {
      const times = { nextDueAt: new Date(planned.dueAt), nextFireAt: planned === next ? new Date(next.fireAt) : leaseEndsAt };
      const from = at;
      at = { ...at, ...times };
      return (sql) => store.moveOn(sql, from, times, firedAt);
    };
    if (!dropped && fire.length === 0) await store.putOff(trigger, timesOf(next));
    if (dropped) await intake.refuse({ ...arrivalOf(at, settings, dropped.lastDueAt, now), dedupKey: undefined, also: movedTo(fire[0] ?? next) }, 'SKIPPED', reasonOf(dropped, settings));
    for (const [index, { dueAt }] of fire.entries()) await intake.accept({ ...arrivalOf(at, settings, dueAt, now), also: movedTo(fire[index + 1] ?? next, now) });
  }
}

function timesOf({ dueAt, fireAt }: Planned): NextTimes {
  return { nextDueAt: new Date(dueAt), nextFireAt: new Date(fireAt) };
}

function arrivalOf(trigger: TriggerRecord, settings: ScheduleSettings, due: number, receivedAt: Date): Arrival {
  const dueAt = new Date(due);
  return { trigger, receivedAt, source: 'schedule', dedupKey: dueAt.toISOString(), dueAt, values: scheduleValues(settings, due) };
}

function reasonOf({ firstDueAt, lastDueAt, count }: Dropped, { timeZone, missed }: ScheduleSettings): string {
  const clock = ZoneClock.of(timeZone);
  const shown = (instant: number) => localText(instant + clock.offsetAt(instant)).replace('T', ' ');
  const many = count === 1 ? 'A due time was' : `${count ?? 'More than a thousand'} due times were`;
  const when = count === 1 ? shown(lastDueAt) : `${shown(firstDueAt)} to ${shown(lastDueAt)}`;
  const policy = { SKIP: 'The schedule skips what it missed.', ONCE: 'The schedule makes up for one, the newest.', ALL: 'The schedule makes up for the newest, up to its limit.' }[missed];
  return `${many} missed while nothing ran here: ${when} (${timeZone}). ${policy}`;
}
