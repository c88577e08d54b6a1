import { type EventBus } from '../../events/event-bus.js';
import { type RunPlace } from '../workflows/step-prompts.js';
import { type WorkflowsService, type WorkflowVersionRecord } from '../workflows/workflow.service.js';
import { type Lockfile } from './execution.types.js';
import { type LockfileSources, makeLockfile } from './lockfile.js';

/** What every execution of a workflow that is launched now has in common. */
export interface LaunchPlan {
  version: WorkflowVersionRecord;
  lockfile: Lockfile;
}

interface KnownPlan {
  readAt: number;
  plan: Promise<LaunchPlan>;
}

/** How long a plan may be used after a change in another process whose announcement was lost. */
const maxAgeMs = 1_000;
const mostPlans = 1_000;

/**
 * The plans of launches, so that many arrivals at once need not each read the same. A change that this process makes is seen by every launch after it;
 * one of another process as soon as the bus tells of it, and a second later at the latest.
 */
export class LaunchPlans {
  private readonly known = new Map<string, Map<string, KnownPlan>>();
  private size = 0;

  constructor(
    private readonly workflows: Pick<WorkflowsService, 'headVersion'>,
    private readonly sources: LockfileSources,
  ) {}

  /** @returns how to stop */
  listen(bus: EventBus): () => void {
    return bus.subscribe('workspace.changed', ({ workspaceId }) => this.forget(workspaceId));
  }

  /** @throws NotFoundError where the workflow is gone; InvalidInputError where it can't run as it is */
  async get(workspaceId: string, workflowId: string, place: RunPlace | undefined): Promise<LaunchPlan> {
    const plans = this.known.get(workspaceId) ?? new Map<string, KnownPlan>();
    this.known.set(workspaceId, plans);
    const key = `${workflowId} ${place ? JSON.stringify(place) : ''}`;
    const known = plans.get(key);
    if (known && performance.now() - known.readAt < maxAgeMs) return known.plan;
    if (!known && ++this.size > mostPlans) this.forgetAll();
    const plan = this.make(workspaceId, workflowId, place);
    plans.set(key, { readAt: performance.now(), plan });
    try {
      return await plan;
    } catch (error) {
      if (this.known.get(workspaceId)?.get(key)?.plan === plan) this.drop(plans, key);
      throw error;
    }
  }

  private async make(workspaceId: string, workflowId: string, place: RunPlace | undefined): Promise<LaunchPlan> {
    const version = await this.workflows.headVersion(workspaceId, workflowId);
    return { version, lockfile: await makeLockfile(this.sources, workspaceId, version, place) };
  }

  private forget(workspaceId: string): void {
    this.size -= this.known.get(workspaceId)?.size ?? 0;
    this.known.delete(workspaceId);
  }

  private forgetAll(): void {
    this.known.clear();
    this.size = 0;
  }

  private drop(plans: Map<string, KnownPlan>, key: string): void {
    if (plans.delete(key)) this.size -= 1;
  }
}
