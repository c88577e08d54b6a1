import { type StepDefinition } from '../workflows/definition.js';
import { type ExecutionRecord, type Failure, type NewEvent, type StepState } from './execution.types.js';
import { MissingInputError, stepInput } from './step-input.js';
import { attemptFailure, AttemptTimeoutError, retryDelayMs } from './step-failure.js';
import { type PreparedStep, type StepResult } from './steps/step-runner.js';
import { type StepRunners } from './steps/step-runners.js';
import { TextCoalescer } from './text-coalescer.js';

export interface AttemptContext {
  execution: ExecutionRecord;
  outputOf: (stepKey: string) => unknown;
  runners: StepRunners;
  /** Aborted with a `{ kind }`: `step-failed` names the step, `shutdown` and `lost` leave the attempt's outcome unknown. */
  stop: AbortSignal;
  now: () => Date;
  onFault: (error: unknown) => void;
  /** Stores the step's state, where it has changed, and its events together. */
  commit(state: StepState | undefined, events: readonly NewEvent[]): Promise<void>;
}

/** Tokens that arrive within this time travel in one event. */
const outputIntervalMs = 30;

/** Runs a step once and commits what came of it. */
export class StepAttempt {
  private readonly attempt: number;
  private readonly timeout: AbortSignal;
  private readonly signal: AbortSignal;
  private state: StepState;
  private started = false;

  constructor(
    private readonly step: StepDefinition,
    before: StepState,
    private readonly context: AttemptContext,
  ) {
    this.attempt = before.attempt + 1;
    this.timeout = AbortSignal.timeout(step.timeoutMs);
    this.signal = AbortSignal.any([context.stop, this.timeout]);
    this.state = {
      ...before,
      status: 'RUNNING',
      attempt: this.attempt,
      error: undefined,
      details: undefined,
      startedAt: context.now(),
      finishedAt: undefined,
      retryAt: undefined,
    };
  }

  /**
   * @returns the step's state as committed; undefined where the attempt was ended and its outcome is unknown
   * @throws what the commit throws, when nothing could be stored
   */
  async run(): Promise<StepState | undefined> {
    const prepared = await this.guard(() => this.prepare());
    if (prepared.failed) return this.fail(prepared.error);
    if (prepared.value.kind === 'done') return this.complete({ output: prepared.value.output, usage: { inputTokens: 0, outputTokens: 0 } }, '');
    return this.call(prepared.value);
  }

  private async prepare(): Promise<PreparedStep> {
    const { execution, outputOf, runners } = this.context;
    const input = stepInput(this.step, execution.inputs, outputOf);
    this.state = { ...this.state, input };
    return runners[this.step.type].prepare({ execution, step: this.step, input, signal: this.signal });
  }

  private async call(prepared: PreparedStep & { kind: 'call' }): Promise<StepState | undefined> {
    const { provider, model, simulated } = prepared.details;
    await this.commit({ ...this.state, details: prepared.details }, [this.startEvent({ provider, model, simulated })]);
    let lost: { error: unknown } | undefined;
    const output = new TextCoalescer(
      outputIntervalMs,
      (text) => this.context.commit(undefined, [this.event('STEP_OUTPUT', { text })]),
      (error) => (lost = { error }),
    );
    const result = await this.guard(() => prepared.call((text) => output.push(text)));
    const rest = await output.finish();
    if (lost) throw lost.error;
    if (result.failed) return this.fail(result.error);
    return this.complete(result.value, rest);
  }

  private async complete(result: StepResult, undelivered: string): Promise<StepState> {
    const finishedAt = this.context.now();
    const durationMs = finishedAt.getTime() - (this.state.startedAt?.getTime() ?? 0);
    const { output, usage, finishReason } = result;
    await this.commit({ ...this.state, status: 'COMPLETED', output, usage, finishedAt, details: this.state.details && { ...this.state.details, finishReason } }, [
      ...this.startUnlessStarted(),
      ...(undelivered ? [this.event('STEP_OUTPUT', { text: undelivered })] : []),
      this.event('STEP_COMPLETED', { output, usage, durationMs }),
    ]);
    return this.state;
  }

  private async fail(error: unknown): Promise<StepState | undefined> {
    if (this.context.stop.aborted && !this.timeout.aborted) return this.stopped();
    const failure = this.failureOf(error);
    const { code, message } = failure;
    if (failure.retryable && this.attempt < this.step.retry.maxAttempts) {
      const retryAt = new Date(this.context.now().getTime() + retryDelayMs(this.step.retry, this.attempt, failure.retryAfterMs));
      return this.endWith({ status: 'WAITING', error: { code, message }, retryAt }, 'STEP_RETRY_SCHEDULED', {
        retryAt: retryAt.toISOString(),
        error: { code, message },
      });
    }
    return this.endWith({ status: 'FAILED', error: { code, message } }, 'STEP_FAILED', { error: { code, message } });
  }

  private async stopped(): Promise<StepState | undefined> {
    const reason: unknown = this.context.stop.reason;
    if (!isStepFailed(reason)) return undefined;
    const error: Failure = { code: 'STOPPED', message: `Stopped because step "${reason.stepName}" failed.` };
    return this.endWith({ status: 'FAILED', error }, 'STEP_FAILED', { error });
  }

  private async endWith(change: Partial<StepState>, type: 'STEP_FAILED' | 'STEP_RETRY_SCHEDULED', payload: NewEvent['payload']): Promise<StepState> {
    await this.commit({ ...this.state, finishedAt: this.context.now(), ...change }, [...this.startUnlessStarted(), this.event(type, payload)]);
    return this.state;
  }

  private failureOf(error: unknown) {
    if (this.timeout.aborted) error = new AttemptTimeoutError(this.step.timeoutMs);
    if (error instanceof MissingInputError) return { code: 'MISSING_INPUT', message: error.message, retryable: false };
    const failure = attemptFailure(error);
    if (failure) return failure;
    this.context.onFault(error);
    return { code: 'INTERNAL', message: 'The product itself failed at this step. The server log says how.', retryable: false };
  }

  private async commit(state: StepState, events: readonly NewEvent[]): Promise<void> {
    await this.context.commit(state, events);
    this.state = state;
  }

  private startUnlessStarted(): NewEvent[] {
    return this.started ? [] : [this.startEvent({})];
  }

  private startEvent(payload: NewEvent['payload']): NewEvent {
    this.started = true;
    return this.event('STEP_STARTED', payload);
  }

  private event(type: NewEvent['type'], payload: NewEvent['payload']): NewEvent {
    return { type, stepKey: this.step.key, attempt: this.attempt, payload };
  }

  private async guard<T>(work: () => Promise<T>): Promise<{ failed: false; value: T } | { failed: true; error: unknown }> {
    try {
      return { failed: false, value: await work() };
    } catch (error) {
      return { failed: true, error };
    }
  }
}

function isStepFailed(reason: unknown): reason is { stepName: string } {
  return typeof reason === 'object' && reason !== null && 'stepName' in reason;
}
