import { simpleOf, weekdayNames } from './simple-schedule';

/** When a schedule is due, in a few words: `Monday to Friday at 09:00 (Europe/Berlin)`. What the simple form can't say is told as cron. */
export function scheduleWords({ cron, timeZone }: { cron: string; timeZone: string }): string {
  return `${wordsOf(cron)} (${timeZone})`;
}

function wordsOf(cron: string): string {
  const schedule = simpleOf(cron);
  switch (schedule?.repeat) {
    case undefined:
      return cron;
    case 'minutes':
      return schedule.every === 1 ? 'Every minute' : `Every ${schedule.every} minutes`;
    case 'hourly':
      return schedule.minute === 0 ? 'Every hour' : `Every hour, ${schedule.minute} min past`;
    case 'daily':
      return `Every day at ${schedule.time}`;
    case 'workdays':
      return `Monday to Friday at ${schedule.time}`;
    case 'weekly':
      return `${schedule.days.map((day) => weekdayNames[day]?.slice(0, 3)).join(', ')} at ${schedule.time}`;
    case 'monthly':
      return `${schedule.day === 'last' ? 'Last day' : `Day ${schedule.day}`} of the month at ${schedule.time}`;
  }
}
