import * as z from 'zod/mini';
import type { ExecutionEventType, ExecutionStatus, StepStatus } from '../../gql/graphql';

export interface RunEvent {
  seq: number;
  type: ExecutionEventType;
  stepKey?: string | null;
  attempt?: number | null;
  at: string;
  payload: unknown;
}

export interface RunError {
  code: string;
  message: string;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
}

/** One try at a step. `INTERRUPTED`: nobody knows how it ended, because the server stopped in the middle of it. */
export interface AttemptState {
  number: number;
  startedAt: string;
  endedAt: string | null;
  outcome: 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' | 'INTERRUPTED';
  error: RunError | null;
  /** When it held no worker. */
  waits: readonly AttemptWait[];
}

export interface AttemptWait {
  /** DELAY, CHILDREN, APPROVAL, RATE_LIMIT or UNKNOWN_OUTCOME. */
  reason: string;
  startedAt: string;
  endedAt: string | null;
}

/** What a step has said of its work. */
export interface LogEntry {
  seq: number;
  at: string;
  attempt: number;
  level: 'debug' | 'info' | 'warn' | 'error';
  message: string;
  fields: Readonly<Record<string, unknown>>;
}

export interface StepState {
  status: StepStatus;
  attempt: number;
  attempts: readonly AttemptState[];
  /** What the present attempt has streamed so far. */
  text: string;
  /** Undefined until the step has completed, and where it is too long to be sent with the rest. */
  output: unknown;
  usage: Usage;
  /** US dollars; null where no price is known. */
  costUsd: number | null;
  logs: readonly LogEntry[];
  error: RunError | null;
  retryAt: string | null;
  /** Why it waits, where it does so by itself: DELAY, CHILDREN, APPROVAL, RATE_LIMIT or UNKNOWN_OUTCOME. */
  waitsFor: string | null;
  provider: string | null;
  model: string | null;
  simulated: boolean;
}

export interface RunState {
  /** The last event that has been taken in. */
  lastSeq: number;
  status: ExecutionStatus;
  startedAt: string | null;
  finishedAt: string | null;
  resumes: number;
  steps: Readonly<Record<string, StepState>>;
  /** Undefined until the run has completed, and where it is too long to be sent with the rest. */
  output: unknown;
  error: RunError | null;
}

export const pendingStep: StepState = {
  status: 'PENDING',
  attempt: 0,
  attempts: [],
  text: '',
  output: undefined,
  usage: { inputTokens: 0, outputTokens: 0 },
  costUsd: null,
  logs: [],
  error: null,
  retryAt: null,
  waitsFor: null,
  provider: null,
  model: null,
  simulated: false,
};

/** A run that nothing has been heard of yet. */
export function emptyRun(stepKeys: readonly string[]): RunState {
  return {
    lastSeq: 0,
    status: 'QUEUED',
    startedAt: null,
    finishedAt: null,
    resumes: 0,
    steps: Object.fromEntries(stepKeys.map((key) => [key, pendingStep])),
    output: undefined,
    error: null,
  };
}

/** Takes in events in the order of their numbers. Those that were taken in before are passed over, so what is sent twice does no harm. */
export function applyEvents(state: RunState, events: readonly RunEvent[]): RunState {
  return events.reduce((next, event) => (event.seq > next.lastSeq ? { ...applyEvent(next, event), lastSeq: event.seq } : next), state);
}

export function isFinished(status: ExecutionStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELLED';
}

/** Somebody must say how it goes on. */
export function waitsForPerson(step: StepState | undefined): boolean {
  return step?.status === 'WAITING' && (step.waitsFor === 'APPROVAL' || step.waitsFor === 'UNKNOWN_OUTCOME');
}

export function totalUsage(state: RunState): Usage {
  return Object.values(state.steps).reduce(
    (sum, { usage }) => ({ inputTokens: sum.inputTokens + usage.inputTokens, outputTokens: sum.outputTokens + usage.outputTokens }),
    { inputTokens: 0, outputTokens: 0 },
  );
}

/** What the steps whose price is known cost together; null where it is of none. */
export function totalCost(state: Pick<RunState, 'steps'>): number | null {
  const known = Object.values(state.steps).flatMap(({ costUsd }) => costUsd ?? []);
  return known.length > 0 ? known.reduce((sum, cost) => sum + cost, 0) : null;
}

