import { z } from 'zod';
import { type Connection } from '../../../../schema/connection.js';
import { type ReplaySummary, type ReplayWorkflowInput } from '../../../../schema/replays.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { groupBy } from '../../../group-by.js';
import { isId, line, parseInput, withoutNulls } from '../../../input.js';
import { type PageRequest } from '../../../pagination.js';
import { type Identity } from '../../auth/identity.js';
import { type InputDefinition } from '../../workflows/definition.js';
import { type WorkflowsService, type WorkflowVersionRecord } from '../../workflows/workflow.service.js';
import { announceNew } from '../execution-announcement.js';
import { type ExecutionControl } from '../execution-control.service.js';
import { type ExecutionStore, type NewExecution } from '../execution.store.js';
import { type ExecutionRecord, executionStatuses, isFinished } from '../execution.types.js';
import { idempotencyKey, startOnce } from '../idempotent-start.js';
import { type LockfileSources, makeLockfile } from '../lockfile.js';
import { runLimits } from '../run-limits.js';
import { type PairStore } from './pair.store.js';
import { summaryOf } from './replay-summary.js';
import { type PastRun, type ReplayRecord, type ReplayStore } from './replay.store.js';

export type { ReplayRecord };

export interface ReplayDependencies {
  store: ReplayStore;
  executions: Pick<ExecutionStore, 'related'>;
  pairs: PairStore;
  workflows: Pick<WorkflowsService, 'headVersion' | 'get' | 'inputValues'>;
  sources: LockfileSources;
  control: Pick<ExecutionControl, 'cancel'>;
  bus: EventBus;
}

const mostRuns = 100;
const mostUnfinished = 3;
/** Executions that are looked through for inputs which the newest version takes. */
const mostLookedAt = 1_000;

const howMany = `Give a whole number from 1 to ${mostRuns}.`;
const requestSchema = z.object({
  workflowId: z.string(),
  branch: line(100),
  last: z.int(howMany).min(1, howMany).max(mostRuns, howMany),
  statuses: z
    .array(z.enum(executionStatuses).refine(isFinished, 'Give statuses of runs that have ended: COMPLETED, FAILED or CANCELLED.'))
    .min(1, 'Give one status at least, or leave this out.')
    .default(['COMPLETED', 'FAILED']),
  idempotencyKey: idempotencyKey.optional(),
});

/** Runs what a workflow was given of late once more, on a prompt branch, as one batch. */
export class Replays {
  constructor(private readonly deps: ReplayDependencies) {}

  /**
   * Answers without waiting for its executions, which run a few at a time and behind all others of the workflow.
   * @throws InvalidInputError where the workflow has no such executions, or none of its prompts the branch
   * @throws ConflictError while too many replays are under way; for an idempotency key that was used for another one, too
   */
  async start(identity: Identity, input: ReplayWorkflowInput): Promise<ReplayRecord> {
    const { workspaceId } = identity;
    const request = parseInput(requestSchema, withoutNulls(input), 'input');
    const { workflowId, branch, idempotencyKey } = request;
    const version = await this.deps.workflows.headVersion(workspaceId, workflowId);
    return startOnce(idempotencyKey, {
      idName: 'replayId',
      findByKey: (key) => this.deps.store.findByKey(workspaceId, key),
      isSame: (replay) => replay.workflowId === workflowId && replay.branch === branch,
      start: () => this.create(identity, version, request),
    });
  }

  private async create({ workspaceId, userId }: Identity, version: WorkflowVersionRecord, request: z.output<typeof requestSchema>): Promise<ReplayRecord | undefined> {
    const { workflowId, branch, idempotencyKey } = request;
    if ((await this.deps.store.countUnfinished(workspaceId)) >= mostUnfinished) {
      throw new ConflictError(`${mostUnfinished} replays of this workspace are under way. Wait until one has ended, or cancel one.`);
    }
    const { definition } = version;
    const lockfile = await makeLockfile(this.deps.sources, workspaceId, version, { branch });
    const runs = await this.pastRuns(workspaceId, request, definition.inputs);
    const stepKeys = definition.steps.map(({ key }) => key);
    const common = { workspaceId, workflowId, workflowVersionId: version.id, trigger: 'REPLAY' as const, startedById: userId, branch, lockfile, stepKeys };
    // The oldest first, as they came.
    const executions = runs.toReversed().map(({ id, inputs }): NewExecution => ({ ...common, inputs, limits: runLimits(definition, inputs), rerunOf: { id, kept: new Set() } }));
    const created = await this.deps.store.create({ workspaceId, workflowId, branch, startedById: userId, idempotencyKey }, executions);
    for (const id of created?.executionIds ?? []) announceNew(this.deps.bus, { id, workspaceId });
    return created?.replay;
  }

