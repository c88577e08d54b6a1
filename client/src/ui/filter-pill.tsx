import { Pill } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './filter-pill.module.css';

/** The filters that are set, as a group of this name. */
export function FilterPills({ label, className = '', children }: { label: string; className?: string | undefined; children: ReactNode }) {
  return <div className={`${classes.pills} ${className}`} role="group" aria-label={label}>{children}</div>;
}

/** One filter that is set, and can be taken off by itself. */
export function FilterPill({ what, value, onRemove }: { what: string; value: string; onRemove: () => void }) {
  return (
    <Pill
      size="md"
      maw="100%"
      withRemoveButton
      onRemove={onRemove}
      removeButtonProps={{ 'aria-label': `Take off the filter ${what.toLowerCase()} ${value}`, 'aria-hidden': false, tabIndex: 0 }}
    >
      <span className={classes.what}>{what}</span> {value}
    </Pill>
  );
}
