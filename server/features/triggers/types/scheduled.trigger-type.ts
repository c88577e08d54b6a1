import { SchedulePlan } from '../schedule/schedule-plan.js';
import { type ScheduleSettings, scheduleSettings } from '../schedule/schedule-settings.js';
import { scheduleValues } from '../schedule/schedule-values.js';
import { type TriggerColumns, type TriggerType } from './trigger-type.js';

/** @param alarm learns of due times that were stored */
export function scheduledTriggerType(alarm: { set(fireAt: Date): Promise<void> }): TriggerType {
  return {
    name: 'SCHEDULED',
    trigger: 'SCHEDULED',
    settings: scheduleSettings,
    sample: (settings) => {
      const schedule = scheduleSettings.safeParse(settings).data ?? scheduleSettings.parse({ cron: '0 9 * * *', timeZone: 'UTC' });
      return scheduleValues(schedule, new SchedulePlan('', schedule).after(Date.parse('2027-01-01T00:00:00Z')).dueAt);
    },
    mapping: () => [],
    save({ id, settings, active, before, now }) {
      const schedule = scheduleSettings.parse(settings);
      // A due time that is being launched just now must not be forgotten because somebody renames the trigger.
      if (active && before?.nextDueAt && isDueAlike(schedule, scheduleSettings.parse(before.settings))) return { columns: {} };
      return { columns: active ? nextTimes(id, schedule, now) : noTimes };
    },
    resume: ({ id, settings }, now) => nextTimes(id, scheduleSettings.parse(settings), now),
    async afterSave({ nextFireAt }) {
      if (nextFireAt) await alarm.set(nextFireAt);
    },
  };
}

const noTimes: TriggerColumns = { nextDueAt: undefined, nextFireAt: undefined, alarmSince: undefined, alarm: undefined };

function nextTimes(id: string, settings: ScheduleSettings, now: Date): TriggerColumns {
  const { dueAt, fireAt } = new SchedulePlan(id, settings).after(now.getTime());
  return { ...noTimes, nextDueAt: new Date(dueAt), nextFireAt: new Date(fireAt) };
}

function isDueAlike(one: ScheduleSettings, other: ScheduleSettings): boolean {
  return one.cron === other.cron && one.timeZone === other.timeZone && one.jitterSeconds === other.jitterSeconds;
}