  /** @throws NotFoundError */
  async find({ workspaceId }: Identity, id: string): Promise<ReplayRecord> {
    const replay = (await this.byIds(workspaceId, [id])).get(id);
    if (!replay) throw new NotFoundError('replay');
    return replay;
  }

  /** Those that exist, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, ReplayRecord>> {
    return new Map((await this.deps.store.findMany(workspaceId, ids.filter(isId))).map((replay) => [replay.id, replay]));
  }

  /** Newest first. @throws NotFoundError */
  async list({ workspaceId }: Identity, workflowId: string, page: PageRequest): Promise<Connection<ReplayRecord>> {
    const workflow = await this.deps.workflows.get(workspaceId, workflowId);
    return this.deps.store.list(workspaceId, workflow.id, page);
  }

  /** The one that repeats the newest execution first. */
  executionsOf({ workspaceId }: Identity, replayId: string, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    return this.deps.executions.related(workspaceId, { replayId }, page);
  }

  /** Ends what has not ended of it. Where all has, nothing happens. @throws NotFoundError */
  async cancel(identity: Identity, id: string): Promise<ReplayRecord> {
    const replay = await this.find(identity, id);
    for (const executionId of await this.deps.store.unfinishedExecutions(identity.workspaceId, id)) {
      await this.deps.control.cancel(identity, executionId).catch(passOverConflict);
    }
    return replay;
  }

  /** How each stands, by id. */
  async summaries(workspaceId: string, ids: readonly string[]): Promise<Map<string, ReplaySummary>> {
    const pairs = groupBy(await this.deps.pairs.ofReplays(workspaceId, ids), ({ replayId }) => replayId ?? '');
    return new Map(ids.map((id) => [id, summaryOf(pairs.get(id) ?? [])]));
  }

  /** Of executions that repeat another, by id, whether their output differs from that one's; only where both have completed. */
  async outputChanges(workspaceId: string, executionIds: readonly string[]): Promise<Map<string, boolean>> {
    const pairs = await this.deps.pairs.ofExecutions(workspaceId, executionIds);
    return new Map(pairs.flatMap(({ id, outputChanged }): [string, boolean][] => (outputChanged === undefined ? [] : [[id, outputChanged]])));
  }

  /** The newest whose inputs the workflow takes as it is now, with the defaults that it has now. */
  private async pastRuns(workspaceId: string, { workflowId, last, statuses }: z.output<typeof requestSchema>, inputs: readonly InputDefinition[]): Promise<PastRun[]> {
    const found: PastRun[] = [];
    let before: string | undefined;
    for (let looked = 0; found.length < last && looked < mostLookedAt; looked += mostRuns) {
      const page = await this.deps.store.pastRuns(workspaceId, { workflowId, statuses, before, limit: mostRuns });
      for (const run of page) found.push(...(await this.withInputs(workspaceId, run, inputs)));
      before = page.at(-1)?.id;
      if (page.length < mostRuns) break;
    }
    if (found.length > 0) return found.slice(0, last);
    throw new InvalidInputError([{ field: 'input.workflowId', message: 'No run that has ended so has inputs which the newest version takes. Run the workflow first, or choose other statuses.' }]);
  }

  private async withInputs(workspaceId: string, { id, inputs }: PastRun, definitions: readonly InputDefinition[]): Promise<PastRun[]> {
    try {
      return [{ id, inputs: await this.deps.workflows.inputValues(workspaceId, definitions, inputs) }];
    } catch (error) {
      if (error instanceof InvalidInputError) return [];
      throw error;
    }
  }
}

/** It has ended meanwhile. */
function passOverConflict(error: unknown): void {
  if (!(error instanceof ConflictError)) throw error;
}
