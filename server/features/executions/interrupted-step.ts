import { z } from 'zod';
import { type StepDefinition } from '../workflows/definition.js';
import { type Failure, type NewEvent, type Signal, type StepState } from './execution.types.js';

interface Change {
  next: StepState;
  events: NewEvent[];
}

/** What becomes of a step that ran when its process ended, so that nobody knows whether its call happened: the step says. */
export function interruptedStep({ onUnknownOutcome, onError }: StepDefinition, state: StepState, at: Date): Change {
  const unknown: NewEvent = { type: 'STEP_OUTCOME_UNKNOWN', stepKey: state.key, attempt: state.attempt, payload: {} };
  if (onUnknownOutcome === 'RETRY') return { next: { ...state, status: 'PENDING' }, events: [unknown] };
  if (onUnknownOutcome === 'FAIL') {
    const failed = failedStep(state, 'The process ended while the step ran, so nobody knows whether its call happened, and the step is not to be tried again then.', at);
    if (onError.action !== 'CONTINUE') return { next: failed.next, events: [unknown, ...failed.events] };
    const output = onError.value ?? null;
    return { next: { ...failed.next, status: 'COMPLETED', output }, events: [unknown, { ...event(state, 'STEP_COMPLETED'), payload: { output, error: failed.next.error } }] };
  }
  return {
    next: { ...state, status: 'WAITING', waitingFor: { reason: 'UNKNOWN_OUTCOME' } },
    events: [unknown, { ...event(state, 'STEP_WAITING'), payload: { reason: 'UNKNOWN_OUTCOME' } }],
  };
}

const resolutionSchema = z.object({ action: z.enum(['RETRY', 'FAIL', 'USE']), output: z.unknown() });

/** What becomes of a step of unknown outcome once a person has said what to do. */
export function outcomeResolved(state: StepState, signals: readonly Signal[], at: Date): Change {
  const { action, output } = resolutionSchema.parse(signals.at(-1)?.payload);
  const settled = { ...state, waitingFor: undefined };
  if (action === 'RETRY') return { next: { ...settled, status: 'PENDING' }, events: [] };
  if (action === 'FAIL') return failedStep(settled, 'The process ended while the step ran, and a person decided that the step has failed.', at);
  return { next: { ...settled, status: 'COMPLETED', output: output ?? null, finishedAt: at }, events: [{ ...event(state, 'STEP_COMPLETED'), payload: { output: output ?? null } }] };
}

function failedStep(state: StepState, message: string, at: Date): Change {
  const error: Failure = { code: 'UNKNOWN_OUTCOME', message };
  return { next: { ...state, status: 'FAILED', error, waitingFor: undefined, finishedAt: at }, events: [{ ...event(state, 'STEP_FAILED'), payload: { error } }] };
}

function event({ key, attempt }: StepState, type: NewEvent['type']): NewEvent {
  return { type, stepKey: key, attempt, payload: {} };
}
