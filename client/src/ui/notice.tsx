import type { ReactNode } from 'react';
import classes from './notice.module.css';

interface NoticeProps {
  tone: 'warning' | 'danger';
  /** 16 px. */
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  /** Read out at once when it appears. */
  urgent?: boolean;
}

/** Something that the reader should know of what the page shows, and what can be done about it. */
export function Notice({ tone, icon, title, children, urgent = false }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={urgent ? 'alert' : undefined}>
      <span className={classes.icon} aria-hidden>{icon}</span>
      <div className={classes.body}>
        <strong className={classes.title}>{title}</strong>
        {children}
      </div>
    </div>
  );
}
