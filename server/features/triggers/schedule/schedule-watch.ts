import { type TriggerRecord } from '../trigger.types.js';
import { localText } from './local-text.js';
import { graceMs, SchedulePlan } from './schedule-plan.js';
import { type ScheduleSettings, scheduleSettings } from './schedule-settings.js';
import { type ScheduleStore } from './schedule.store.js';
import { ZoneClock } from './zone-clock.js';

export interface ScheduleWatchOptions {
  store: ScheduleStore;
  now: () => Date;
  /** Is told of a schedule when it is found to be late, by one of all processes. */
  onLate: (trigger: TriggerRecord, lateSince: Date) => Promise<void>;
  /** Time between two looks. */
  everyMs: number;
  onFault: (error: unknown) => void;
}

const lookedAtAtOnce = 1_000;

/** Raises an alarm for schedules that were not launched though their time has come: nothing else would tell that whoever should launch them is gone. */
export class ScheduleWatch {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly options: ScheduleWatchOptions) {}

  start(): void {
    const { everyMs, onFault } = this.options;
    this.timer = setInterval(() => {
      this.looking = this.look().catch(onFault);
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** How many schedules are late now. */
  lateCount(): Promise<number> {
    return this.options.store.alarmCount();
  }

  async look(): Promise<void> {
    const { store, now, onLate } = this.options;
    const at = now();
    const before = new Date(at.getTime() - graceMs);
    for (const trigger of await store.late(before, lookedAtAtOnce)) {
      const settings = scheduleSettings.parse(trigger.settings);
      const dueAt = trigger.nextDueAt ?? at;
      const { fireAt } = new SchedulePlan(trigger.id, settings).at(dueAt.getTime());
      if (fireAt >= before.getTime()) continue;
      if (await store.raiseAlarm(trigger, dueAt, at, alarmOf(settings, dueAt))) await onLate(trigger, new Date(fireAt));
    }
  }
}

function alarmOf({ timeZone }: ScheduleSettings, dueAt: Date): string {
  const shown = localText(dueAt.getTime() + ZoneClock.of(timeZone).offsetAt(dueAt.getTime())).replace('T', ' ');
  return `It was due at ${shown} (${timeZone}) and has not been launched. Check that a worker is running and reaches the database.`;
}
