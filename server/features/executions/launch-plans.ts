import { type EventBus } from '../../events/event-bus.js';
import { RecentReads } from '../../recent-reads.js';
import { type RunPlace } from '../workflows/step-prompts.js';
import { type WorkflowsService, type WorkflowVersionRecord } from '../workflows/workflow.service.js';
import { type Lockfile } from './execution.types.js';
import { type LockfileSources, makeLockfile } from './lockfile.js';

/** What every execution of a workflow that is launched now has in common. */
export interface LaunchPlan {
  version: WorkflowVersionRecord;
  lockfile: Lockfile;
}

/**
 * The plans of launches, so that many arrivals at once need not each read the same. A change that this process makes is seen by every launch after it;
 * one of another process as soon as the bus tells of it, and a second later at the latest.
 */
export class LaunchPlans {
  private readonly reads = new RecentReads<LaunchPlan>();

  constructor(
    private readonly workflows: Pick<WorkflowsService, 'headVersion'>,
    private readonly sources: LockfileSources,
  ) {}

  /** @returns how to stop */
  listen(bus: EventBus): () => void {
    return bus.subscribe('workspace.changed', ({ workspaceId }) => this.reads.forget(`${workspaceId} `));
  }

  /** @throws NotFoundError where the workflow is gone; InvalidInputError where it can't run as it is */
  get(workspaceId: string, workflowId: string, place: RunPlace | undefined): Promise<LaunchPlan> {
    const key = `${workspaceId} ${workflowId} ${place ? JSON.stringify(place) : ''}`;
    return this.reads.get(key, () => this.make(workspaceId, workflowId, place));
  }

  private async make(workspaceId: string, workflowId: string, place: RunPlace | undefined): Promise<LaunchPlan> {
    const version = await this.workflows.headVersion(workspaceId, workflowId);
    return { version, lockfile: await makeLockfile(this.sources, workspaceId, version, place) };
  }
}
