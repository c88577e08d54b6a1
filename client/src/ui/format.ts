const wholeNumber = new Intl.NumberFormat('en-US');
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const money = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const absoluteTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `0.4 s`, `1.2 s`, `48 s`, `3 min 05 s`, `2 h 10 min`; under a tenth of a second `37 ms`. */
export function formatDuration(ms: number): string {
  if (ms < 99.5) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  return `${Math.floor(seconds / 3_600)} h ${String(Math.floor((seconds % 3_600) / 60)).padStart(2, '0')} min`;
}

/** `1 token`, `1,204 tokens`. */
export const formatTokens = (count: number): string => formatCount(count, 'token');

/** `$0.0012`, `$1.24`, `$0`: with as many digits as say something. */
export function formatCost(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars >= 1) return `$${dollars.toFixed(2)}`;
  return dollars < 0.0001 ? '<$0.0001' : `$${dollars.toFixed(4).replace(/0{1,2}$/, '')}`;
}

/** Of a million tokens: `$2.50`, `$0.075`, `$0`. */
export function formatPrice(dollars: number): string {
  return dollars === 0 ? '$0' : `$${money.format(dollars)}`;
}

/** `$1,240.00`, `$0.0012`, `$0`: what is left of a limit, to the digits that say something. */
export function formatBudget(dollars: number): string {
  return dollars >= 1 ? `$${cents.format(dollars)}` : formatCost(dollars);
}

/** `1 step`, `12 steps`. */
export const formatCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${wholeNumber.format(count)} ${count === 1 ? noun : plural}`;

export const formatAbsoluteTime = (time: string | Date): string => absoluteTime.format(new Date(time));

export const formatDay = (time: string | Date): string => day.format(new Date(time));

/** `just now`, `5 minutes ago`, `yesterday`, `in 3 days`; past a month the day itself. */
export function formatRelativeTime(time: string | Date, now = Date.now()): string {
  const seconds = Math.round((new Date(time).getTime() - now) / 1_000);
  const distance = Math.abs(seconds);
  if (distance < 10) return 'just now';
  if (distance < 60) return relative.format(seconds, 'second');
  if (distance < 3_600) return relative.format(Math.round(seconds / 60), 'minute');
  if (distance < 86_400) return relative.format(Math.round(seconds / 3_600), 'hour');
  if (distance < 30 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return formatDay(time);
}
