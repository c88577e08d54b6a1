import type { ReactNode } from 'react';
import classes from './list-toolbar.module.css';

/** The filters over a list. */
export function ListToolbar({ children }: { children: ReactNode }) {
  return <div className={classes.toolbar} role="search">{children}</div>;
}
