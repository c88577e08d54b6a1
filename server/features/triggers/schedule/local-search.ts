import { type CronExpression } from './cron-expression.js';

const second = 1_000;
const day = 86_400_000;
// 1 January 1970 was a Thursday.
const firstWeekday = 4;
// In years: days and weekdays repeat after it, so what is not due by then never is.
const calendarCycle = 400;

/**
 * Searches the calendar, which knows no zones. Local times are given and answered as the milliseconds that `Date.UTC` makes of their fields.
 * @returns the first local time from this one on (a whole second) that the expression allows
 */
export function firstLocalFrom(expression: CronExpression, local: number): number {
  const midnight = Math.floor(local / day) * day;
  const date = new Date(midnight);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  if ((allowedDays(expression, year, month) >>> (dayOfMonth - 1)) & 1) {
    const time = timeFrom(expression, Math.ceil((local - midnight) / second));
    if (time !== undefined) return midnight + time * second;
  }
  const next = firstDayFrom(expression, year, month, dayOfMonth + 1);
  if (next === undefined) throw new RangeError('an expression that was parsed is due some time');
  return next + (timeFrom(expression, 0) ?? 0) * second;
}

/** @param month counted from 0 @returns midnight of the first day allowed, undefined where none ever is */
export function firstDayFrom(expression: Pick<CronExpression, 'months' | 'days'>, year: number, month: number, dayOfMonth: number): number | undefined {
  let from = dayOfMonth;
  for (let index = year * 12 + month; index <= (year + calendarCycle) * 12 + month; index++, from = 1) {
    const allowed = from > 31 ? 0 : allowedDays(expression, Math.floor(index / 12), index % 12) >>> (from - 1);
    if (allowed !== 0) return Date.UTC(Math.floor(index / 12), index % 12, from + lowestBit(allowed));
  }
  return undefined;
}

/** @returns a bit for each day of the month, day 1 being bit 0 */
function allowedDays({ months, days }: Pick<CronExpression, 'months' | 'days'>, year: number, month: number): number {
  if (!months.has(month + 1)) return 0;
  const first = Date.UTC(year, month, 1) / day;
  return days.inMonth((((first + firstWeekday) % 7) + 7) % 7, Date.UTC(year, month + 1, 1) / day - first);
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

/** @returns the first time of the day from this one on, both in seconds after midnight */
function timeFrom({ hours, minutes, seconds }: CronExpression, from: number): number | undefined {
  const [hour, minute] = [Math.floor(from / 3600), Math.floor(from / 60) % 60];
  if (hours.has(hour)) {
    const secondLeft = minutes.has(minute) ? seconds.from(from % 60) : undefined;
    if (secondLeft !== undefined) return (hour * 60 + minute) * 60 + secondLeft;
    const minuteLeft = minutes.from(minute + 1);
    if (minuteLeft !== undefined) return (hour * 60 + minuteLeft) * 60 + seconds.first;
  }
  const hourLeft = hours.from(hour + 1);
  return hourLeft === undefined ? undefined : (hourLeft * 60 + minutes.first) * 60 + seconds.first;
}
