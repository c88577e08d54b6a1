import { isJsonObject, type JsonPath, keysOf, sameJson, valueAt } from './json-difference.js';

/** What three contents have at one place; undefined: nothing. */
export interface Three {
  base: unknown;
  ours: unknown;
  theirs: unknown;
}

/** Lists of a JSON Schema without an order, whose items come and go one by one. */
const sets = new Set(['required', 'enum', 'type']);

/** What becomes of one value: what a side changed, or `undefined` where both changed it differently. */
export function mergeValue({ base, ours, theirs }: Three): { value: unknown } | undefined {
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return { value: ours };
  return sameJson(base, ours) ? { value: theirs } : undefined;
}

/**
 * Merges JSON Schemas key by key, as deep as all three are objects.
 * @param settle decides where both changed one place differently
 */
export function mergeJson(three: Three, path: JsonPath, settle: (path: JsonPath, three: Three) => unknown): unknown {
  const merged = mergeValue(three) ?? (sets.has(path.at(-1) ?? '') ? mergeSet(three) : undefined);
  if (merged) return merged.value;
  const { base, ours, theirs } = three;
  if (!isJsonObject(base) || !isJsonObject(ours) || !isJsonObject(theirs)) return settle(path, three);
  const entries = keysOf(ours, theirs, base).map((key) => {
    const parts = { base: valueAt(base, key), ours: valueAt(ours, key), theirs: valueAt(theirs, key) };
    return [key, mergeJson(parts, [...path, key], settle)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Merges lists of different texts, numbers and the like in which neither side changed the order: each item stays unless a side took it out. */
export function mergeSet({ base, ours, theirs }: Three): { value: unknown[] } | undefined {
  if (![base, ours, theirs].every(isSet)) return undefined;
  const [before, one, other] = [base, ours, theirs].map((list) => new Set(Array.isArray(list) ? (list as unknown[]) : []));
  if (!before || !one || !other || !keepsOrder(before, one) || !keepsOrder(before, other)) return undefined;
  return { value: [...[...one].filter((item) => other.has(item) || !before.has(item)), ...[...other].filter((item) => !one.has(item) && !before.has(item))] };
}

function isSet(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null) && new Set(value).size === value.length;
}

function keepsOrder(before: ReadonlySet<unknown>, after: ReadonlySet<unknown>): boolean {
  return sameJson([...before].filter((item) => after.has(item)), [...after].filter((item) => before.has(item)));
}
