import type { ReactNode } from 'react';
import classes from './status-badge.module.css';

export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

interface StatusBadgeProps {
  tone: Tone;
  /** 14 px. */
  icon: ReactNode;
  label: string;
  /** Without the tinted ground, for dense rows. */
  quiet?: boolean;
  title?: string;
}

/** A state as icon, word and colour: never colour alone. */
export function StatusBadge({ tone, icon, label, quiet = false, title }: StatusBadgeProps) {
  return (
    <span className={classes.badge} data-tone={tone} data-quiet={quiet || undefined} title={title}>
      <span aria-hidden className={classes.icon}>{icon}</span>
      {label}
    </span>
  );
}
