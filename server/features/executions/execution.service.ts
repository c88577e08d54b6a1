import { type ExecuteWorkflowInput } from '../../../schema/executions.js';
import { type Connection } from '../../../schema/connection.js';
import { InvalidInputError, NotFoundError } from '../../errors.js';
import { type EventBus } from '../../events/event-bus.js';
import { isId } from '../../input.js';
import { type PageRequest } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { checkInputValues } from '../workflows/input-values.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { type ExecutionFeed } from './execution.feed.js';
import { type ExecutionFilter, type ExecutionStore } from './execution.store.js';
import { type ExecutionEvent, type ExecutionRecord, type StepState } from './execution.types.js';
import { type LockfileSources, makeLockfile } from './lockfile.js';
import { runLimits } from './run-limits.js';

export class ExecutionService {
  constructor(
    private readonly store: ExecutionStore,
    private readonly feed: ExecutionFeed,
    private readonly workflows: WorkflowsService,
    private readonly sources: LockfileSources,
    private readonly bus: EventBus,
  ) {}

  /**
   * Starts the newest version of a workflow and answers without waiting for it.
   * @throws InvalidInputError naming each input that is missing, unknown or of the wrong type; for a branch that none of its prompts has, too
   */
  async execute(identity: Identity, { workflowId, inputs, branch }: ExecuteWorkflowInput): Promise<ExecutionRecord> {
    const { workspaceId, userId } = identity;
    const version = await this.workflows.headVersion(workspaceId, workflowId);
    const values = checkInputValues(version.definition.inputs, inputs ?? {});
    const execution = await this.store.create({
      workspaceId,
      workflowId: version.workflowId,
      workflowVersionId: version.id,
      trigger: identity.via === 'apiKey' ? 'API' : 'MANUAL',
      startedById: userId,
      inputs: values,
      branch: branch ?? null,
      limits: runLimits(version.definition, values),
      lockfile: await makeLockfile(this.sources, workspaceId, version, branch ?? undefined),
      stepKeys: version.definition.steps.map(({ key }) => key),
    });
    this.bus.publish('execution.ready', { executionId: execution.id });
    return execution;
  }

  async find({ workspaceId }: Identity, id: string): Promise<ExecutionRecord> {
    const execution = isId(id) ? await this.store.find(workspaceId, id) : undefined;
    if (!execution) throw new NotFoundError('execution');
    return execution;
  }

  /** Those that exist, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, ExecutionRecord>> {
    const executions = await this.store.findMany(workspaceId, ids.filter(isId));
    return new Map(executions.map((execution) => [execution.id, execution]));
  }

  async list({ workspaceId }: Identity, filter: ExecutionFilter, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    if (filter.workflowId && !isId(filter.workflowId)) throw new NotFoundError('workflow');
    return this.store.list(workspaceId, filter, page);
  }

  /** Those that run for its steps, newest first. */
  children({ workspaceId }: Identity, parentId: string, { stepKey }: { stepKey?: string | null | undefined }, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    return this.store.list(workspaceId, { parentId, parentStepKey: stepKey }, page);
  }

  steps(workspaceId: string, executionIds: readonly string[]): Promise<Map<string, StepState[]>> {
    return this.store.steps(workspaceId, executionIds);
  }

  lastSeqs(workspaceId: string, executionIds: readonly string[]): Promise<Map<string, number>> {
    return this.store.lastSeqs(workspaceId, executionIds);
  }

  /** Every event after `after`, as `ExecutionFeed.follow` gives them. */
  async follow(identity: Identity, executionId: string, after: number): Promise<AsyncIterableIterator<ExecutionEvent>> {
    if (after < 0) throw new InvalidInputError([{ field: 'after', message: 'Give the last sequence number that you have seen, or 0.' }]);
    await this.find(identity, executionId);
    return this.feed.follow(identity.workspaceId, executionId, after);
  }
}
