import { localText } from './local-text.js';
import { type ScheduleSettings } from './schedule-settings.js';
import { ZoneClock } from './zone-clock.js';

/** What the mapping of a scheduled trigger can read: `schedule.dueAt`, `schedule.localTime`, `schedule.timeZone`. */
export function scheduleValues({ timeZone }: ScheduleSettings, dueAt: number): { schedule: Record<string, string> } {
  return { schedule: { dueAt: new Date(dueAt).toISOString(), localTime: localText(dueAt + ZoneClock.of(timeZone).offsetAt(dueAt)), timeZone } };
}
