import { IconChevronRight } from '@tabler/icons-react';
import { useRef, useState, type HTMLAttributes, type KeyboardEvent, type ReactNode } from 'react';
import { findByTyping, moveByKey, type TreeItem } from './tree-moves';
import classes from './tree-view.module.css';

const typingPauseMs = 600;

interface TreeViewProps<Item extends TreeItem> {
  label: string;
  /** In order, without what is in closed ones. */
  items: readonly Item[];
  selectedId?: string;
  /** A row's content. What can be clicked in it is out of the tab order and needs a key as well. */
  children: (item: Item) => ReactNode;
  /** By click, Enter or Space. */
  onOpen: (item: Item) => void;
  onExpand: (id: string, expanded: boolean) => void;
  /** Keys of the row with the focus before the tree's own. @returns whether the key was taken */
  onKey?: (item: Item, event: KeyboardEvent<HTMLElement>) => boolean;
  /** Such as the handlers of drag and drop. */
  rowProps?: (item: Item) => HTMLAttributes<HTMLElement> & { [data: `data-${string}`]: unknown };
  describedBy?: string;
}

/** A tree with the keys of the ARIA pattern: one stop of the tab key, arrows, Home, End, typing, Enter. */
export function TreeView<Item extends TreeItem>({ label, items, selectedId, children, onOpen, onExpand, onKey, rowProps, describedBy }: TreeViewProps<Item>) {
  const list = useRef<HTMLUListElement>(null);
  const [focusedId, setFocusedId] = useState<string>();
  const typing = useRef({ text: '', at: 0 });
  const stop = [focusedId, selectedId].find((id) => items.some((item) => item.id === id)) ?? items[0]?.id;

  const focus = (id: string) => list.current?.querySelector<HTMLElement>(`[data-tree-id="${CSS.escape(id)}"]`)?.focus();
  const type = (item: Item, event: KeyboardEvent) => {
    const { text, at } = typing.current;
    typing.current = { text: event.timeStamp - at < typingPauseMs ? text + event.key : event.key, at: event.timeStamp };
    const found = findByTyping(items, item.id, typing.current.text);
    if (found) focus(found);
  };
  const onKeyDown = (item: Item, event: KeyboardEvent<HTMLElement>) => {
    // Keys in a row's own buttons are theirs.
    if (event.target !== event.currentTarget) return;
    if (onKey?.(item, event)) return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      return onOpen(item);
    }
    const move = moveByKey(items, item.id, event.key);
    if (move) {
      event.preventDefault();
      if ('focus' in move) focus(move.focus);
      else onExpand(move.id, move.expanded);
    } else if (event.key.length === 1) {
      type(item, event);
    }
  };
  return (
    <ul ref={list} role="tree" aria-label={label} aria-describedby={describedBy} className={classes.tree}>
      {items.map((item) => (
        <li
          key={item.id}
          aria-label={item.name}
          {...rowProps?.(item)}
          role="treeitem"
          data-tree-id={item.id}
          aria-level={item.level}
          aria-posinset={item.position}
          aria-setsize={item.setSize}
          aria-expanded={item.expanded}
          aria-selected={item.id === selectedId}
          tabIndex={item.id === stop ? 0 : -1}
          className={classes.row}
          style={{ paddingInlineStart: 4 + (item.level - 1) * 16 }}
          onFocus={() => setFocusedId(item.id)}
          onClick={() => onOpen(item)}
          onKeyDown={(event) => onKeyDown(item, event)}
        >
          <span
            className={classes.toggle}
            aria-hidden
            onClick={(event) => {
              if (item.expanded === undefined) return;
              event.stopPropagation();
              onExpand(item.id, !item.expanded);
            }}
          >
            {item.expanded !== undefined && <IconChevronRight size={14} data-expanded={item.expanded || undefined} />}
          </span>
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
