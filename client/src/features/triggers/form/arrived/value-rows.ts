import type { TreeItem } from '../../../../ui/tree-moves';

/** A value within what has arrived, as a row of a tree. Its id is the path that a mapping reads it by. */
export interface ValueRow extends TreeItem {
  /** What a row says of its value: the value itself where it is short and plain. */
  shown: string;
  kind: 'object' | 'list' | 'text' | 'number' | 'boolean' | 'null';
}

/** Items of one list or object that are shown; nobody maps the thousandth. */
const mostItems = 200;
const longestShown = 120;

/**
 * @param values by the names that paths begin with, such as `payload`
 * @param closed paths whose contents are left out
 */
export function valueRows(values: Readonly<Record<string, unknown>>, closed: ReadonlySet<string>): ValueRow[] {
  return within(Object.entries(values).map(([name, value]) => ({ name, path: name, value })), 1, closed);
}

interface Part {
  name: string;
  path: string;
  value: unknown;
}

function within(parts: readonly Part[], level: number, closed: ReadonlySet<string>): ValueRow[] {
  return parts.flatMap(({ name, path, value }, index) => {
    const inner = partsOf(value, path);
    const expanded = inner.length > 0 ? !closed.has(path) : undefined;
    const row: ValueRow = { id: path, name, level, position: index + 1, setSize: parts.length, ...(expanded !== undefined && { expanded }), shown: shownOf(value), kind: kindOf(value) };
    return [row, ...(expanded ? within(inner, level + 1, closed) : [])];
  });
}

function partsOf(value: unknown, path: string): Part[] {
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item: unknown, index) => ({ name: String(index), path: `${path}[${index}]`, value: item }));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, mostItems)
    .map(([name, part]: [string, unknown]) => ({ name, path: pathTo(path, name), value: part }));
}

/** As the server reads paths: plain names after a dot, others quoted. */
export function pathTo(path: string, name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function kindOf(value: unknown): ValueRow['kind'] {
  if (Array.isArray(value)) return 'list';
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'text';
}

function shownOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`;
  if (typeof value === 'object' && value !== null) {
    const count = Object.keys(value).length;
    return count === 1 ? '1 field' : `${count} fields`;
  }
  const text = JSON.stringify(value) ?? 'null';
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}
