import { type EventBus } from '../../events/event-bus.js';
import { type ChildStore, type FailedChild, type NewChild, type ParentStep } from './child.store.js';
import { type RunStore } from './run.store.js';
import { ChildFailedError } from './step-failure.js';
import { type PreparedStep, type Spent, type StepWork } from './steps/step-runner.js';

/** What one MAP or WORKFLOW step consists of. */
export interface ChildPlan {
  count: number;
  maxParallel: number;
  stopAtFailure: boolean;
  /** What is made for each index. */
  child: (index: number) => NewChild;
  /** Of all, in their order. */
  output: (outputs: unknown[]) => unknown;
  /** How a failure names the one that failed. */
  name: (child: FailedChild) => string;
}

/** Runs executions for a step: keeps as many under way as may be, and gathers what came out of them. */
export class Children {
  constructor(
    private readonly store: Pick<ChildStore, 'create' | 'progress' | 'firstFailure' | 'outputs'>,
    private readonly runs: Pick<RunStore, 'tellChildren'>,
    private readonly bus: EventBus,
  ) {}

  /** Makes what is to be made now. What it does follows from what is stored, so that it may be asked again after a crash. */
  async advance({ execution, step, now }: StepWork, plan: ChildPlan): Promise<PreparedStep> {
    const parent: ParentStep = { execution, stepKey: step.key };
    const { made, ended, completed, ...spent } = await this.store.progress(parent);
    const underWay = made - ended;
    const failure = plan.stopAtFailure && completed < ended ? await this.store.firstFailure(parent) : undefined;
    if (failure && underWay === 0) throw failed(plan, failure, spent);
    if (!failure && made === plan.count && underWay === 0) {
      return { kind: 'done', result: { output: plan.output(await this.store.outputs(parent)), ...spent } };
    }
    if (failure) this.ring(await this.runs.tellChildren({ executionId: execution.id, stepKey: step.key, signal: 'CANCEL', at: now() }));
    else await this.make(parent, plan, made, Math.min(plan.count - made, plan.maxParallel - underWay), now());
    return { kind: 'wait', wait: { reason: 'CHILDREN' }, spent, again: made > 0 };
  }

  private async make(parent: ParentStep, plan: ChildPlan, from: number, count: number, at: Date): Promise<void> {
    if (count <= 0) return;
    const children = Array.from({ length: count }, (_, offset) => plan.child(from + offset));
    this.ring(await this.store.create(parent, children, at));
  }

  private ring(executionIds: readonly string[]): void {
    for (const executionId of executionIds) this.bus.publish('execution.ready', { executionId });
  }
}

function failed(plan: ChildPlan, child: FailedChild, spent: Spent): ChildFailedError {
  const why = child.error ? `failed: ${child.error.message}` : 'was cancelled.';
  return new ChildFailedError(`${plan.name(child)} (run ${child.id}) ${why}`, spent);
}
