import { type EventBus } from '../../events/event-bus.js';
import { type StepDefinition, type WorkflowDefinition } from '../workflows/definition.js';
import { type Claim } from './claim.js';
import { type CommitQueue } from './commit-queue.js';
import { type ExecutionEvent, type Failure, type NewEvent, type Signal, type StepState } from './execution.types.js';
import { interruptedStep, outcomeResolved } from './interrupted-step.js';
import { Readiness } from './readiness.js';
import { outputOf, totalsOf } from './run-result.js';
import { type Transition } from './execution-transition.js';
import { type RunStore } from './run.store.js';
import { StepAttempt } from './step-attempt.js';
import { type StepRunners } from './steps/step-runners.js';
import { type StopReason } from './stop-reason.js';

/** Rings an execution when its time has come. */
export interface WakeUps {
  schedule(name: 'execution.wake', key: string, payload: { executionId: string }, at: Date): Promise<void>;
}

export interface RunDependencies {
  store: Pick<RunStore, 'signals' | 'tellChildren' | 'release'>;
  commits: Pick<CommitQueue, 'commit'>;
  jobs: WakeUps;
  bus: EventBus;
  runners: StepRunners;
  now: () => Date;
  /** Told of faults of the product itself, which a failed step does not explain to its user. */
  onFault: (error: unknown, executionId: string) => void;
}

/** An execution that is claimed this often without a step getting done is given up: it takes the process down with it. */
const mostFruitlessClaims = 5;
const longestTimer = 2 ** 31 - 1;

export type RunEnd = 'finished' | 'waiting' | 'released';

/** One claimed execution, run in memory for as long as its lease holds. What is decided follows from its steps' states and its signals alone. */
export class Run {
  private readonly steps: Map<string, StepState>;
  private readonly readiness: Readiness;
  private readonly active = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();
  private readonly unsent: NewEvent[] = [];
  private readonly deadline: Date | undefined;
  private signals: Signal[];
  private handled: string[] = [];
  private seq: number;
  private fruitless: boolean;
  private draining = false;
  private paused = false;
  private cancelled = false;
  private poked = false;
  private fatal: { error: unknown } | undefined;
  private ring!: () => void;
  private bell = this.newBell();

  constructor(
    private readonly claim: Claim,
    private readonly definition: WorkflowDefinition,
    private readonly deps: RunDependencies,
  ) {
    this.steps = new Map(claim.steps.map((step) => [step.key, step]));
    this.readiness = new Readiness(definition.steps);
    this.signals = claim.signals;
    this.seq = claim.lastSeq;
    this.fruitless = claim.claims > 1;
    const { startedAt } = claim.execution;
    this.deadline = definition.deadlineMs === undefined || !startedAt ? undefined : new Date(startedAt.getTime() + definition.deadlineMs);
  }

  /** @throws LeaseLostError or the database's error, after every attempt under way has been ended */
  async execute(): Promise<RunEnd> {
    await this.begin();
    if (this.claim.claims > mostFruitlessClaims) return this.giveUp();
    const timer = this.deadline && setTimeout(() => this.poke(), Math.min(this.deadline.getTime() - this.deps.now().getTime(), longestTimer)).unref();
    try {
      await this.work();
    } finally {
      clearTimeout(timer);
    }
    return this.end();
  }

  /** Something may have become ready: a retry is due, or a signal has come. */
  poke(): void {
    this.poked = true;
    this.ring();
    this.bell = this.newBell();
  }

  /** Starts no more steps; those that run may finish. */
  drain(): void {
    this.draining = true;
  }

  /** Ends the attempts that run; what came of them is unknown. */
  interrupt(): void {
    this.drain();
    this.abort({ kind: 'shutdown' });
  }

  private async work(): Promise<void> {
    for (;;) {
      await this.readSignals();
      if (this.isPastDeadline()) this.abort({ kind: 'deadline' });
      await this.skip();
      this.startReady();
      if (this.active.size === 0) return;
      await Promise.race([...this.active.values(), this.bell]);
      if (!this.fatal) continue;
      this.abort({ kind: 'lost' });
      await Promise.all(this.active.values());
      throw this.fatal.error;
    }
  }

  private newBell(): Promise<void> {
    return new Promise((resolve) => (this.ring = resolve));
  }

  private abort(reason: StopReason): void {
    if (!this.stop.signal.aborted) this.stop.abort(reason);
  }

