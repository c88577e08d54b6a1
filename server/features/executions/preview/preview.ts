import { InProcessBus } from '../../../events/in-process-bus.js';
import { type WorkflowVersionRecord, type WorkflowsService } from '../../workflows/workflow.service.js';
import { Children } from '../children.service.js';
import { CommitQueue } from '../commit-queue.js';
import { ExecutionFeed } from '../execution.feed.js';
import { type ExecutionEvent, type ExecutionRecord, type Failure, isFinished } from '../execution.types.js';
import { Payers } from '../payers.js';
import { Runner } from '../runner.js';
import { type RunSurroundings, type StepRunners } from '../steps/step-runners.js';
import { type PreviewPlan } from './preview-plan.js';
import { previewRunners } from './preview-runners.js';
import { PreviewStore } from './preview.store.js';
import { PreviewAlarm } from './preview-alarm.js';

export interface PreviewParts {
  workflows: Pick<WorkflowsService, 'version' | 'versionsByIds'>;
  /** The runners of all steps, in these surroundings. */
  runners: (surroundings: RunSurroundings) => StepRunners;
  now: () => Date;
  /** Told of faults of the product itself. */
  onFault: (error: unknown, previewId: string) => void;
}

export interface NewPreview {
  execution: ExecutionRecord;
  /** With the definition of the plan. */
  version: WorkflowVersionRecord;
  plan: PreviewPlan;
  /** Characters of JSON that all it keeps may come to. */
  longest: number;
  /** How long it goes on when nobody follows it. */
  abandonedMs: number;
}

/** Executions of it that run at the same time. */
const capacity = 16;

/** One execution that is run by the same runner as all others, in a world of its own that nothing outlives. */
export class Preview {
  private readonly bus = new InProcessBus();
  private readonly store: PreviewStore;
  private readonly feed: ExecutionFeed;
  private readonly runner: Runner;
  private readonly alarm: PreviewAlarm;
  private followers = 0;
  private abandoned: NodeJS.Timeout | undefined;
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly preview: NewPreview,
    private readonly parts: PreviewParts,
  ) {
    const { execution, version, plan, longest } = preview;
    const { workflows, now, onFault } = parts;
    this.store = new PreviewStore({ execution, steps: plan.steps, longest, onFull: () => void this.end(tooMuch), onEnded: () => void this.stop() });
    this.feed = new ExecutionFeed(this.store, this.bus);
    this.alarm = new PreviewAlarm(now, (executionId) => this.bus.publish('execution.ready', { executionId }));
    const known: Pick<WorkflowsService, 'version'> = { version: async (workspaceId, id) => (id === version.id ? version : workflows.version(workspaceId, id)) };
    const surroundings = { children: new Children(this.store, this.store, this.bus), payers: new Payers(this.store, known) };
    this.runner = new Runner({
      store: this.store,
      commits: new CommitQueue(this.store, this.bus),
      jobs: this.alarm,
      bus: this.bus,
      workflows: known,
      runners: previewRunners(parts.runners(surroundings), execution.id, plan.pinned),
      now,
      capacity,
      drainMs: 0,
      onFault: (error) => {
        onFault(error, execution.id);
        void this.end(fault);
      },
    });
  }

  get execution(): ExecutionRecord {
    return this.store.execution;
  }

  get steps() {
    return this.store.steps;
  }

  get definition() {
    return this.preview.plan.definition;
  }

  get ended(): boolean {
    return isFinished(this.execution.status);
  }

  start(): void {
    this.runner.start();
    this.bus.publish('execution.ready', { executionId: this.execution.id });
    this.expectFollower();
  }

  /** As `ExecutionFeed.follow`. When the last one has stopped, it ends soon. */
  follow(after: number): AsyncIterableIterator<ExecutionEvent> {
    const events = this.feed.follow(this.execution.workspaceId, this.execution.id, after);
    this.followers++;
    clearTimeout(this.abandoned);
    let left = false;
    const leave = () => {
      if (left) return;
      left = true;
      if (--this.followers === 0) this.expectFollower();
    };
    return {
      next: async () => {
        const item = await events.next();
        if (item.done) leave();
        return item;
      },
      return: async () => {
        leave();
        return events.return?.() ?? { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** What runs is ended; its events say so. */
  cancel(): void {
    this.store.cancel();
    this.bus.publish('execution.ready', { executionId: this.execution.id });
  }

  /** Ends it for a reason that does not lie in its steps, unless it has ended. Settles when nothing of it runs any more. */
  async end(error: Failure): Promise<void> {
    if (!this.ended) {
      this.store.fail(error, this.parts.now());
      this.bus.publish('execution.progress', { executionId: this.execution.id, lastSeq: this.store.lastSeq });
    }
    await this.stop();
  }

  private stop(): Promise<void> {
    clearTimeout(this.abandoned);
    this.alarm.stop();
    return (this.stopped ??= this.runner.stop());
  }

  private expectFollower(): void {
    if (this.ended) return;
    this.abandoned = setTimeout(() => void this.end(leftAlone), this.preview.abandonedMs).unref();
  }
}

const tooMuch: Failure = { code: 'PREVIEW_TOO_LARGE', message: 'The steps gave more than a preview can hold. Try it with smaller inputs, or run the workflow.' };
const leftAlone: Failure = { code: 'PREVIEW_LEFT', message: 'Nobody followed the preview any more, so it was ended. Run it again.' };
const fault: Failure = { code: 'INTERNAL', message: 'The product itself failed in this preview. The server log says how.' };
