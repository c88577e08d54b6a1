import type { AttemptState } from './run-state';
import classes from './timeline.module.css';

interface Span {
  from: number;
  to: number;
}

interface WaterfallProps {
  /** The time that the whole width stands for. */
  scale: Span;
  attempts: readonly Pick<AttemptState, 'number' | 'startedAt' | 'endedAt' | 'outcome'>[];
  retryAt: string | null;
  now: number;
}

/** When a step was at work, drawn on the time of the run; each attempt a bar, the pauses between them dotted. */
export function Waterfall({ scale, attempts, retryAt, now }: WaterfallProps) {
  const width = Math.max(1, scale.to - scale.from);
  const place = ({ from, to }: Span) => ({
    left: `${clamp(((from - scale.from) / width) * 100)}%`,
    right: `${clamp(((scale.to - to) / width) * 100)}%`,
  });
  return (
    <div className={classes.track} aria-hidden>
      {attempts.map((attempt, index) => {
        const from = Date.parse(attempt.startedAt);
        const to = attempt.endedAt ? Date.parse(attempt.endedAt) : Math.max(from, now);
        const next = attempts[index + 1];
        const pauseEnd = next ? Date.parse(next.startedAt) : retryAt && attempt.endedAt ? Math.min(Date.parse(retryAt), Math.max(now, to)) : null;
        return (
          <div key={attempt.number}>
            <div className={classes.bar} data-outcome={attempt.outcome} style={place({ from, to })} />
            {pauseEnd !== null && <div className={classes.pause} style={place({ from: to, to: pauseEnd })} />}
          </div>
        );
      })}
    </div>
  );
}

const clamp = (percent: number) => Math.min(99.5, Math.max(0, percent));