const payloadSchema = z.object({
  text: z.catch(z.optional(z.string()), undefined),
  provider: z.catch(z.nullish(z.string()), undefined),
  model: z.catch(z.nullish(z.string()), undefined),
  simulated: z.catch(z.optional(z.boolean()), undefined),
  retryAt: z.catch(z.nullish(z.string()), undefined),
  until: z.catch(z.nullish(z.string()), undefined),
  reason: z.catch(z.optional(z.string()), undefined),
  error: z.catch(z.nullish(z.object({ code: z.string(), message: z.string() })), undefined),
  usage: z.catch(z.nullish(z.object({ inputTokens: z.number(), outputTokens: z.number() })), undefined),
  costUsd: z.catch(z.nullish(z.number()), undefined),
  output: z.optional(z.unknown()),
  outputOmitted: z.catch(z.optional(z.boolean()), undefined),
  level: z.catch(z.enum(['debug', 'info', 'warn', 'error']), 'info'),
  message: z.catch(z.optional(z.string()), undefined),
  fields: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
});

type Payload = Partial<z.infer<typeof payloadSchema>>;

function payloadOf(event: RunEvent): Payload {
  const parsed = payloadSchema.safeParse(event.payload);
  return parsed.success ? parsed.data : {};
}

const outputIn = ({ output, outputOmitted }: Payload): unknown => (outputOmitted ? undefined : (output ?? null));

function applyEvent(state: RunState, event: RunEvent): RunState {
  const payload = payloadOf(event);
  switch (event.type) {
    case 'EXECUTION_QUEUED':
      return { ...state, status: 'QUEUED' };
    case 'EXECUTION_STARTED':
      return { ...state, status: 'RUNNING', startedAt: event.at };
    case 'EXECUTION_RESUMED':
      return { ...state, status: 'RUNNING', resumes: state.resumes + 1 };
    case 'EXECUTION_COMPLETED':
      return { ...state, status: 'COMPLETED', finishedAt: event.at, output: outputIn(payload) };
    case 'EXECUTION_FAILED':
      return { ...state, status: 'FAILED', finishedAt: event.at, error: payload.error ?? unexplained };
    case 'EXECUTION_PAUSED':
      return { ...state, status: 'PAUSED' };
    case 'EXECUTION_UNPAUSED':
      return { ...state, status: 'RUNNING' };
    case 'EXECUTION_CANCELLED':
      return { ...state, status: 'CANCELLED', finishedAt: event.at };
    case 'STEP_STARTED':
    case 'STEP_OUTPUT':
    case 'STEP_RETRY_SCHEDULED':
    case 'STEP_OUTCOME_UNKNOWN':
    case 'STEP_COMPLETED':
    case 'STEP_FAILED':
    case 'STEP_WAITING':
    case 'STEP_SKIPPED':
    case 'STEP_CANCELLED':
    case 'STEP_REUSED':
    case 'STEP_LOG':
      return applyStepEvent(state, event, payload);
  }
}

const unexplained: RunError = { code: 'UNKNOWN', message: 'No reason was given.' };

function applyStepEvent(state: RunState, event: RunEvent, payload: Payload): RunState {
  if (!event.stepKey) return state;
  const before = state.steps[event.stepKey] ?? pendingStep;
  const after = nextStep(before, event, payload);
  if (after === before) return state;
  const steps = { ...state.steps, [event.stepKey]: after };
  return { ...state, steps, status: after.status === before.status ? state.status : statusFrom(state.status, steps) };
}

