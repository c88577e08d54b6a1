/** A row of a tree as it is shown; rows in closed ones are left out. */
export interface TreeItem {
  id: string;
  name: string;
  /** Counted from 1, as the two below. */
  level: number;
  position: number;
  setSize: number;
  /** Undefined where nothing is in it. */
  expanded?: boolean;
}

/** What a key asks for: another row, or a row opened or closed. */
export type TreeMove = { focus: string } | { id: string; expanded: boolean };

/** The keys of the tree pattern: arrows, Home and End. */
export function moveByKey(items: readonly TreeItem[], id: string, key: string): TreeMove | undefined {
  const at = items.findIndex((item) => item.id === id);
  const item = items[at];
  if (!item) return undefined;
  const focus = (other: TreeItem | undefined) => (other && other.id !== id ? { focus: other.id } : undefined);
  switch (key) {
    case 'ArrowDown':
      return focus(items[at + 1]);
    case 'ArrowUp':
      return focus(items[at - 1]);
    case 'Home':
      return focus(items[0]);
    case 'End':
      return focus(items.at(-1));
    case 'ArrowRight':
      if (item.expanded === undefined) return undefined;
      return item.expanded ? focus(items[at + 1]) : { id, expanded: true };
    case 'ArrowLeft':
      return item.expanded ? { id, expanded: false } : focus(items.slice(0, at).findLast(({ level }) => level < item.level));
    default:
      return undefined;
  }
}

/** The next row, from the one with the focus on, whose name begins with what was typed. One letter again goes on to the next. */
export function findByTyping(items: readonly TreeItem[], id: string, typed: string): string | undefined {
  const at = Math.max(0, items.findIndex((item) => item.id === id));
  const repeated = typed.length > 1 && [...typed].every((letter) => letter === typed[0]);
  const wanted = (repeated ? typed.slice(0, 1) : typed).toLowerCase();
  const start = wanted.length === 1 ? at + 1 : at;
  const order = [...items.slice(start), ...items.slice(0, start)];
  return order.find(({ name }) => name.toLowerCase().startsWith(wanted))?.id;
}
