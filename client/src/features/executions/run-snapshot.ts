import { emptyRun, isFinished, pendingStep, type AttemptState, type RunState, type StepState } from './run-state';
import type { Run, RunStep } from './run.queries';

/** What the server's record of a run tells, without its events: of each step only the last attempt, and no half-made output. */
export function stateOfRecord(run: Run): RunState {
  return {
    ...emptyRun([]),
    lastSeq: run.lastSeq,
    status: run.status,
    startedAt: run.startedAt ?? null,
    finishedAt: run.finishedAt ?? null,
    steps: Object.fromEntries(run.steps.map((step) => [step.key, stepOfRecord(step)])),
    output: run.status === 'COMPLETED' ? (run.output ?? null) : undefined,
    error: run.error ?? null,
  };
}

function stepOfRecord(step: RunStep): StepState {
  return {
    ...pendingStep,
    status: step.status,
    attempt: step.attempt,
    // What was taken over was done, and paid for, in the run that this one repeats.
    attempts: step.startedAt && !step.reused ? [lastAttempt(step, step.startedAt)] : [],
    output: step.status === 'COMPLETED' ? (step.output ?? null) : undefined,
    usage: step.reused ? pendingStep.usage : step.usage,
    error: step.error ?? null,
    retryAt: step.retryAt ?? null,
    waitsFor: step.waitingFor?.reason ?? null,
    provider: step.provider ?? null,
    model: step.model ?? null,
    simulated: step.simulated,
  };
}

function lastAttempt(step: RunStep, startedAt: string): AttemptState {
  const outcome = step.status === 'COMPLETED' || step.status === 'RUNNING' || step.status === 'CANCELLED' ? step.status : step.status === 'WAITING' && !step.finishedAt ? 'RUNNING' : 'FAILED';
  return { number: step.attempt, startedAt, endedAt: outcome === 'RUNNING' ? null : (step.finishedAt ?? startedAt), outcome, error: step.error ?? null };
}

/** Whether the events of a run tell more than its record: it goes on, it broke off in the middle of an answer, or a step was tried again. */
export function eventsTellMore(run: Run): boolean {
  return !isFinished(run.status) || run.status === 'FAILED' || run.steps.some((step) => step.attempt > 1);
}
