import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';

interface EmptyStateProps {
  icon: ReactNode;
  title: string;
  /** What this is for. */
  children: ReactNode;
  /** The one action, and a sample beside it where there is one. */
  action?: ReactNode;
}

/** What a list shows while it has nothing to show. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <section className={classes.state}>
      <div className={classes.icon} aria-hidden>{icon}</div>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{children}</p>
      {action && <div className={classes.actions}>{action}</div>}
    </section>
  );
}

interface ErrorStateProps {
  title: string;
  /** What happened and what to do, as `problemOf(error).message` says it. */
  message: string;
  onRetry?: () => void;
  action?: ReactNode;
}

/** What a page shows when it could not be loaded. */
export function ErrorState({ title, message, onRetry, action }: ErrorStateProps) {
  return (
    <section className={classes.state} role="alert">
      <div className={`${classes.icon} ${classes.danger}`} aria-hidden>
        <IconAlertTriangle size={24} />
      </div>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{message}</p>
      <div className={classes.actions}>
        {onRetry && (
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            Try again
          </Button>
        )}
        {action}
      </div>
    </section>
  );
}

/** Grey bars of the height of what is coming, so that nothing moves when it comes. */
export function SkeletonRows({ rows = 6, height = 48 }: { rows?: number; height?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.skeletonRow} style={{ height }}>
          <Skeleton height={12} width={`${38 - ((row * 7) % 17)}%`} />
          <Skeleton height={12} width={72} />
        </div>
      ))}
    </div>
  );
}
