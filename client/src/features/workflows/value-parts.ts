export interface ValuePart {
  /** That leads to it, such as `.items[0].title`. */
  path: string;
  value: unknown;
}

const deepest = 4;
const mostParts = 60;

/** The parts of a sample that a path can lead to, outer ones first; of a list the first item's. */
export function partsOf(sample: unknown): ValuePart[] {
  const parts: ValuePart[] = [];
  let level: ValuePart[] = [{ path: '', value: sample }];
  for (let depth = 0; depth < deepest && level.length > 0 && parts.length < mostParts; depth += 1) {
    level = level.flatMap(({ path, value }) => childrenOf(value).map((child) => ({ path: path + child.path, value: child.value })));
    parts.push(...level);
  }
  return parts.slice(0, mostParts);
}

function childrenOf(value: unknown): ValuePart[] {
  if (Array.isArray(value)) return value.slice(0, 1).map((item: unknown) => ({ path: '[0]', value: item }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, child]: [string, unknown]) => ({ path: /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`, value: child }));
}

/** The type of a value as JSON Schema names it. */
export function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A value in a few words: `string, such as “Report”`. @returns undefined where nothing is known */
export function describeValue(type: string, sample: unknown): string | undefined {
  const kind = type === 'unknown' ? [] : [type];
  const last = sample === null || sample === undefined ? [] : [`such as ${excerpt(typeof sample === 'string' ? `“${sample}”` : JSON.stringify(sample))}`];
  return [...kind, ...last].join(', ') || undefined;
}

const excerpt = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** The names of the secrets among what a step can be given. */
export const secretsAmong = (values: readonly { from: string }[]): string[] => values.flatMap(({ from }) => /^secrets\.(\w+)$/.exec(from)?.[1] ?? []);
