import { isDatabaseLoss } from '../../database/database-loss.js';
import { type StepDefinition } from '../workflows/definition.js';
import { type ExecutionRecord, type Failure, type LogLevel, type NewEvent, noUsage, type Signal, type StepState } from './execution.types.js';
import { StepInputs } from './step-input.js';
import { type AttemptFailure, attemptFailure, AttemptTimeoutError, ChildFailedError, retryDelayMs, StepError } from './step-failure.js';
import { type CallContext, type PreparedStep, type StepResult, type StepWork } from './steps/step-runner.js';
import { type StepRunners } from './steps/step-runners.js';
import { isStopReason, type StopReason } from './stop-reason.js';
import { TextCoalescer } from './text-coalescer.js';

export interface AttemptContext {
  execution: ExecutionRecord;
  outputOf: (stepKey: string) => unknown;
  errorOf: (stepKey: string) => Failure | null;
  /** Other steps hang on what it decides. */
  branchedOn: boolean;
  runners: StepRunners;
  /** Aborted with a `StopReason`. */
  stop: AbortSignal;
  now: () => Date;
  onFault: (error: unknown) => void;
  /** Keeps an event for the next commit. */
  log: (event: NewEvent) => void;
  /** Stores the step's state, where it has changed, and its events together. */
  commit(state: StepState | undefined, events: readonly NewEvent[]): Promise<void>;
}

/** Tokens that arrive within this time travel in one event. */
const outputIntervalMs = 30;

/** Runs a step once, or goes on with one that waits, and commits what came of it. */
export class StepAttempt {
  private readonly timeout: AbortSignal;
  private readonly signal: AbortSignal;
  private state: StepState;
  private started = false;

  constructor(
    private readonly step: StepDefinition,
    private readonly before: StepState,
    private readonly context: AttemptContext,
  ) {
    this.timeout = AbortSignal.timeout(step.timeoutMs);
    this.signal = AbortSignal.any([context.stop, this.timeout]);
    this.state = before;
  }

  /**
   * @returns the step's state as committed; undefined where the attempt was ended and its outcome is unknown
   * @throws what the commit throws when nothing could be stored, and what the database throws when it is gone
   */
  async run(): Promise<StepState | undefined> {
    const { before } = this;
    this.state = {
      ...before,
      status: 'RUNNING',
      attempt: before.attempt + 1,
      error: undefined,
      details: undefined,
      waitingFor: undefined,
      startedAt: this.context.now(),
      finishedAt: undefined,
      retryAt: undefined,
    };
    return this.conclude(() => this.prepare());
  }

  /** Goes on with a step that waited, now that its time or one of its signals has come. */
  async resume(signals: readonly Signal[]): Promise<StepState | undefined> {
    const { waitingFor, retryAt } = this.before;
    const { step, context } = this;
    this.started = true;
    this.state = { ...this.before, waitingFor: undefined, retryAt: undefined };
    const due = retryAt !== undefined && retryAt.getTime() <= context.now().getTime();
    return this.conclude(async () => {
      const runner = context.runners[step.type];
      if (!waitingFor || !runner.resume) throw new Error(`A step of type ${step.type} waits for ${waitingFor?.reason ?? 'nothing'}, and does not know how to go on.`);
      return runner.resume({ ...this.readInput(), wait: waitingFor, until: retryAt, signals, due });
    });
  }

  private async conclude(prepare: () => Promise<PreparedStep>): Promise<StepState | undefined> {
    const prepared = await this.guard(prepare);
    if (prepared.failed) return this.fail(prepared.error);
    switch (prepared.value.kind) {
      case 'done':
        return this.complete({ usage: noUsage, ...prepared.value.result }, '');
      case 'wait':
        return this.wait(prepared.value);
      case 'call':
        return this.call(prepared.value);
    }
  }

  private async prepare(): Promise<PreparedStep> {
    return this.context.runners[this.step.type].prepare(this.readInput());
  }

  private readInput(): StepWork {
    const { execution, outputOf, errorOf, branchedOn, now } = this.context;
    const { values, secrets, shown } = new StepInputs(execution.inputs, outputOf, errorOf).read(this.step);
    this.state = { ...this.state, input: shown };
    const log: StepWork['log'] = (level, message, fields) => this.log(level, message, fields);
    return { execution, step: this.step, input: values, secrets, attempt: this.state.attempt, previous: this.before.details, branchedOn, signal: this.signal, now, log };
  }

  private async call(prepared: PreparedStep & { kind: 'call' }): Promise<StepState | undefined> {
    const { details } = prepared;
    await this.commit({ ...this.state, details }, [this.startEvent(details && { provider: details.provider, model: details.model, simulated: details.simulated })]);
    let lost: { error: unknown } | undefined;
    const output = new TextCoalescer(
      outputIntervalMs,
      (text) => this.context.commit(undefined, [this.event('STEP_OUTPUT', { text })]),
      (error) => (lost = { error }),
    );
    // At once, since several may be under way and the first to be stored must not undo the second.
    const note: CallContext['note'] = (next, spent) => (this.state = { ...this.state, details: next, ...spent });
    const result = await this.guard(() =>
      prepared.call({
        onText: (text) => output.push(text),
        note,
        save: (...kept) => this.context.commit(note(...kept), []),
      }),
    );
    const rest = await output.finish();
    if (lost) throw lost.error;
    if (result.failed) return this.fail(result.error);
    return this.complete(result.value, rest);
  }

