import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from './format';
import classes from './selection-toolbar.module.css';

interface SelectionToolbarProps {
  /** What a row is: `prompt`, `run`. */
  noun: string;
  count: number;
  onClear: () => void;
  /** Buttons of size `xs`. */
  children: ReactNode;
}

/** What can be done with all rows of a list that are ticked. It lies over the list, so that no row moves when it comes. Esc unticks them. */
export function SelectionToolbar({ noun, count, onClear, children }: SelectionToolbarProps) {
  return (
    <div role="toolbar" aria-label={`Selected ${noun}s`} className={classes.bar} onKeyDown={({ key }) => key === 'Escape' && onClear()}>
      <span role="status" className={classes.barCount}>{formatCount(count, noun)} selected</span>
      {children}
      <CloseButton aria-label="Select none" onClick={onClear} />
    </div>
  );
}
