/** Where something stands within a JSON value: keys, from the outermost in. */
export type JsonPath = readonly string[];

/** One place at which two JSON values differ; undefined: nothing is there. */
export interface JsonDifference {
  path: JsonPath;
  before: unknown;
  after: unknown;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object, no list and no null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two JSON values are the same. The order of keys, and keys whose value is undefined, do not count. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, index) => sameJson(item, other[index]));
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  return keysOf(one, other).every((key) => sameJson(valueAt(one, key), valueAt(other, key)));
}

/** The keys that have a value in one of the objects at least: first those of the one in its order, then what the others add. */
export function keysOf(...objects: readonly JsonObject[]): string[] {
  return [...new Set(objects.flatMap((object) => Object.keys(object).filter((key) => valueAt(object, key) !== undefined)))];
}

/** A key of the object's own: names such as `constructor` are keys like others. */
export function valueAt(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/**
 * Every place at which two JSON values differ, as deep within objects, and within lists of objects, as can be: what stands there is a text, a
 * number, true or false, null, a list of such, or an empty object.
 */
export function differences(before: unknown, after: unknown, path: JsonPath = []): JsonDifference[] {
  if (sameJson(before, after)) return [];
  const [parts, partsAfter] = [partsOf(before), partsOf(after)];
  if (parts && partsAfter && Array.isArray(before) === Array.isArray(after)) return differencesOfParts(parts, partsAfter, path);
  if (!parts && !partsAfter) return [{ path, before, after }];
  if (before !== undefined && after !== undefined) return [...differences(before, undefined, path), ...differences(undefined, after, path)];
  const found = differencesOfParts(parts ?? {}, partsAfter ?? {}, path);
  return found.length > 0 ? found : [{ path, before, after }];
}

/** `properties.title.type`; a key that would be taken for several is written `["a.b"]`. */
export function formatPath(path: JsonPath): string {
  return path.map((key) => (/^[^."[\]/\s]+$/.test(key) ? key : `[${JSON.stringify(key)}]`)).join('.');
}

function differencesOfParts(before: JsonObject, after: JsonObject, path: JsonPath): JsonDifference[] {
  return keysOf(before, after).flatMap((key) => differences(valueAt(before, key), valueAt(after, key), [...path, key]));
}

function partsOf(value: unknown): JsonObject | undefined {
  if (isJsonObject(value)) return value;
  const ofObjects = Array.isArray(value) && value.length > 0 && value.every(isJsonObject);
  return ofObjects ? Object.fromEntries(value.map((item, index) => [String(index), item])) : undefined;
}