  private async begin(): Promise<void> {
    if (this.claim.wasPaused) this.unsent.push({ type: 'EXECUTION_UNPAUSED', payload: {} });
    else if (this.seq === 1) this.unsent.push({ type: 'EXECUTION_STARTED', payload: {} }, ...this.takenOver());
    else this.unsent.push({ type: 'EXECUTION_RESUMED', payload: {} });
    if (this.claim.wasPaused && this.hasChildren(this.steps.values())) await this.tellChildren('RESUME');
    const settled: StepState[] = [];
    for (const definition of this.definition.steps) {
      const state = this.stateOf(definition.key);
      if (state.status !== 'RUNNING') continue;
      const { next, events } = interruptedStep(definition, state, this.deps.now());
      this.unsent.push(...events);
      this.steps.set(state.key, next);
      if (next.status !== 'PENDING') settled.push(next);
    }
    if (settled.length > 0) await this.commit([], settled);
  }

  private takenOver(): NewEvent[] {
    const reused = [...this.steps.values()].filter((state) => state.reused);
    return reused.map(({ key, output }) => ({ type: 'STEP_REUSED', stepKey: key, payload: { output } }));
  }

  private async readSignals(): Promise<void> {
    if (this.poked) {
      this.poked = false;
      this.signals = await this.deps.store.signals(this.claim.execution.id);
    }
    for (const { type, id, stepKey } of this.signals) {
      if (this.handled.includes(id)) continue;
      if (type === 'CANCEL') this.cancelled = true;
      if (type === 'PAUSE') this.paused = true;
      if (type === 'RESUME') this.paused = false;
      // One for a step that has ended came too late.
      const late = stepKey !== undefined && this.hasEnded(stepKey);
      if (late || ['CANCEL', 'PAUSE', 'RESUME'].includes(type)) this.handled.push(id);
    }
    if (this.cancelled) this.abort({ kind: 'cancelled' });
  }

  private hasEnded(stepKey: string): boolean {
    const status = this.steps.get(stepKey)?.status;
    return status === undefined || !['PENDING', 'RUNNING', 'WAITING'].includes(status);
  }

  private isPastDeadline(): boolean {
    return this.deadline !== undefined && this.deadline.getTime() <= this.deps.now().getTime();
  }

  private isStopping(): boolean {
    return this.draining || this.paused || this.stop.signal.aborted || this.failedStep() !== undefined;
  }

  /** Settles the steps that will never run; to skip one may settle the next. */
  private async skip(): Promise<void> {
    if (this.isStopping()) return;
    const skipped: StepState[] = [];
    for (let before = -1; before < skipped.length; ) {
      before = skipped.length;
      for (const definition of this.definition.steps) {
        const state = this.stateOf(definition.key);
        if (state.status !== 'PENDING' || this.readiness.fateOf(definition, (key) => this.stateOf(key)) !== 'skip') continue;
        const next: StepState = { ...state, status: 'SKIPPED', finishedAt: this.deps.now() };
        skipped.push(next);
        this.steps.set(next.key, next);
      }
    }
    if (skipped.length === 0) return;
    const events = skipped.map(({ key }): NewEvent => ({ type: 'STEP_SKIPPED', stepKey: key, payload: {} }));
    await this.commit(events, skipped);
  }

  private startReady(): void {
    if (this.isStopping()) return;
    for (const definition of this.definition.steps) {
      if (this.active.size >= this.definition.maxParallel) return;
      const state = this.stateOf(definition.key);
      if (this.isReady(definition, state)) this.start(definition, state);
    }
  }

  private isReady(definition: StepDefinition, state: StepState): boolean {
    if (this.active.has(definition.key)) return false;
    if (state.status === 'PENDING') return this.readiness.fateOf(definition, (key) => this.stateOf(key)) === 'ready';
    if (state.status !== 'WAITING') return false;
    const due = state.retryAt !== undefined && state.retryAt.getTime() <= this.deps.now().getTime();
    return due || this.signalsFor(definition.key).length > 0;
  }

  /** Something was interrupted, or could begin. */
  private hasWork(): boolean {
    return this.definition.steps.some((step) => this.stateOf(step.key).status === 'RUNNING' || this.isReady(step, this.stateOf(step.key)));
  }

  private signalsFor(stepKey: string): Signal[] {
    return this.signals.filter((signal) => signal.stepKey === stepKey && !this.handled.includes(signal.id));
  }

