import { Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconClockEdit } from '@tabler/icons-react';
import { RelativeTime } from '../../../../../ui/relative-time';
import classes from './schedule.module.css';
import type { SchedulePreview } from './use-schedule-preview';

interface SchedulePreviewPanelProps {
  preview: SchedulePreview | undefined;
  problem: string | null;
  /** While what is shown may not be what was typed last. */
  stale: boolean;
  invalid: boolean;
}

/** When a schedule is due, in words and as its next times; days on which the clocks change stand out. */
export function SchedulePreviewPanel({ preview, problem, stale, invalid }: SchedulePreviewPanelProps) {
  return (
    <section className={classes.preview} aria-label="Next due times" aria-busy={stale}>
      <p className={classes.words} aria-live="polite">{preview?.description ?? (problem || invalid ? 'No due times yet' : 'Next due times')}</p>
      {preview ? (
        <ol className={classes.times} data-stale={stale || undefined}>
          {preview.times.map((time) => <DueTime key={time.dueAt} time={time} />)}
        </ol>
      ) : problem || invalid ? (
        <p className={classes.hint}>{problem ?? 'The next ten due times stand here once the expression and the time zone are right.'}</p>
      ) : (
        <Skeleton height={280} />
      )}
    </section>
  );
}

function DueTime({ time }: { time: SchedulePreview['times'][number] }) {
  const { dueAt, localTime, offset, clockChange, note } = time;
  return (
    <li className={classes.time} data-changed={clockChange ? true : undefined}>
      <span className={classes.when}>{dayOf(localTime)}<strong>{clockOf(localTime)}</strong></span>
      <span className={classes.offset}>{offset}</span>
      <span className={classes.relative}>{isNear(dueAt) && <RelativeTime time={dueAt} />}</span>
      {clockChange && (
        <span className={classes.change}>
          {note ? <IconAlertTriangle size={14} aria-hidden /> : <IconClockEdit size={14} aria-hidden />}
          {note ?? clockChange.description}
        </span>
      )}
    </li>
  );
}

const month = 30 * 86_400_000;

/** Whether to say how long it is until then: past a month that would be the day once more. */
function isNear(dueAt: string): boolean {
  return Date.parse(dueAt) - Date.now() < month;
}

// What the clock of the schedule's zone shows has no zone of its own here.
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

function dayOf(localTime: string): string {
  return day.format(new Date(`${localTime}Z`));
}

function clockOf(localTime: string): string {
  return localTime.slice(11).replace(/:00$/, '');
}
