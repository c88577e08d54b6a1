import { emptyRun, isFinished, pendingStep, type AttemptState, type RunState, type StepState } from './run-state';
import type { Run, RunStep } from './run.queries';

/** What the server's record of a run tells, without its events: no outputs of steps, and nothing half made. */
export function stateOfRecord(run: Run): RunState {
  return {
    ...emptyRun([]),
    lastSeq: run.lastSeq,
    status: run.status,
    startedAt: run.startedAt ?? null,
    finishedAt: run.finishedAt ?? null,
    steps: Object.fromEntries(run.steps.map((step) => [step.key, stepOfRecord(step)])),
    output: run.status === 'COMPLETED' && run.outputExcerpt && typeof run.outputExcerpt.beginning !== 'string' ? (run.outputExcerpt.value ?? null) : undefined,
    error: run.error ?? null,
  };
}

function stepOfRecord(step: RunStep): StepState {
  return {
    ...pendingStep,
    status: step.status,
    attempt: step.attempt,
    attempts: step.attempts.map(toAttempt),
    // What was taken over was paid for in the run that this one repeats.
    usage: step.reused ? pendingStep.usage : step.usage,
    costUsd: step.reused ? null : (step.costUsd ?? null),
    error: step.error ?? null,
    retryAt: step.retryAt ?? null,
    waitsFor: step.waitingFor?.reason ?? null,
    provider: step.provider ?? null,
    model: step.model ?? null,
    simulated: step.simulated,
  };
}

function toAttempt({ number, startedAt, finishedAt, outcome, error, waits }: RunStep['attempts'][number]): AttemptState {
  return {
    number,
    startedAt,
    endedAt: finishedAt ?? null,
    outcome: outcome === 'WAITING' ? 'RUNNING' : outcome === 'UNKNOWN' ? 'INTERRUPTED' : outcome,
    error: error ?? null,
    waits: waits.map((wait) => ({ reason: wait.reason, startedAt: wait.startedAt, endedAt: wait.finishedAt ?? null })),
  };
}

/** Whether the events of a run tell more than its record: it goes on, or it broke off in the middle of an answer. */
export function eventsTellMore(run: Run): boolean {
  return !isFinished(run.status) || run.status === 'FAILED';
}
