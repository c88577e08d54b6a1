import { randomUUID } from 'node:crypto';
import { type Claim, type ClaimRequest } from '../claim.js';
import { type ChildProgress, type ChildStore, type FailedChild, type NewChild, type ParentStep } from '../child.store.js';
import { type ExecutionStore } from '../execution.store.js';
import { type ExecutionEvent, type ExecutionRecord, type Failure, isFinished, noUsage, type Signal, type StepState } from '../execution.types.js';
import { isEnding, type Transition } from '../execution-transition.js';
import { pendingStep } from '../new-execution.js';
import { totalsOf } from '../run-result.js';
import { type ChildrenSignal, type RunCommit, type RunStore } from '../run.store.js';
import { type RunnerStore } from '../runner.js';

type RunsInMemory = RunnerStore & Pick<RunStore, 'commit'> & Pick<ChildStore, 'create' | 'progress' | 'firstFailure' | 'outputs'> & Pick<ExecutionStore, 'find' | 'ancestors' | 'eventsAfter'>;

interface Kept {
  execution: ExecutionRecord;
  steps: Map<string, StepState>;
  signals: Signal[];
  lastSeq: number;
  /** A runner is at it. */
  held: boolean;
  epoch: number;
  claims: number;
  wakeAt: Date | undefined;
}

export interface PreviewStoreOptions {
  execution: ExecutionRecord;
  steps: readonly StepState[];
  /** Characters of JSON that all it keeps may come to, after which it keeps no more. */
  longest: number;
  /** Told once, when more was to be kept than may be. */
  onFull: () => void;
  /** Told when the previewed execution has ended by itself. */
  onEnded: () => void;
}

/** Keeps one previewed execution, and those that run for its steps, where others are kept in the database. Of these, it keeps no events. */
export class PreviewStore implements RunsInMemory {
  private readonly executions = new Map<string, Kept>();
  private readonly children = new Map<string, Kept[]>();
  private readonly events: ExecutionEvent[] = [];
  private readonly root: Kept;
  private room: number;

  constructor(private readonly options: PreviewStoreOptions) {
    const { execution, steps } = options;
    this.room = options.longest;
    this.root = this.add(execution, steps);
    this.append([{ executionId: execution.id, seq: 1, type: 'EXECUTION_QUEUED', stepKey: undefined, attempt: undefined, payload: {}, at: execution.createdAt }]);
  }

  get execution(): ExecutionRecord {
    return this.root.execution;
  }

  get lastSeq(): number {
    return this.root.lastSeq;
  }

  get steps(): StepState[] {
    return [...this.root.steps.values()];
  }

  /** Ends all of it from outside. Whatever a runner still gives of it is refused. */
  fail(error: Failure, at: Date): void {
    for (const kept of this.executions.values()) kept.epoch++;
    const { id, startedAt = at } = this.execution;
    const totals = totalsOf(this.steps);
    this.root.execution = { ...this.execution, ...totals, status: 'FAILED', error, startedAt, finishedAt: at };
    for (const step of this.steps) {
      if (step.status === 'RUNNING' || step.status === 'WAITING') this.root.steps.set(step.key, { ...step, status: 'CANCELLED', finishedAt: at });
    }
    this.append([{ executionId: id, seq: this.root.lastSeq + 1, type: 'EXECUTION_FAILED', stepKey: undefined, attempt: undefined, payload: { error, ...totals }, at }]);
  }

  cancel(): void {
    this.signal(this.root, { type: 'CANCEL', stepKey: undefined, payload: {} });
  }

  async claim(executionIds: readonly string[], { now }: ClaimRequest): Promise<Claim[]> {
    return executionIds.flatMap((id) => {
      const kept = this.executions.get(id);
      if (!kept || kept.held || !isDue(kept, now)) return [];
      const { execution } = kept;
      Object.assign(kept, { held: true, epoch: kept.epoch + 1, claims: kept.claims + 1, wakeAt: undefined });
      kept.execution = { ...execution, status: 'RUNNING', startedAt: execution.startedAt ?? now };
      return { execution: kept.execution, steps: [...kept.steps.values()], signals: [...kept.signals], wasPaused: false, epoch: kept.epoch, claims: kept.claims, lastSeq: kept.lastSeq };
    });
  }

  async signals(executionId: string): Promise<Signal[]> {
    return [...(this.executions.get(executionId)?.signals ?? [])];
  }

  async withSignals(executionIds: readonly string[]): Promise<string[]> {
    return executionIds.filter((id) => (this.executions.get(id)?.signals.length ?? 0) > 0);
  }

  async tellChildren({ executionId, stepKey, signal }: ChildrenSignal): Promise<string[]> {
    const told = [...this.executions.values()].filter(({ execution, signals }) => {
      const ofStep = execution.parentId === executionId && (stepKey === undefined || execution.parentStepKey === stepKey);
      return ofStep && !isFinished(execution.status) && !signals.some(({ type }) => type === signal);
    });
    for (const kept of told) this.signal(kept, { type: signal, stepKey: undefined, payload: {} });
    return told.map(({ execution }) => execution.id);
  }

  /** Nothing else runs here that could hold one back. */
  async heldBack(): Promise<string[]> {
    return [];
  }

  /** Nobody else could take one over. */
  async extendLeases(): Promise<void> {
    return undefined;
  }

  async release(executionId: string): Promise<void> {
    const kept = this.executions.get(executionId);
    if (kept) kept.held = false;
  }

  async commit(commits: readonly RunCommit[]): Promise<ReadonlySet<string>> {
    const stale = new Set<string>();
    for (const commit of commits) {
      const kept = this.executions.get(commit.executionId);
      if (kept?.held && kept.epoch === commit.epoch && this.makeRoom(commit)) this.apply(kept, commit);
      else stale.add(commit.executionId);
    }
    return stale;
  }

