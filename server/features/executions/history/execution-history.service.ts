import { type CancelExecutionsInput, type CancelledExecutions, type ExecutionFilterInput, type SetExecutionLabelsInput } from '../../../../schema/execution-history.js';
import { type Connection } from '../../../../schema/connection.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { isId, parseInput } from '../../../input.js';
import { type PageRequest } from '../../../pagination.js';
import { type Identity } from '../../auth/identity.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type ExecutionRecord } from '../execution.types.js';
import { readFilter } from './execution-filter.js';
import { type ExecutionHistoryStore } from './execution-history.store.js';
import { executionLabels } from './execution-labels.js';
import { type ExecutionChange, type WorkspaceFeed } from './workspace-feed.js';

/** More would keep others from writing for too long. */
const mostCancelled = 1_000;
const mostLabelsListed = 500;

/** Finds and follows executions, labels them, and cancels many at once. */
export class ExecutionHistory {
  constructor(
    private readonly store: ExecutionHistoryStore,
    private readonly feed: WorkspaceFeed,
    private readonly workflows: Pick<WorkflowsService, 'get'>,
    private readonly bus: EventBus,
  ) {}

  /** One page of those that pass the filter, newest first. */
  async list({ workspaceId }: Identity, filter: ExecutionFilterInput, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    return this.store.list(workspaceId, readFilter(filter), page);
  }

  /** What changes from now on, as `WorkspaceFeed.follow` tells it. @throws NotFoundError when there is no such workflow */
  async follow({ workspaceId }: Identity, workflowId: string | undefined): Promise<AsyncIterableIterator<ExecutionChange>> {
    if (workflowId !== undefined) await this.workflows.get(workspaceId, workflowId);
    return this.feed.follow(workspaceId, workflowId);
  }

  async setLabels({ workspaceId }: Identity, { id, labels }: SetExecutionLabelsInput): Promise<ExecutionRecord> {
    const checked = parseInput(executionLabels, labels, 'input.labels');
    const execution = isId(id) ? await this.store.setLabels(workspaceId, id, checked) : undefined;
    if (!execution) throw new NotFoundError('execution');
    return execution;
  }

  labels({ workspaceId }: Identity): Promise<string[]> {
    return this.store.labels(workspaceId, mostLabelsListed);
  }

  /**
   * Ends up to 1,000 executions, what runs for them included. The answer comes at once.
   * @throws InvalidInputError unless a list or a filter is given, and not both
   * @throws NotFoundError when one of the list is not of this workspace: none is cancelled then
   */
  async cancel({ workspaceId }: Identity, { ids, filter }: CancelExecutionsInput): Promise<CancelledExecutions> {
    if (Boolean(ids) === Boolean(filter)) {
      throw new InvalidInputError([{ field: 'input', message: 'Give the ids of executions or a filter that says which, one of the two.' }]);
    }
    const asked = ids ? await this.checked(workspaceId, ids) : await this.store.unfinished(workspaceId, readFilter(filter ?? {}), mostCancelled + 1);
    const told = await this.store.cancel(workspaceId, asked.slice(0, mostCancelled), new Date());
    for (const executionId of told) this.bus.publish('execution.ready', { executionId });
    return { cancelled: told.length, skipped: ids ? asked.length - told.length : 0, more: asked.length > mostCancelled };
  }

  queuePositions(workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
    return this.store.queuePositions(workspaceId, ids);
  }

  childCounts(workspaceId: string, ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
    return this.store.childCounts(workspaceId, ids);
  }

  private async checked(workspaceId: string, given: readonly string[]): Promise<string[]> {
    const ids = [...new Set(given)];
    if (ids.length > mostCancelled) throw new InvalidInputError([{ field: 'input.ids', message: `Give at most ${mostCancelled} at a time.` }]);
    if (!ids.every(isId) || (await this.store.existing(workspaceId, ids)).length < ids.length) throw new NotFoundError('execution');
    return ids;
  }
}