  private start(definition: StepDefinition, state: StepState): void {
    const signals = state.status === 'WAITING' ? this.signalsFor(definition.key) : [];
    this.active.set(
      definition.key,
      this.perform(definition, state, signals)
        .catch((error: unknown) => void (this.fatal ??= { error }))
        .finally(() => this.active.delete(definition.key)),
    );
  }

  private async perform(definition: StepDefinition, before: StepState, signals: readonly Signal[]): Promise<void> {
    const attempt = new StepAttempt(definition, before, {
      execution: this.claim.execution,
      outputOf: (key) => this.outputOf(key),
      errorOf: (key) => this.stateOf(key).error ?? null,
      branchedOn: this.readiness.isBranchedOn(definition.key),
      runners: this.deps.runners,
      stop: this.stop.signal,
      now: this.deps.now,
      onFault: (error) => this.deps.onFault(error, this.claim.execution.id),
      log: (event) => this.unsent.push(event),
      commit: (next, events) => this.commitStep(next, events),
    });
    const state = await this.advance(attempt, definition, before, signals);
    if (state?.status === 'WAITING' && state.retryAt) {
      const executionId = this.claim.execution.id;
      await this.deps.jobs.schedule('execution.wake', `${executionId}.${definition.key}`, { executionId }, state.retryAt);
    }
    const failed = state?.status === 'FAILED' && !this.readiness.isHandled(state);
    if (failed) this.abort({ kind: 'step-failed', stepName: definition.name });
  }

  private async advance(attempt: StepAttempt, definition: StepDefinition, before: StepState, signals: readonly Signal[]): Promise<StepState | undefined> {
    const reason = before.waitingFor?.reason;
    if (reason === undefined || reason === 'RATE_LIMIT') return attempt.run();
    this.handled.push(...signals.map(({ id }) => id));
    if (reason !== 'UNKNOWN_OUTCOME') return attempt.resume(signals);
    const { next, events } = outcomeResolved(definition, before, signals, this.deps.now());
    await this.commitStep(next, events);
    return next;
  }

  private async commitStep(state: StepState | undefined, events: readonly NewEvent[]): Promise<void> {
    if (!state) return this.commit(events, []);
    const progress = this.fruitless && (state.status === 'COMPLETED' || state.status === 'WAITING');
    if (progress) this.fruitless = false;
    await this.commit(events, [state], progress ? { to: 'PROGRESS' } : undefined);
    this.steps.set(state.key, state);
  }

  private async commit(events: readonly NewEvent[], steps: readonly StepState[], transition?: Transition): Promise<void> {
    const { id: executionId, workspaceId, parentId, parentStepKey, replayId, chainDepth: depth } = this.claim.execution;
    const parent = parentId === undefined || parentStepKey === undefined ? undefined : { id: parentId, stepKey: parentStepKey };
    const tells = parent || replayId !== undefined ? undefined : { workspaceId, depth };
    const at = this.deps.now();
    const numbered = [...this.unsent.splice(0), ...events].map(
      (event): ExecutionEvent => ({ executionId, seq: ++this.seq, at, stepKey: undefined, attempt: undefined, ...event }),
    );
    const handledSignals = this.handled;
    this.handled = [];
    this.signals = this.signals.filter(({ id }) => !handledSignals.includes(id));
    await this.deps.commits.commit({ executionId, epoch: this.claim.epoch, events: numbered, steps, transition, handledSignals, parent, tells });
    if (!parent && changesStatus(numbered, transition)) this.deps.bus.publish('execution.changed', { workspaceId, executionId });
  }

  private async end(): Promise<RunEnd> {
    if (this.cancelled) return this.close({ to: 'CANCELLED' }, 'EXECUTION_CANCELLED', {});
    const failed = this.failedStep();
    if (failed?.error) return this.fail({ ...failed.error, stepKey: failed.key });
    if (this.isPastDeadline()) return this.fail(deadlinePassed(this.definition.deadlineMs ?? 0));
    const states = [...this.steps.values()];
    if (states.every((state) => state.status === 'COMPLETED' || this.readiness.isGone(state))) return this.complete();
    if (this.paused) {
      if (this.hasChildren(states)) await this.tellChildren('PAUSE');
      await this.commit([{ type: 'EXECUTION_PAUSED', payload: {} }], [], { to: 'PAUSED' });
      return 'waiting';
    }
    if (this.draining && this.hasWork()) {
      await this.deps.store.release(this.claim.execution.id, this.claim.epoch);
      return 'released';
    }
    return this.wait(states.filter(({ status }) => status === 'WAITING'));
  }