function nextStep(before: StepState, event: RunEvent, payload: Payload): StepState {
  const attempt = event.attempt ?? before.attempt;
  if (attempt < before.attempt) return before;
  const step = attempt > before.attempt ? beginAttempt(before, attempt, event.at) : before;
  switch (event.type) {
    case 'STEP_STARTED':
      return {
        ...(step === before ? beginAttempt(before, attempt, event.at) : step),
        provider: payload.provider ?? step.provider,
        model: payload.model ?? step.model,
        simulated: payload.simulated ?? step.simulated,
      };
    case 'STEP_OUTPUT':
      return { ...step, text: step.text + (payload.text ?? '') };
    case 'STEP_RETRY_SCHEDULED':
      return {
        ...endAttempt(step, event.at, 'FAILED', payload.error ?? unexplained),
        status: 'WAITING',
        error: payload.error ?? unexplained,
        retryAt: payload.retryAt ?? null,
      };
    case 'STEP_OUTCOME_UNKNOWN':
      return { ...endAttempt(step, event.at, 'INTERRUPTED', payload.error ?? null), status: 'PENDING', error: payload.error ?? null };
    case 'STEP_COMPLETED':
      return {
        ...endAttempt(step, event.at, 'COMPLETED', null),
        status: 'COMPLETED',
        output: outputIn(payload),
        usage: payload.usage ?? step.usage,
        costUsd: payload.costUsd ?? null,
        error: payload.error ?? null,
        retryAt: null,
        waitsFor: null,
      };
    case 'STEP_FAILED':
      return {
        ...endAttempt(step, event.at, 'FAILED', payload.error ?? unexplained),
        status: 'FAILED',
        error: payload.error ?? unexplained,
        retryAt: null,
        waitsFor: null,
      };
    case 'STEP_WAITING':
      return { ...addWait(step, payload.reason ?? '', event.at), status: 'WAITING', waitsFor: payload.reason ?? null, retryAt: payload.until ?? null };
    case 'STEP_SKIPPED':
      return { ...before, status: 'SKIPPED' };
    case 'STEP_CANCELLED':
      return { ...endAttempt(step, event.at, 'CANCELLED', null), status: 'CANCELLED', retryAt: null, waitsFor: null };
    case 'STEP_REUSED':
      return { ...step, status: 'COMPLETED', output: outputIn(payload) };
    case 'STEP_LOG':
      return { ...step, logs: [...step.logs, { seq: event.seq, at: event.at, attempt, level: payload.level ?? 'info', message: payload.message ?? '', fields: payload.fields ?? {} }] };
    case 'EXECUTION_PAUSED':
    case 'EXECUTION_UNPAUSED':
    case 'EXECUTION_CANCELLED':
    case 'EXECUTION_QUEUED':
    case 'EXECUTION_STARTED':
    case 'EXECUTION_RESUMED':
    case 'EXECUTION_COMPLETED':
    case 'EXECUTION_FAILED':
      return before;
  }
}

function beginAttempt(step: StepState, number: number, at: string): StepState {
  const earlier = endAttempt(step, at, 'INTERRUPTED', null).attempts.filter((attempt) => attempt.number !== number);
  return {
    ...step,
    status: 'RUNNING',
    attempt: number,
    attempts: [...earlier, { number, startedAt: at, endedAt: null, outcome: 'RUNNING', error: null, waits: [] }],
    text: '',
    output: undefined,
    error: null,
    retryAt: null,
    waitsFor: null,
  };
}

function endAttempt(step: StepState, at: string, outcome: AttemptState['outcome'], error: RunError | null): StepState {
  const attempts = step.attempts.map((attempt) => (attempt.endedAt === null ? { ...attempt, endedAt: at, outcome, error, waits: endedWaits(attempt, at) } : attempt));
  return { ...step, attempts };
}

function addWait(step: StepState, reason: string, at: string): StepState {
  const attempts = step.attempts.map((attempt) => (attempt.endedAt === null ? { ...attempt, waits: [...endedWaits(attempt, at), { reason, startedAt: at, endedAt: null }] } : attempt));
  return { ...step, attempts };
}

function endedWaits({ waits }: AttemptState, at: string): AttemptWait[] {
  return waits.map((wait) => (wait.endedAt === null ? { ...wait, endedAt: at } : wait));
}

/** No event says that a run waits: it does when a step waits and no other is at work. */
function statusFrom(status: ExecutionStatus, steps: RunState['steps']): ExecutionStatus {
  if (status !== 'RUNNING' && status !== 'WAITING') return status;
  const all = Object.values(steps);
  const waits = all.some((step) => step.status === 'WAITING') && !all.some((step) => step.status === 'RUNNING');
  return waits ? 'WAITING' : 'RUNNING';
}