  private async complete(result: StepResult, undelivered: string): Promise<StepState> {
    const { output, usage = noUsage, costUsd, finishReason } = result;
    const finishedAt = this.context.now();
    const durationMs = finishedAt.getTime() - (this.state.startedAt?.getTime() ?? 0);
    const details = result.details ?? (this.state.details && { ...this.state.details, finishReason });
    await this.commit({ ...this.state, status: 'COMPLETED', output, usage, costUsd, finishedAt, details }, [
      ...this.startUnlessStarted(),
      ...(undelivered ? [this.event('STEP_OUTPUT', { text: undelivered })] : []),
      this.event('STEP_COMPLETED', { output, usage, costUsd, durationMs }),
    ]);
    return this.state;
  }

  private async wait({ wait, until, sameAttempt, spent, again = false }: PreparedStep & { kind: 'wait' }): Promise<StepState> {
    // What was begun is as if it had not been: what the attempts before it have kept is there for the next one.
    if (sameAttempt) this.state = { ...this.before, input: this.state.input };
    await this.commit({ ...this.state, status: 'WAITING', waitingFor: wait, retryAt: until, ...spent }, [
      ...(sameAttempt ? [] : this.startUnlessStarted()),
      ...(again && this.before.waitingFor ? [] : [this.event('STEP_WAITING', { reason: wait.reason, ...(until && { until: until.toISOString() }) })]),
    ]);
    return this.state;
  }

  private async fail(error: unknown): Promise<StepState | undefined> {
    const reason: unknown = this.context.stop.reason;
    if (this.context.stop.aborted && !this.timeout.aborted && isStopReason(reason)) return this.stopped(reason);
    // No fault of the step's: whoever takes the execution over goes on with it.
    if (isDatabaseLoss(error)) throw error;
    if (error instanceof ChildFailedError) this.state = { ...this.state, ...error.spent };
    const failure = this.failureOf(error);
    const { code, message } = failure;
    if (failure.retryable && (failure.attempt ?? this.state.attempt) < this.step.retry.maxAttempts) return this.retry(failure);
    const { onError } = this.step;
    if (onError.action !== 'CONTINUE') return this.endWith({ status: 'FAILED', error: { code, message } }, 'STEP_FAILED', { error: { code, message } });
    const output = onError.value ?? null;
    return this.endWith({ status: 'COMPLETED', output, error: { code, message } }, 'STEP_COMPLETED', { output, error: { code, message }, usage: this.state.usage });
  }

  private retry({ code, message, retryAfterMs, attempt = this.state.attempt }: AttemptFailure): Promise<StepState> {
    const retryAt = new Date(this.context.now().getTime() + retryDelayMs(this.step.retry, Math.max(attempt, 1), retryAfterMs));
    return this.endWith({ status: 'WAITING', error: { code, message }, retryAt }, 'STEP_RETRY_SCHEDULED', {
      retryAt: retryAt.toISOString(),
      error: { code, message },
    });
  }

  private async stopped(reason: StopReason): Promise<StepState | undefined> {
    switch (reason.kind) {
      case 'shutdown':
      case 'lost':
        return undefined;
      case 'step-failed': {
        const error: Failure = { code: 'STOPPED', message: `Stopped because step "${reason.stepName}" failed.` };
        return this.endWith({ status: 'FAILED', error }, 'STEP_FAILED', { error });
      }
      case 'cancelled':
      case 'deadline':
        return this.endWith({ status: 'CANCELLED' }, 'STEP_CANCELLED', { reason: reason.kind });
    }
  }

  private async endWith(change: Partial<StepState>, type: NewEvent['type'], payload: NewEvent['payload']): Promise<StepState> {
    await this.commit({ ...this.state, finishedAt: this.context.now(), ...change }, [...this.startUnlessStarted(), this.event(type, payload)]);
    return this.state;
  }

  private failureOf(error: unknown): AttemptFailure {
    if (this.timeout.aborted && !(error instanceof StepError)) error = new AttemptTimeoutError(this.step.timeoutMs);
    const failure = attemptFailure(error);
    if (failure) return failure;
    this.context.onFault(error);
    return { code: 'INTERNAL', message: 'The product itself failed at this step. The server log says how.', retryable: false };
  }

  private log(level: LogLevel, message: string, fields: Record<string, unknown> = {}): void {
    this.context.log(this.event('STEP_LOG', { level, message, fields }));
  }

  private async commit(state: StepState, events: readonly NewEvent[]): Promise<void> {
    await this.context.commit(state, events);
    this.state = state;
  }

  private startUnlessStarted(): NewEvent[] {
    return this.started ? [] : [this.startEvent({})];
  }

  private startEvent(payload: NewEvent['payload'] = {}): NewEvent {
    this.started = true;
    return this.event('STEP_STARTED', payload);
  }

  private event(type: NewEvent['type'], payload: NewEvent['payload']): NewEvent {
    return { type, stepKey: this.step.key, attempt: this.state.attempt, payload };
  }

  private async guard<T>(work: () => Promise<T>): Promise<{ failed: false; value: T } | { failed: true; error: unknown }> {
    try {
      return { failed: false, value: await work() };
    } catch (error) {
      return { failed: true, error };
    }
  }
}
