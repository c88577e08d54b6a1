const units: Readonly<Record<string, (every: string) => string>> = {
  s: (every) => `*/${every} * * * * *`,
  m: (every) => `*/${every} * * * *`,
  h: (every) => `0 */${every} * * *`,
  d: (every) => `0 0 */${every} * *`,
};

/** @returns why a text can’t be cron as a whole, and what to write instead; undefined where its fields can be looked at one by one */
export function notCron(text: string, words: readonly string[]): string | undefined {
  if (text === '') return 'Write when this is due, such as 0 9 * * 1-5 for 09:00 on workdays.';
  if (text.length > 256) return 'Keep this to 256 characters.';
  const [, every, unit] = /^(?:every\s+)?(\d{1,3})\s*(s|m|h|d)[a-z]*$/i.exec(text) ?? [];
  const asCron = every && unit ? units[unit.toLowerCase()]?.(every) : undefined;
  if (asCron) return `“${text}” is an interval in words, not cron. Write it as ${asCron.replace('*/1 ', '* ')}.`;
  if (/^\d+$/.test(text)) return `A number alone is not cron. For a count of milliseconds or seconds, write the interval as cron, such as */5 * * * * for every 5 minutes.`;
  if (words.some((word) => /(^|,)H($|[(/,])/.test(word))) return 'H is Jenkins’s, which picks a value by itself. Write the value you want, such as 17 * * * *; jitter spreads schedules that are due at the same time.';
  if (words.some((word) => word.includes('?'))) return 'The ? is Quartz’s. Write * instead, and mind that weekdays count from 0 = Sunday here, from 1 in Quartz.';
  if (words.length === 7) return 'This has 7 fields, so its last is a year as in Quartz. Cron has none: write 5 fields, or 6 with seconds first.';
  if (words.length !== 5 && words.length !== 6) {
    return `Cron has 5 fields (minute, hour, day of the month, month, weekday), or 6 with seconds first. This has ${words.length}.`;
  }
  return undefined;
}
