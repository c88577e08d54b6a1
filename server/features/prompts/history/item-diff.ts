import { movedBetween } from './alignment.js';
import { differences, formatPath, sameJson } from './json-difference.js';

export type DiffChange = 'ADDED' | 'REMOVED' | 'CHANGED' | 'MOVED' | 'UNCHANGED';

/** One value that differs; `field` is its name, or its path within a schema. Null: absent. */
export interface FieldDiff {
  field: string;
  change: 'ADDED' | 'REMOVED' | 'CHANGED';
  before: unknown;
  after: unknown;
}

/** A variable or a tool that differs. MOVED: nothing but its place. */
export interface ItemDiff {
  name: string;
  change: DiffChange;
  fields: FieldDiff[];
}

/** How a JSON value, such as a JSON Schema, differs, place by place; undefined: there is none. */
export function fieldDiffs(before: unknown, after: unknown): FieldDiff[] {
  return differences(before, after).map(({ path, before: was, after: is }) => ({
    field: formatPath(path),
    change: was === undefined ? 'ADDED' : is === undefined ? 'REMOVED' : 'CHANGED',
    before: was ?? null,
    after: is ?? null,
  }));
}

/** How the items of two lists differ, known by name: those that stayed or came in their new order, then those that went. */
export function itemDiffs<Item extends { name: string }>(before: readonly Item[], after: readonly Item[]): ItemDiff[] {
  const [items, itemsAfter] = [byName(before), byName(after)];
  const moved = movedBetween(
    before.map(({ name }) => name).filter((name) => itemsAfter.has(name)),
    after.map(({ name }) => name).filter((name) => items.has(name)),
  );
  return [...after, ...before.filter(({ name }) => !itemsAfter.has(name))].flatMap(({ name }): ItemDiff[] => {
    const [was, is] = [items.get(name), itemsAfter.get(name)];
    const fields = fieldDiffs(was && withoutName(was), is && withoutName(is));
    if (!was || !is) return [{ name, change: was ? 'REMOVED' : 'ADDED', fields }];
    if (!sameJson(was, is)) return [{ name, change: 'CHANGED', fields }];
    return moved.has(name) ? [{ name, change: 'MOVED', fields: [] }] : [];
  });
}

function byName<Item extends { name: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.name, item]));
}

function withoutName(item: { name: string }): object {
  return Object.fromEntries(Object.entries(item).filter(([field]) => field !== 'name'));
}
