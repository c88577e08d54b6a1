import cronstrue from 'cronstrue';
import { type CronExpression } from './cron-expression.js';

const bounds = [[0, 59], [0, 59], [0, 23], [1, 31], [1, 12], [0, 6]] as const;
const dayOfMonth = 3;

/** @returns an expression in English words, such as `At 09:00, Monday through Friday` */
export function wordsOf({ fields, days, everyHour }: CronExpression): string {
  const written = fields.map(tellable);
  const words = cronstrue.toString((written[0] === '0' ? written.slice(1) : written).join(' '), { use24HourTimeFormat: true, logicalAndDayFields: days.both, verbose: false });
  if (!days.both) return words.replace(/ of the month, (?:and )?on /, ' of the month or on ');
  return !everyHour && written.slice(3).every((field) => field === '*') ? `${words}, every day` : words;
}

/** Writes a field so that what cronstrue says of it is true: it calls a step of 7 minutes "every 7 minutes", which it is only up to the end of the hour, and loses a * within a list. */
function tellable(field: string, index: number): string {
  const parts = field.split(',');
  const [low, high] = bounds[index] ?? [0, 0];
  if (parts.some((part) => part === '*' || part === '*/1')) return '*';
  return parts.map((part) => {
    const step = Number(/^\*\/(\d+)$/.exec(part)?.[1] ?? 1);
    const even = parts.length === 1 && (index === dayOfMonth || (high - low + 1) % step === 0);
    if (step > 1 && !even) return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, count) => low + count * step).join();
    return part.replace(/^(\w+)-\1$/, '$1');
  }).join();
}
