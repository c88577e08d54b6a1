import { formatAbsoluteTime, formatDuration } from '../../../ui/format';
import { TickingDuration } from '../../../ui/ticking-duration';
import { stepTypeLooks } from '../../workflows/step-type';
import { Facts } from '../facts';
import inspector from '../inspector.module.css';
import type { AttemptState, StepState } from '../run-state';
import type { RunStep } from '../run.queries';
import type { StepDetails as Details } from './inspection.operations';

const outcomes: Record<AttemptState['outcome'], string> = {
  RUNNING: 'Running',
  COMPLETED: 'Completed',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  INTERRUPTED: 'Interrupted, its outcome is unknown',
};

const finishes: Record<string, string> = {
  stop: 'The answer was complete',
  length: 'The longest answer was reached',
  'content-filter': 'The provider’s content filter stepped in',
};

const waits: Record<string, string> = {
  DELAY: 'waited for its time',
  CHILDREN: 'waited for the runs that it started',
  APPROVAL: 'waited for an approval',
  RATE_LIMIT: 'waited for its turn at the provider',
  UNKNOWN_OUTCOME: 'waited for a decision',
};

/** When a step ran, and every attempt at it. @param queuedMs how long it was ready before it began */
export function StepFacts({ step, state, details, queuedMs }: { step: RunStep; state: StepState; details: Details | undefined; queuedMs: number | null }) {
  const first = state.attempts[0];
  const last = state.attempts.at(-1);
  return (
    <>
      <Facts
        facts={[
          ['Type', stepTypeLooks[step.type].label],
          ['Key', <code key="key">{step.key}</code>],
          ['Queued', queuedMs !== null && queuedMs >= 1 && formatDuration(queuedMs)],
          ['Started', first && formatAbsoluteTime(first.startedAt)],
          ['Ended', last?.endedAt && formatAbsoluteTime(last.endedAt)],
          ['Duration', first && <TickingDuration from={first.startedAt} to={state.status === 'WAITING' ? null : last?.endedAt} />],
          ['Provider', state.provider ?? step.provider],
          ['Model', state.model ?? step.model],
          ['Stopped because', details?.finishReason && state.status === 'COMPLETED' && (finishes[details.finishReason] ?? details.finishReason)],
        ]}
      />
      {state.attempts.length > 0 && (
        <>
          <h3 className={inspector.subhead}>Attempts</h3>
          <ol className={inspector.attempts}>
            {state.attempts.map((attempt) => (
              <li key={attempt.number}>
                <span className="tabular">{attempt.number}</span>
                <span>{outcomes[attempt.outcome]}</span>
                <TickingDuration from={attempt.startedAt} to={attempt.endedAt} />
                {attempt.waits.map((wait) => (
                  <span key={wait.startedAt}>
                    {waits[wait.reason] ?? 'waited'} <TickingDuration from={wait.startedAt} to={wait.endedAt} />
                  </span>
                ))}
                {attempt.error && <p>{attempt.error.message}</p>}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
