import { type JobQueue } from '../../jobs/job-queue.js';
import { type StepDefinition, type WorkflowDefinition } from '../workflows/definition.js';
import { type CommitQueue } from './commit-queue.js';
import { type ExecutionEvent, type Failure, type NewEvent, type StepState } from './execution.types.js';
import { type Claim, type RunStore, type Transition } from './run.store.js';
import { StepAttempt } from './step-attempt.js';
import { type StepRunners } from './steps/step-runners.js';

export interface RunDependencies {
  store: RunStore;
  commits: CommitQueue;
  jobs: Pick<JobQueue, 'schedule'>;
  runners: StepRunners;
  now: () => Date;
  /** Told of faults of the product itself, which a failed step does not explain to its user. */
  onFault: (error: unknown, executionId: string) => void;
}

/** An execution that is claimed this often without a step getting done is given up: it takes the process down with it. */
const mostFruitlessClaims = 5;

export type RunEnd = 'finished' | 'waiting' | 'released';

/** Why running attempts are ended before their time. */
type StopReason = { kind: 'step-failed'; stepName: string } | { kind: 'shutdown' } | { kind: 'lost' };

/** One claimed execution, run in memory for as long as its lease holds. What is decided follows from its steps' states alone. */
export class Run {
  private readonly steps: Map<string, StepState>;
  private readonly active = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();
  private readonly unsent: NewEvent[] = [];
  private seq: number;
  private fruitless: boolean;
  private draining = false;
  private fatal: { error: unknown } | undefined;
  private ring!: () => void;
  private bell = this.newBell();

  constructor(
    private readonly claim: Claim,
    private readonly definition: WorkflowDefinition,
    private readonly deps: RunDependencies,
  ) {
    this.steps = new Map(claim.steps.map((step) => [step.key, step]));
    this.seq = claim.lastSeq;
    this.fruitless = claim.claims > 1;
  }

  /** @throws LeaseLostError or the database's error, after every attempt under way has been ended */
  async execute(): Promise<RunEnd> {
    this.begin();
    if (this.claim.claims > mostFruitlessClaims) return this.giveUp();
    for (;;) {
      this.startReady();
      if (this.active.size === 0) break;
      await Promise.race([...this.active.values(), this.bell]);
      if (this.fatal) {
        this.stop.abort({ kind: 'lost' } satisfies StopReason);
        await Promise.all(this.active.values());
        throw this.fatal.error;
      }
    }
    return this.end();
  }

  /** Something may have become ready: a retry is due. */
  poke(): void {
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
    this.stop.abort({ kind: 'shutdown' } satisfies StopReason);
  }

  private newBell(): Promise<void> {
    return new Promise((resolve) => (this.ring = resolve));
  }

  private begin(): void {
    this.unsent.push({ type: this.seq === 1 ? 'EXECUTION_STARTED' : 'EXECUTION_RESUMED', payload: {} });
    for (const step of this.steps.values()) {
      if (step.status !== 'RUNNING') continue;
      this.unsent.push({ type: 'STEP_OUTCOME_UNKNOWN', stepKey: step.key, attempt: step.attempt, payload: {} });
      this.steps.set(step.key, { ...step, status: 'PENDING' });
    }
  }

  private startReady(): void {
    if (this.draining || this.failedStep()) return;
    for (const definition of this.definition.steps) {
      if (this.active.size >= this.definition.maxParallel) return;
      const state = this.stateOf(definition.key);
      if (this.isReady(definition, state)) this.start(definition, state);
    }
  }

  private isReady({ key, dependsOn }: StepDefinition, { status, retryAt }: StepState): boolean {
    if (this.active.has(key)) return false;
    const due = status === 'PENDING' || (status === 'WAITING' && (retryAt?.getTime() ?? 0) <= this.deps.now().getTime());
    return due && dependsOn.every((dependency) => this.stateOf(dependency).status === 'COMPLETED');
  }

  private start(definition: StepDefinition, state: StepState): void {
    const attempt = new StepAttempt(definition, state, {
      execution: this.claim.execution,
      outputOf: (key) => this.stateOf(key).output,
      runners: this.deps.runners,
      stop: this.stop.signal,
      now: this.deps.now,
      onFault: (error) => this.deps.onFault(error, this.claim.execution.id),
      commit: (next, events) => this.commitStep(next, events),
    });
    this.active.set(
      definition.key,
      this.settle(attempt, definition)
        .catch((error: unknown) => void (this.fatal ??= { error }))
        .finally(() => this.active.delete(definition.key)),
    );
  }