  private async wait(waiting: readonly StepState[]): Promise<RunEnd> {
    const { id: executionId } = this.claim.execution;
    if (waiting.length === 0) throw new Error(`Execution ${executionId} has nothing left to start, wait for or finish.`);
    const times = [...waiting.map(({ retryAt }) => retryAt), this.deadline].flatMap((time) => time?.getTime() ?? []);
    const wakeAt = times.length > 0 ? new Date(Math.min(...times)) : undefined;
    // Steps have set the alarm for their own times.
    if (this.deadline) await this.deps.jobs.schedule('execution.wake', `${executionId}.`, { executionId }, this.deadline);
    await this.commit([], [], { to: 'WAITING', wakeAt });
    return 'waiting';
  }

  private complete(): Promise<RunEnd> {
    const output = outputOf(this.definition, [...this.steps.values()]);
    return this.close({ to: 'COMPLETED', output }, 'EXECUTION_COMPLETED', { output });
  }

  private fail(error: Failure): Promise<RunEnd> {
    return this.close({ to: 'FAILED', error }, 'EXECUTION_FAILED', { error });
  }

  /** Ends the run, and with it every step that has not ended. */
  private async close(
    outcome: { to: 'COMPLETED'; output: unknown } | { to: 'FAILED'; error: Failure } | { to: 'CANCELLED' },
    type: 'EXECUTION_COMPLETED' | 'EXECUTION_FAILED' | 'EXECUTION_CANCELLED',
    payload: NewEvent['payload'],
  ): Promise<RunEnd> {
    const at = this.deps.now();
    const left = outcome.to === 'COMPLETED' ? [] : [...this.steps.values()].filter(({ status }) => ['RUNNING', 'WAITING'].includes(status));
    const cancelled = left.map((state): StepState => ({ ...state, status: 'CANCELLED', waitingFor: undefined, retryAt: undefined, finishedAt: at }));
    for (const state of cancelled) this.steps.set(state.key, state);
    if (this.hasChildren(left)) await this.tellChildren('CANCEL');
    const totals = totalsOf([...this.steps.values()]);
    const events = cancelled.map(({ key, attempt }): NewEvent => ({ type: 'STEP_CANCELLED', stepKey: key, attempt, payload: {} }));
    await this.commit([...events, { type, payload: { ...payload, ...totals } }], cancelled, { ...outcome, ...totals, at });
    return 'finished';
  }

  private async tellChildren(signal: 'CANCEL' | 'PAUSE' | 'RESUME'): Promise<void> {
    const told = await this.deps.store.tellChildren({ executionId: this.claim.execution.id, signal, at: this.deps.now() });
    for (const executionId of told) this.deps.bus.publish('execution.ready', { executionId });
  }

  private hasChildren(states: Iterable<StepState>): boolean {
    return [...states].some(({ waitingFor }) => waitingFor?.reason === 'CHILDREN');
  }

  private giveUp(): Promise<RunEnd> {
    const message = `The run was interrupted ${mostFruitlessClaims} times without getting a step done, so it was given up. Look into the server's log for what ends the process, then run it again.`;
    return this.fail({ code: 'INTERRUPTED', message });
  }

  private failedStep(): StepState | undefined {
    return [...this.steps.values()].find((state) => state.status === 'FAILED' && state.error?.code !== 'STOPPED' && !this.readiness.isHandled(state));
  }

  /** Null of a step that was skipped or failed in vain, undefined of one that is still to come. */
  private outputOf(key: string): unknown {
    const state = this.stateOf(key);
    return this.readiness.isGone(state) ? null : state.output;
  }

  private stateOf(key: string): StepState {
    const state = this.steps.get(key);
    if (!state) throw new Error(`Execution ${this.claim.execution.id} has no step ${key}.`);
    return state;
  }
}

function changesStatus(events: readonly ExecutionEvent[], transition: Transition | undefined): boolean {
  return (transition !== undefined && transition.to !== 'PROGRESS') || events.some(({ type }) => type.startsWith('EXECUTION_'));
}

function deadlinePassed(deadlineMs: number): Failure {
  return { code: 'DEADLINE', message: `The run took longer than the ${deadlineMs / 1000} s that its workflow allows. Give the workflow more time, or less to do.` };
}
