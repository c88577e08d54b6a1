import { IconBan, IconCircleCheck, IconCircleDashed, IconCircleX, IconClockPause, IconLoader2, IconPlayerPause, IconPlayerSkipForward } from '@tabler/icons-react';
import classes from './run-status.module.css';
import { StatusBadge, type Tone } from './status-badge';

/** Of a run or a step; a run is never PENDING or SKIPPED, a step never QUEUED or PAUSED. */
type Status = 'QUEUED' | 'PENDING' | 'RUNNING' | 'WAITING' | 'PAUSED' | 'COMPLETED' | 'FAILED' | 'SKIPPED' | 'CANCELLED';

const looks: Record<Status, { tone: Tone; label: string; icon: typeof IconCircleCheck }> = {
  QUEUED: { tone: 'neutral', label: 'Queued', icon: IconCircleDashed },
  PENDING: { tone: 'neutral', label: 'Not started', icon: IconCircleDashed },
  RUNNING: { tone: 'info', label: 'Running', icon: IconLoader2 },
  WAITING: { tone: 'warning', label: 'Waiting', icon: IconClockPause },
  COMPLETED: { tone: 'success', label: 'Completed', icon: IconCircleCheck },
  PAUSED: { tone: 'warning', label: 'Paused', icon: IconPlayerPause },
  FAILED: { tone: 'danger', label: 'Failed', icon: IconCircleX },
  SKIPPED: { tone: 'neutral', label: 'Skipped', icon: IconPlayerSkipForward },
  CANCELLED: { tone: 'neutral', label: 'Cancelled', icon: IconBan },
};

export const statusWord = (status: Status): string => looks[status].label;

export const statusTone = (status: Status): Tone => looks[status].tone;

export function StatusIcon({ status, size = 14 }: { status: Status; size?: number }) {
  const Icon = looks[status].icon;
  return <Icon size={size} aria-hidden className={status === 'RUNNING' ? classes.turning : undefined} />;
}

/** How a run or a step of one stands. */
export function RunStatus({ status, quiet, title }: { status: Status; quiet?: boolean; title?: string }) {
  return <StatusBadge tone={looks[status].tone} icon={<StatusIcon status={status} />} label={looks[status].label} quiet={quiet} title={title} />;
}