  private async settle(attempt: StepAttempt, definition: StepDefinition): Promise<void> {
    const state = await attempt.run();
    if (state?.status === 'WAITING' && state.retryAt) {
      const executionId = this.claim.execution.id;
      await this.deps.jobs.schedule('execution.wake', `${executionId}.${definition.key}`, { executionId }, state.retryAt);
    }
    if (state?.status === 'FAILED' && !this.stop.signal.aborted) {
      this.stop.abort({ kind: 'step-failed', stepName: definition.name } satisfies StopReason);
    }
  }

  private async commitStep(state: StepState | undefined, events: readonly NewEvent[]): Promise<void> {
    if (!state) return this.commit(events, []);
    const progress = this.fruitless && state.status === 'COMPLETED';
    if (progress) this.fruitless = false;
    await this.commit(events, [state], progress ? { to: 'PROGRESS' } : undefined);
    this.steps.set(state.key, state);
  }

  private async commit(events: readonly NewEvent[], steps: readonly StepState[], transition?: Transition): Promise<void> {
    const { id: executionId } = this.claim.execution;
    const at = this.deps.now();
    const numbered = [...this.unsent.splice(0), ...events].map(
      (event): ExecutionEvent => ({ executionId, seq: ++this.seq, at, stepKey: undefined, attempt: undefined, ...event }),
    );
    await this.deps.commits.commit({ executionId, epoch: this.claim.epoch, events: numbered, steps, transition });
  }

  private async end(): Promise<RunEnd> {
    const failed = this.failedStep();
    if (failed?.error) return this.fail({ ...failed.error, stepKey: failed.key });
    const states = [...this.steps.values()];
    if (states.every(({ status }) => status === 'COMPLETED')) return this.complete();
    if (this.draining) {
      await this.deps.store.release(this.claim.execution.id, this.claim.epoch);
      return 'released';
    }
    const times = states.flatMap(({ status, retryAt }) => (status === 'WAITING' && retryAt ? [retryAt.getTime()] : []));
    if (times.length === 0) throw new Error(`Execution ${this.claim.execution.id} has nothing left to start, wait for or finish.`);
    await this.commit([], [], { to: 'WAITING', wakeAt: new Date(Math.min(...times)) });
    return 'waiting';
  }

  private async complete(): Promise<RunEnd> {
    const usage = this.usage();
    const output = this.output();
    await this.commit([{ type: 'EXECUTION_COMPLETED', payload: { output, usage } }], [], { to: 'COMPLETED', output, usage, at: this.deps.now() });
    return 'finished';
  }

  private async fail(error: Failure): Promise<RunEnd> {
    await this.commit([{ type: 'EXECUTION_FAILED', payload: { error } }], [], { to: 'FAILED', error, usage: this.usage(), at: this.deps.now() });
    return 'finished';
  }

  private giveUp(): Promise<RunEnd> {
    const message = `The run was interrupted ${mostFruitlessClaims} times without getting a step done, so it was given up. Look into the server's log for what ends the process, then run it again.`;
    return this.fail({ code: 'INTERRUPTED', message });
  }

  /** The output of the step that no other depends on; where there are several, an object of them by key. */
  private output(): unknown {
    const inner = new Set(this.definition.steps.flatMap(({ dependsOn }) => dependsOn));
    const last = this.definition.steps.filter(({ key }) => !inner.has(key));
    const [only] = last;
    if (last.length === 1 && only) return this.stateOf(only.key).output;
    return Object.fromEntries(last.map(({ key }) => [key, this.stateOf(key).output]));
  }

  private usage() {
    const states = [...this.steps.values()];
    return {
      inputTokens: states.reduce((sum, { usage }) => sum + usage.inputTokens, 0),
      outputTokens: states.reduce((sum, { usage }) => sum + usage.outputTokens, 0),
    };
  }

  private failedStep(): StepState | undefined {
    return [...this.steps.values()].find(({ status, error }) => status === 'FAILED' && error?.code !== 'STOPPED');
  }

  private stateOf(key: string): StepState {
    const state = this.steps.get(key);
    if (!state) throw new Error(`Execution ${this.claim.execution.id} has no step ${key}.`);
    return state;
  }
}
