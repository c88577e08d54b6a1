import { z } from 'zod';
import { type StepAttempt } from '../../../../schema/step-inspection.js';
import { type ExecutionEvent, failureSchema, stepWaitSchema } from '../execution.types.js';

/** Those that tell how the attempts at a step went. */
export const attemptEventTypes = [
  'STEP_STARTED',
  'STEP_WAITING',
  'STEP_RETRY_SCHEDULED',
  'STEP_OUTCOME_UNKNOWN',
  'STEP_COMPLETED',
  'STEP_FAILED',
  'STEP_CANCELLED',
] as const satisfies ExecutionEvent['type'][];

export type AttemptEvent = Pick<ExecutionEvent, 'executionId' | 'stepKey' | 'attempt' | 'payload' | 'at'> & { type: (typeof attemptEventTypes)[number] };

const errorSchema = z.object({ error: failureSchema });
const retrySchema = errorSchema.extend({ retryAt: z.coerce.date() });
const waitSchema = stepWaitSchema.pick({ reason: true });

/** @param events of one step, in order; what completed it gave may be left out of them */
export function attemptsOf(events: readonly AttemptEvent[]): StepAttempt[] {
  const attempts: StepAttempt[] = [];
  for (const event of events) {
    const number = event.attempt ?? 1;
    const last = attempts.at(-1);
    const current: StepAttempt = last?.number === number ? last : { number, startedAt: event.at, outcome: 'RUNNING', waits: [] };
    if (current !== last) attempts.push(current);
    const wait = current.waits.at(-1);
    if (wait && !wait.finishedAt) wait.finishedAt = event.at;
    Object.assign(current, changeBy(event, current));
  }
  return attempts;
}

function changeBy({ type, payload, at }: AttemptEvent, { waits }: StepAttempt): Partial<StepAttempt> {
  switch (type) {
    case 'STEP_WAITING':
      return { outcome: 'WAITING', waits: [...waits, { reason: waitSchema.parse(payload).reason, startedAt: at }] };
    case 'STEP_RETRY_SCHEDULED':
      return { outcome: 'FAILED', finishedAt: at, ...retrySchema.parse(payload) };
    case 'STEP_FAILED':
      return { outcome: 'FAILED', finishedAt: at, ...errorSchema.parse(payload) };
    case 'STEP_COMPLETED':
      return { outcome: 'COMPLETED', finishedAt: at };
    case 'STEP_CANCELLED':
      return { outcome: 'CANCELLED', finishedAt: at };
    case 'STEP_OUTCOME_UNKNOWN':
      return { outcome: 'UNKNOWN', finishedAt: at };
    case 'STEP_STARTED':
      return {};
  }
}
