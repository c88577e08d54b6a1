import { z } from 'zod';
import { type ExecuteWorkflowInput } from '../../../schema/executions.js';
import { type Connection } from '../../../schema/connection.js';
import { contentHash } from '../../content-hash.js';
import { InvalidInputError, NotFoundError } from '../../errors.js';
import { type EventBus } from '../../events/event-bus.js';
import { isId, parseInput, withoutNulls } from '../../input.js';
import { type PageRequest } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { readInputValues } from '../workflows/input-values.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { announceNew } from './execution-announcement.js';
import { type ExecutionFeed } from './execution.feed.js';
import { type ExecutionStore, type NewExecution } from './execution.store.js';
import { type ExecutionEvent, type ExecutionRecord, type ExecutionStatus, type StepState } from './execution.types.js';
import { executionLabels } from './history/execution-labels.js';
import { idempotencyKey, startOnce } from './idempotent-start.js';
import { branchPlace, type LockfileSources, makeLockfile } from './lockfile.js';
import { runLimits } from './run-limits.js';

const startOptions = z.object({ idempotencyKey: idempotencyKey.optional(), labels: executionLabels.default([]) });

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
   * @returns with an idempotency key that was used for the same before, what was started then
   * @throws InvalidInputError naming each input that is missing, unknown, of the wrong type or does not fit its schema; for a branch that none of its prompts has, too
   * @throws ConflictError for an idempotency key that was used for something else
   */
  async execute(identity: Identity, input: ExecuteWorkflowInput): Promise<ExecutionRecord> {
    const { idempotencyKey, labels } = parseInput(startOptions, withoutNulls(input), 'input');
    return startOnce(idempotencyKey, {
      idName: 'executionId',
      findByKey: (key) => this.store.findByKey(identity.workspaceId, key),
      isSame: (execution) => this.wasAskedFor(execution, input),
      start: async () => {
        const execution = await this.prepare(identity, input, labels);
        const stored = idempotencyKey === undefined ? await this.store.create(execution) : await this.store.createOnce({ ...execution, idempotencyKey });
        if (stored) announceNew(this.bus, stored);
        return stored;
      },
    });
  }

  private async prepare(identity: Identity, { workflowId, inputs, branch }: ExecuteWorkflowInput, labels: readonly string[]): Promise<NewExecution> {
    const { workspaceId, userId } = identity;
    const version = await this.workflows.headVersion(workspaceId, workflowId);
    const values = await this.workflows.inputValues(workspaceId, version.definition.inputs, inputs ?? {});
    return {
      workspaceId,
      workflowId: version.workflowId,
      workflowVersionId: version.id,
      trigger: identity.via === 'apiKey' ? 'API' : 'MANUAL',
      startedById: userId,
      inputs: values,
      branch: branch ?? null,
      labels,
      limits: runLimits(version.definition, values),
      lockfile: await makeLockfile(this.sources, workspaceId, version, branchPlace(branch)),
      stepKeys: version.definition.steps.map(({ key }) => key),
    };
  }

  /** Whether an execution is what this asks for: its inputs count as its own version of the workflow fills them in. */
  private async wasAskedFor(execution: ExecutionRecord, { workflowId, inputs, branch }: ExecuteWorkflowInput): Promise<boolean> {
    if (execution.rerunOfId !== undefined || execution.workflowId !== workflowId || execution.branch !== (branch ?? undefined)) return false;
    const { definition } = await this.workflows.version(execution.workspaceId, execution.workflowVersionId);
    try {
      return contentHash(readInputValues(definition.inputs, inputs ?? {})) === contentHash(execution.inputs);
    } catch (error) {
      if (error instanceof InvalidInputError) return false;
      throw error;
    }
  }

  async find({ workspaceId }: Pick<Identity, 'workspaceId'>, id: string): Promise<ExecutionRecord> {
    const execution = isId(id) ? await this.store.find(workspaceId, id) : undefined;
    if (!execution) throw new NotFoundError('execution');
    return execution;
  }

  /** Those that exist, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, ExecutionRecord>> {
    const executions = await this.store.findMany(workspaceId, ids.filter(isId));
    return new Map(executions.map((execution) => [execution.id, execution]));
  }

  /** Those that run for its steps, newest first. */
  children({ workspaceId }: Identity, parentId: string, { stepKey, status }: { stepKey?: string | null | undefined; status?: ExecutionStatus | null | undefined }, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    return this.store.related(workspaceId, { parentId, parentStepKey: stepKey, status }, page);
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
