import { randomUUID } from 'node:crypto';
import { definitionWithin } from '../workflows/nested-steps.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { type Claim, isUnlimited } from './claim.js';
import { LeaseLostError } from './commit-queue.js';
import { type ExecutionRecord } from './execution.types.js';
import { GroupQueue } from '../../group-queue.js';
import { Run, type RunDependencies } from './run.js';
import { type RunStore } from './run.store.js';

/** What a runner reads and writes. */
export type RunnerStore = RunDependencies['store'] & Pick<RunStore, 'claim' | 'heldBack' | 'extendLeases' | 'withSignals'>;

export interface RunnerOptions extends RunDependencies {
  store: RunnerStore;
  workflows: Pick<WorkflowsService, 'version'>;
  /** How long a claim holds unless it is extended; what a process that died was at is taken over after this. 15,000 when absent. */
  leaseMs?: number;
  /** Executions that run at the same time in this process. 64 when absent. */
  capacity?: number;
  /** How long `stop` lets running steps finish. 10,000 when absent. */
  drainMs?: number;
  /** Called when it goes on with what another process, or this one before it was started again, did not bring to an end. */
  onTakeover?: () => void;
}

/** A place for an execution that is still to be stored: with a lease of this owner, so that nobody has to claim it. One of the two must be called. */
export interface Reservation {
  owner: string;
  leaseMs: number;
  /** It is stored. */
  begin(claimOf: () => Claim): void;
  /** It was not stored. */
  giveUp(): void;
}

/** Claimed together, executions go on together and share their commits, which counts for more than a claim as soon as there are several. */
const fewRunning = 8;

/** Few enough to keep a transaction short. */
const mostClaimedTogether = 200;

/** Of executions that a limit held back, as many as may well begin at once. */
const mostToRing = 20;

/** Runs the executions that it is told of, and that others do not hold, up to its capacity. */
export class Runner {
  private readonly owner = randomUUID();
  private readonly active = new Map<string, { run: Run | undefined; ended: Promise<void>; rungAgain: boolean }>();
  /** Rung while there was no room. */
  private readonly backlog = new Set<string>();
  private readonly claims = new GroupQueue<string, Claim | undefined>(mostClaimedTogether, async (executionIds) => {
    const now = this.options.now();
    const leaseExpiresAt = new Date(now.getTime() + this.leaseMs);
    const claims = await this.options.store.claim(executionIds, { owner: this.owner, now, leaseExpiresAt });
    const byId = new Map(claims.map((claim) => [claim.execution.id, claim]));
    return executionIds.map((id) => byId.get(id));
  });
  private readonly leaseMs: number;
  private readonly capacity: number;
  private heartbeat: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;
  private stopping = false;

  constructor(private readonly options: RunnerOptions) {
    this.leaseMs = options.leaseMs ?? 15_000;
    this.capacity = options.capacity ?? 64;
  }

  /** How many executions it holds. */
  get running(): number {
    return this.active.size;
  }

  start(): void {
    this.unsubscribe = this.options.bus.subscribe('execution.ready', ({ executionId }) => this.ring(executionId));
    this.heartbeat = setInterval(() => void this.extendLeases(), this.leaseMs / 3).unref();
  }

  /** The execution may have something to do. Ringing once too often does no harm. */
  ring(executionId: string): void {
    if (this.stopping) return;
    const current = this.active.get(executionId);
    if (current) {
      // The run may be ending at this moment: then it must be looked at once more.
      current.rungAgain = true;
      current.run?.poke();
      return;
    }
    if (this.active.size >= this.capacity) {
      this.backlog.add(executionId);
      return;
    }
    this.hold(executionId, this.claims.add(executionId));
  }

  /** @returns undefined where nothing is run, or so much that executions are better claimed together */
  reserve(executionId: string): Reservation | undefined {
    if (!this.unsubscribe || this.stopping || this.active.size >= Math.min(fewRunning, this.capacity)) return undefined;
    let settle: (claimOf?: () => Claim) => void = () => undefined;
    const settled = new Promise<(() => Claim) | undefined>((resolve) => (settle = resolve));
    this.hold(executionId, settled.then((claimOf) => claimOf?.()));
    return { owner: this.owner, leaseMs: this.leaseMs, begin: settle, giveUp: () => settle() };
  }

  /** Lets running steps finish within the limit, interrupts the rest, and gives all executions back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.unsubscribe?.();
    const entries = [...this.active.values()];
    for (const { run } of entries) run?.drain();
    const limit = setTimeout(() => {
      for (const { run } of entries) run?.interrupt();
    }, this.options.drainMs ?? 10_000);
    await Promise.all(entries.map(({ ended }) => ended));
    clearTimeout(limit);
    clearInterval(this.heartbeat);
  }

  private hold(executionId: string, claiming: Promise<Claim | undefined>): void {
    const entry = { run: undefined, rungAgain: false, ended: Promise.resolve() };
    this.active.set(executionId, entry);
    entry.ended = this.runOne(executionId, claiming).finally(() => this.free(executionId));
  }

  private free(executionId: string): void {
    const entry = this.active.get(executionId);
    this.active.delete(executionId);
    if (entry?.rungAgain) this.ring(executionId);
    const [next] = this.backlog;
    if (next === undefined || this.active.size >= this.capacity) return;
    this.backlog.delete(next);
    this.ring(next);
  }

  private async runOne(executionId: string, claiming: Promise<Claim | undefined>): Promise<void> {
    const { workflows, onFault } = this.options;
    try {
      const claim = await claiming;
      const entry = this.active.get(executionId);
      if (!claim || !entry) return;
      if (claim.claims > 1) this.options.onTakeover?.();
      const { workspaceId, workflowVersionId, scope } = claim.execution;
      const { definition } = await workflows.version(workspaceId, workflowVersionId);
      const run = new Run(claim, definitionWithin(definition, scope), this.options);
      entry.run = run;
      // What rang before there was a run to hear it has reached the execution since it was claimed, perhaps.
      if (entry.rungAgain) run.poke();
      entry.rungAgain = false;
      if (this.stopping) run.drain();
      const end = await run.execute();
      if (end === 'finished') await this.letNextBegin(claim.execution);
    } catch (error) {
      // Whoever took it over goes on; what else fails here is found again by the sweep when the lease has run out.
      if (!(error instanceof LeaseLostError)) onFault(error, executionId);
    }
  }

  /** An execution that limits counted has ended: another may begin now. */
  private async letNextBegin(execution: ExecutionRecord): Promise<void> {
    if (isUnlimited(execution)) return;
    for (const executionId of await this.options.store.heldBack(execution.workflowId, mostToRing)) this.options.bus.publish('execution.ready', { executionId });
  }

  private async extendLeases(): Promise<void> {
    if (this.active.size === 0) return;
    try {
      const held = [...this.active.keys()];
      await this.options.store.extendLeases(this.owner, held, new Date(this.options.now().getTime() + this.leaseMs));
      // The ring for a signal may have been lost.
      for (const executionId of await this.options.store.withSignals(held)) this.active.get(executionId)?.run?.poke();
    } catch (error) {
      this.options.onFault(error, 'all');
    }
  }
}
