import { createHash } from 'node:crypto';

const longestText = 400;
const shownOfText = 200;
const mostItems = 50;
const deepest = 8;
const longestJson = 16_000;
const hidden = '••••••••';
/** Readers give nothing secret; this holds should one do so by mistake. */
const secretName = /secret|password|passphrase|token|api_?-?key|authorization|cookie|private/i;

type Facts = Readonly<Record<string, unknown>>;

/** What differs between two states of a thing, on both sides; all of it where there was none, or is none any more. */
export function changesBetween(before: Facts | undefined, after: Facts | undefined): { before?: unknown; after?: unknown } {
  if (!before || !after) return { ...(before && { before: fitForLog(before) }), ...(after && { after: fitForLog(after) }) };
  const difference = differenceOf(before, after);
  return difference ? { before: fitForLog(difference.before), after: fitForLog(difference.after) } : {};
}

/** As it may be kept for good: without what goes by a secret's name, its texts and lists no longer than is needed to recognise them. */
export function fitForLog(value: unknown): unknown {
  const fit = shortened(value, 0);
  const length = JSON.stringify(fit)?.length ?? 0;
  return length <= longestJson ? fit : `${length} characters of JSON, SHA-256 ${hashOf(JSON.stringify(value))}`;
}

function differenceOf(before: Facts, after: Facts): { before: Facts; after: Facts } | undefined {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[name], after[name]];
    if (isFacts(old) && isFacts(now)) {
      const within = differenceOf(old, now);
      if (within) [was[name], is[name]] = [within.before, within.after];
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      [was[name], is[name]] = [old, now];
    }
  }
  return Object.keys(was).length > 0 ? { before: was, after: is } : undefined;
}

function isFacts(value: unknown): value is Facts {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function shortened(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return shortenedText(value);
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, mostItems).map((item) => shortened(item, depth + 1));
    return value.length > mostItems ? [...items, `… ${value.length - mostItems} more`] : items;
  }
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, typeof part === 'string' && secretName.test(name) ? hidden : shortened(part, depth + 1)]));
}

function shortenedText(text: string): string {
  if (text.length <= longestText) return text;
  return `${text.slice(0, shownOfText).toWellFormed()}… (${text.length} characters, SHA-256 ${hashOf(text)})`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