  async create({ execution: parent, stepKey }: ParentStep, children: readonly NewChild[], at: Date): Promise<string[]> {
    const made = this.childrenOf(parent.id, stepKey);
    return children.filter(({ itemIndex }) => itemIndex >= made.length).map(({ limits, stepKeys, ...child }) => {
      const id = randomUUID();
      const execution: ExecutionRecord = { ...parent, ...child, ...limits, ...unstarted, id, trigger: 'WORKFLOW', createdAt: at, parentId: parent.id, parentStepKey: stepKey };
      made.push(this.add(execution, stepKeys.map(pendingStep)));
      return id;
    });
  }

  async progress({ execution, stepKey }: ParentStep): Promise<ChildProgress> {
    const made = this.childrenOf(execution.id, stepKey).map((kept) => kept.execution);
    const ended = made.filter(({ status }) => isFinished(status));
    const totals = totalsOf(ended.map(({ usage, costUsd }) => ({ usage, costUsd, reused: false })));
    return { made: made.length, ended: ended.length, completed: ended.filter(({ status }) => status === 'COMPLETED').length, ...totals };
  }

  async firstFailure({ execution, stepKey }: ParentStep): Promise<FailedChild | undefined> {
    const ended = this.childrenOf(execution.id, stepKey).map((kept) => kept.execution);
    const first = ended.find(({ status }) => status === 'FAILED') ?? ended.find(({ status }) => status === 'CANCELLED');
    return first && { id: first.id, itemIndex: first.itemIndex ?? 0, error: first.error };
  }

  async outputs({ execution, stepKey }: ParentStep): Promise<unknown[]> {
    return this.childrenOf(execution.id, stepKey).map((kept) => kept.execution.output ?? null);
  }

  async find(workspaceId: string, id: string): Promise<ExecutionRecord | undefined> {
    return workspaceId === this.execution.workspaceId && id === this.execution.id ? this.execution : undefined;
  }

  async ancestors(workspaceId: string, id: string): Promise<ExecutionRecord[]> {
    const parentId = this.executions.get(id)?.execution.parentId;
    const parent = parentId === undefined ? undefined : this.executions.get(parentId)?.execution;
    return parent ? [parent, ...(await this.ancestors(workspaceId, parent.id))] : [];
  }

  async eventsAfter(_workspaceId: string, _executionId: string, after: number, limit: number): Promise<ExecutionEvent[]> {
    return this.events.slice(after, after + limit);
  }

  private add(execution: ExecutionRecord, steps: readonly StepState[]): Kept {
    const kept: Kept = { execution, steps: new Map(steps.map((step) => [step.key, step])), signals: [], lastSeq: 1, held: false, epoch: 0, claims: 0, wakeAt: undefined };
    this.executions.set(execution.id, kept);
    return kept;
  }

  private append(events: readonly ExecutionEvent[]): void {
    this.events.push(...events);
    this.root.lastSeq = events.at(-1)?.seq ?? this.root.lastSeq;
  }

  /** In the order of the items: they are made in it. */
  private childrenOf(executionId: string, stepKey: string): Kept[] {
    const place = `${executionId} ${stepKey}`;
    const known = this.children.get(place) ?? [];
    this.children.set(place, known);
    return known;
  }

  private makeRoom({ events, steps }: RunCommit): boolean {
    const before = this.room;
    this.room -= JSON.stringify([events.map(({ payload }) => payload), steps.map(({ input, output, details }) => [input, output, details])]).length;
    if (before >= 0 && this.room < 0) this.options.onFull();
    return this.room >= 0;
  }

  private apply(kept: Kept, { events, steps, transition, handledSignals = [], parent }: RunCommit): void {
    if (kept === this.root) this.append(events);
    else kept.lastSeq = events.at(-1)?.seq ?? kept.lastSeq;
    for (const step of steps) kept.steps.set(step.key, step);
    kept.signals = kept.signals.filter(({ id }) => !handledSignals.includes(id));
    if (!transition) return;
    applyTransition(kept, transition);
    if (!isEnding(transition)) return;
    const above = parent && this.executions.get(parent.id);
    if (above && !isFinished(above.execution.status)) this.signal(above, { type: 'CHILD_ENDED', stepKey: parent.stepKey, payload: { executionId: kept.execution.id } });
    if (kept === this.root) this.options.onEnded();
  }

  private signal(kept: Kept, signal: Omit<Signal, 'id'>): void {
    kept.signals.push({ id: randomUUID(), ...signal });
  }
}

const unstarted = { status: 'QUEUED', output: undefined, error: undefined, startedAt: undefined, finishedAt: undefined, usage: noUsage, costUsd: undefined } as const;

function isDue({ execution: { status }, wakeAt, signals }: Kept, now: Date): boolean {
  if (status === 'WAITING') return signals.length > 0 || (wakeAt !== undefined && wakeAt.getTime() <= now.getTime());
  return status === 'QUEUED' || status === 'RUNNING';
}

function applyTransition(kept: Kept, transition: Transition): void {
  kept.claims = 0;
  switch (transition.to) {
    case 'PROGRESS':
      return;
    case 'WAITING':
    case 'PAUSED':
      kept.execution = { ...kept.execution, status: transition.to };
      kept.wakeAt = transition.to === 'WAITING' ? transition.wakeAt : undefined;
      break;
    case 'COMPLETED':
    case 'FAILED':
    case 'CANCELLED': {
      const { to: status, at: finishedAt, ...outcome } = transition;
      kept.execution = { ...kept.execution, ...outcome, status, finishedAt };
    }
  }
  kept.held = false;
}
