import { type StepDefinition } from '../workflows/definition.js';
import { decisionIn, logFields, wordsOf } from './decisions/decision.js';
import { type Failure, type NewEvent, type Signal, type StepState } from './execution.types.js';

interface Change {
  next: StepState;
  events: NewEvent[];
}

/** What becomes of a step that ran when its process ended, so that nobody knows whether its call happened: the step says. */
export function interruptedStep(step: StepDefinition, state: StepState, at: Date): Change {
  const unknown: NewEvent = event(state, 'STEP_OUTCOME_UNKNOWN', {});
  switch (step.onUnknownOutcome) {
    case 'RETRY':
      return { next: { ...state, status: 'PENDING' }, events: [unknown] };
    case 'FAIL': {
      const failed = failedStep(step, state, 'The process ended while the step ran, so nobody knows whether its call happened, and the step is not to be tried again then.', at);
      return { next: failed.next, events: [unknown, ...failed.events] };
    }
    case 'HOLD':
      return {
        next: { ...state, status: 'WAITING', waitingFor: { reason: 'UNKNOWN_OUTCOME' } },
        events: [unknown, event(state, 'STEP_WAITING', { reason: 'UNKNOWN_OUTCOME' })],
      };
  }
}

/** What becomes of a step of unknown outcome once a person has said what to do. */
export function outcomeResolved(step: StepDefinition, state: StepState, signals: readonly Signal[], at: Date): Change {
  const decision = decisionIn(signals);
  if (!decision) throw new Error(`Step ${state.key} was woken without a decision.`);
  const log = event(state, 'STEP_LOG', { level: 'info', message: `${wordsOf(decision)}.`, fields: logFields(decision) });
  const settled = { ...state, waitingFor: undefined };
  if (decision.outcome === 'RETRY') return { next: { ...settled, status: 'PENDING' }, events: [log] };
  const changed =
    decision.outcome === 'COMPLETE'
      ? completedStep(settled, decision.values ?? null, at)
      : failedStep(step, settled, `The process ended while the step ran, so nobody knew whether its call had happened. ${wordsOf(decision)}.`, at);
  return { next: changed.next, events: [log, ...changed.events] };
}

function completedStep(state: StepState, output: unknown, at: Date, error?: Failure): Change {
  return { next: { ...state, status: 'COMPLETED', output, error, finishedAt: at }, events: [event(state, 'STEP_COMPLETED', { output, error })] };
}

function failedStep({ onError }: StepDefinition, state: StepState, message: string, at: Date): Change {
  const error: Failure = { code: 'UNKNOWN_OUTCOME', message };
  if (onError.action === 'CONTINUE') return completedStep(state, onError.value ?? null, at, error);
  return { next: { ...state, status: 'FAILED', error, finishedAt: at }, events: [event(state, 'STEP_FAILED', { error })] };
}

function event({ key, attempt }: StepState, type: NewEvent['type'], payload: NewEvent['payload']): NewEvent {
  return { type, stepKey: key, attempt, payload };
}
