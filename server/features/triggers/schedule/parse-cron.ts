import { parseDays } from './cron-days.js';
import { CronError } from './cron-error.js';
import { type CronExpression } from './cron-expression.js';
import { type FieldKind, parseField } from './cron-field.js';
import { firstDayFrom } from './local-search.js';
import { notCron } from './not-cron.js';

const second: FieldKind = { name: 'second', lowest: 0, highest: 59 };
const minute: FieldKind = { name: 'minute', lowest: 0, highest: 59 };
const hour: FieldKind = { name: 'hour', lowest: 0, highest: 23 };
const month: FieldKind = { name: 'month', lowest: 1, highest: 12, names: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'] };

const macros: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Parses 5 fields (minute, hour, day of the month, month, weekday), 6 with seconds first, or a macro.
 * @throws CronError for anything else, also for what is cron but never due
 */
export function parseCron(text: string): CronExpression {
  const written = text.trim();
  const cron = written.startsWith('@') ? macroOf(written) : written;
  const words = cron.split(/\s+/);
  const reason = notCron(cron, words);
  if (reason) throw new CronError(reason);
  const fields = words.length === 5 ? ['0', ...words] : words;
  const [seconds = '', minutes = '', hours = '', days = '', months = '', weekdays = ''] = fields;
  const hourField = parseField(hours, hour);
  const expression: CronExpression = {
    fields,
    seconds: parseField(seconds, second),
    minutes: parseField(minutes, minute),
    hours: hourField,
    days: parseDays(days, weekdays),
    months: parseField(months, month),
    everyHour: hourField.allowsAll,
  };
  if (firstDayFrom(expression, 2000, 0, 1) === undefined) throw new CronError(`This is never due: no day ${days} of month ${months} fits. Change the day of the month, the month or the weekday.`);
  return expression;
}

function macroOf(written: string): string {
  const cron = macros[written.toLowerCase()];
  if (cron) return cron;
  const known = Object.keys(macros).join(', ');
  if (written.toLowerCase() === '@reboot') throw new CronError(`@reboot names no time, so it can’t be scheduled. Use one of ${known}.`);
  throw new CronError(`There is no macro ${written}. Use one of ${known}.`);
}
