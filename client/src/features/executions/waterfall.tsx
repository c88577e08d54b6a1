import type { AttemptState } from './run-state';
import classes from './timeline.module.css';

interface Span {
  from: number;
  to: number;
}

interface WaterfallProps {
  /** The time that the whole width stands for. */
  scale: Span;
  /** Since when it could have begun; what follows until it did is its time in the queue. */
  readyAt?: number | undefined;
  attempts: readonly Pick<AttemptState, 'number' | 'startedAt' | 'endedAt' | 'outcome' | 'waits'>[];
  retryAt: string | null;
  now: number;
}

/** When a step was at work, drawn on the time of the run: each attempt a bar, paler where it waited, the pauses between them dotted, and a line for its time in the queue. */
export function Waterfall({ scale, readyAt, attempts, retryAt, now }: WaterfallProps) {
  const firstStart = attempts[0] ? Date.parse(attempts[0].startedAt) : undefined;
  const width = Math.max(1, scale.to - scale.from);
  const place = ({ from, to }: Span) => ({
    left: `${clamp(((from - scale.from) / width) * 100)}%`,
    right: `${clamp(((scale.to - to) / width) * 100)}%`,
  });
  return (
    <div className={classes.track} aria-hidden>
      {readyAt !== undefined && firstStart !== undefined && firstStart > readyAt && <div className={classes.queue} style={place({ from: readyAt, to: firstStart })} />}
      {attempts.map((attempt, index) => {
        const from = Date.parse(attempt.startedAt);
        const to = attempt.endedAt ? Date.parse(attempt.endedAt) : Math.max(from, now);
        const next = attempts[index + 1];
        const pauseEnd = next ? Date.parse(next.startedAt) : retryAt && attempt.endedAt ? Math.min(Date.parse(retryAt), Math.max(now, to)) : null;
        return (
          <div key={attempt.number}>
            <div className={classes.bar} data-outcome={attempt.outcome} style={place({ from, to })} />
            {attempt.waits.map((wait) => (
              <div key={wait.startedAt} className={classes.wait} style={place({ from: Date.parse(wait.startedAt), to: wait.endedAt ? Date.parse(wait.endedAt) : to })} />
            ))}
            {pauseEnd !== null && <div className={classes.pause} style={place({ from: to, to: pauseEnd })} />}
          </div>
        );
      })}
    </div>
  );
}

const clamp = (percent: number) => Math.min(99.5, Math.max(0, percent));
