import { CronError } from './cron-error.js';
import { type CronField, type FieldKind, parseField } from './cron-field.js';

const dayOfMonth: FieldKind = { name: 'day of the month', lowest: 1, highest: 31 };
// Sunday is 0 and 7, so that both FRI-SUN and SUN-TUE are ranges.
const weekday: FieldKind = { name: 'weekday', lowest: 0, highest: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };
const everyDay = 0x7fffffff;

/** Which days of a month an expression allows. */
export interface CronDays {
  /** Whether a day must fit both fields; otherwise one that fits either will do. */
  readonly both: boolean;
  /** @returns a bit for each day of the month that is allowed, day 1 being bit 0 */
  inMonth(firstWeekday: number, length: number): number;
}

/** Of one field: the same bits as `CronDays.inMonth`. */
type DayBits = (firstWeekday: number, length: number) => number;

/**
 * Parses the two fields that name days. As in crontab(5): when both are restricted, a day that fits either is due; when one of them contains a `*`, a day must fit both.
 * Beyond crontab(5), and as most schedulers do: L is the last day of the month, FRIL its last Friday, MON#2 its second Monday.
 */
export function parseDays(dayText: string, weekdayText: string): CronDays {
  const ofMonth = monthDayBits(dayText);
  const ofWeek = weekdayBits(weekdayText);
  const both = dayText.includes('*') || weekdayText.includes('*');
  return {
    both,
    inMonth: (firstWeekday, length) => {
      const inside = length === 31 ? everyDay : (1 << length) - 1;
      const [one, other] = [ofMonth(firstWeekday, length), ofWeek(firstWeekday, length)];
      return (both ? one & other : one | other) & inside;
    },
  };
}

function monthDayBits(text: string): DayBits {
  const parts = text.split(',');
  const last = parts.some((part) => part.toUpperCase() === 'L');
  const plain = parts.filter((part) => part.toUpperCase() !== 'L').join(',');
  if (/W/i.test(plain)) throw new CronError(`W, the nearest workday, is Quartz’s and not cron. Name the day itself in the day of the month field.`);
  const fixed = plain === '' && last ? 0 : bitsOf(parseField(plain, dayOfMonth));
  return (_, length) => fixed | (last ? 1 << (length - 1) : 0);
}

function bitsOf(field: CronField): number {
  return [...field.values].reduce((bits, day) => bits | (1 << (day - 1)), 0);
}

function weekdayBits(text: string): DayBits {
  const parts = text.split(',');
  const special = parts.filter((part) => /#|.L$/i.test(part));
  const plain = parts.filter((part) => !special.includes(part)).map((part) => part.replace(/(?<!^sun)-sun$/i, '-7'));
  const weekdays = plain.length === 0 ? new Set<number>() : new Set([...parseField(plain.join(','), weekday).values].map((day) => day % 7));
  const ordinal = special.map(parseOrdinal);
  const allWeekdays = weekdays.size === 7;
  return (firstWeekday, length) => {
    if (allWeekdays) return everyDay;
    let bits = 0;
    for (let day = 1; day <= length; day++) {
      const of = (firstWeekday + day - 1) % 7;
      const fits = weekdays.has(of) || ordinal.some(({ on, nth }) => on === of && (nth === 'last' ? day + 7 > length : Math.ceil(day / 7) === nth));
      if (fits) bits |= 1 << (day - 1);
    }
    return bits;
  };
}

function parseOrdinal(part: string): { on: number; nth: number | 'last' } {
  const [, name = '', nth] = /^([^#]+?)(?:#(.*)|L)$/i.exec(part) ?? [];
  const [on = 0, ...more] = parseField(name, weekday).values;
  if (more.length > 0) throw new CronError(`The weekday field “${part}” needs one weekday before ${nth === undefined ? 'L' : '#'}.`);
  if (nth === undefined) return { on: on % 7, nth: 'last' };
  if (!/^[1-5]$/.test(nth)) throw new CronError(`The weekday field “${part}” must end in #1 to #5: the first to the fifth such day of the month.`);
  return { on: on % 7, nth: Number(nth) };
}
