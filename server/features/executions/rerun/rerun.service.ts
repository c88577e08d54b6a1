import { z } from 'zod';
import { type Connection } from '../../../../schema/connection.js';
import { type RerunExecutionInput } from '../../../../schema/reruns.js';
import { ConflictError, DomainError, InvalidInputError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { parseInput, withoutNulls } from '../../../input.js';
import { type PageRequest } from '../../../pagination.js';
import { type Identity } from '../../auth/identity.js';
import { type WorkflowDefinition } from '../../workflows/definition.js';
import { type WorkflowsService, type WorkflowVersionRecord } from '../../workflows/workflow.service.js';
import { announceNew } from '../execution-announcement.js';
import { type ExecutionService } from '../execution.service.js';
import { type ExecutionStore, type NewExecution } from '../execution.store.js';
import { type ExecutionRecord, isFinished, type Lockfile, type StepState } from '../execution.types.js';
import { idempotencyKey, startOnce } from '../idempotent-start.js';
import { branchPlace, lockfileKeeping, type LockfileSources, makeLockfile } from '../lockfile.js';
import { runLimits } from '../run-limits.js';
import { keptSteps } from './kept-steps.js';
import { type LockfileChanges } from './lockfile-changes.js';

export interface RerunDependencies {
  executions: ExecutionService;
  store: ExecutionStore;
  workflows: Pick<WorkflowsService, 'version' | 'headVersion' | 'inputValues'>;
  sources: LockfileSources;
  changes: LockfileChanges;
  bus: EventBus;
}

/** Of one of several: its new execution, or why there is none. */
export interface RerunResult {
  executionId: string;
  execution?: ExecutionRecord;
  refusal?: string;
}

type Rerun = Pick<RerunExecutionInput, 'executionId'> & Partial<RerunExecutionInput>;

const mostAtOnce = 100;
const options = z.object({ idempotencyKey: idempotencyKey.optional() });

/** Runs executions again that have ended. */
export class Reruns {
  constructor(private readonly deps: RerunDependencies) {}

  /**
   * Starts it again with the same inputs, and what it pinned unless the request says otherwise, and answers without waiting for it.
   * @returns with an idempotency key that was used for the same before, what was started then
   * @throws ConflictError while it has not ended, for an item of a MAP step, and for an idempotency key that was used for something else
   * @throws InvalidInputError naming what of the request does not fit the run
   */
  async rerun(identity: Identity, request: Rerun): Promise<ExecutionRecord> {
    const { workspaceId } = identity;
    const original = await this.deps.executions.find(identity, request.executionId);
    checkCanBeRepeated(original);
    const { store, bus } = this.deps;
    const { idempotencyKey } = parseInput(options, withoutNulls(request), 'input');
    return startOnce(idempotencyKey, {
      idName: 'executionId',
      findByKey: (key) => store.findByKey(workspaceId, key),
      isSame: ({ rerunOfId, branch }) => rerunOfId === original.id && branch === (request.branch ?? original.branch),
      start: async () => {
        const execution = await this.prepare(identity, original, request);
        const stored = idempotencyKey === undefined ? await store.create(execution) : await store.createOnce({ ...execution, idempotencyKey });
        if (stored) announceNew(bus, stored);
        return stored;
      },
    });
  }

  private async prepare({ workspaceId, userId }: Identity, original: ExecutionRecord, request: Rerun): Promise<NewExecution> {
    const [ran, version] = await this.versions(original, request);
    const kept = await this.kept(original, ran.definition, version.definition, request);
    const inputs = await this.deps.workflows.inputValues(workspaceId, version.definition.inputs, original.inputs);
    return {
      workspaceId,
      workflowId: original.workflowId,
      workflowVersionId: version.id,
      trigger: 'RERUN',
      startedById: userId,
      inputs,
      branch: request.branch ?? original.branch ?? null,
      limits: runLimits(version.definition, inputs),
      lockfile: await this.lockfile(original, version, kept, request),
      stepKeys: version.definition.steps.map(({ key }) => key),
      rerunOf: { id: original.id, kept },
    };
  }

  /** Starts each of them again as it was, whatever becomes of the others. */
  async rerunAll(identity: Identity, ids: readonly string[]): Promise<RerunResult[]> {
    if (ids.length === 0 || ids.length > mostAtOnce) throw new InvalidInputError([{ field: 'ids', message: `Give 1 to ${mostAtOnce} runs at a time.` }]);
    const results: RerunResult[] = [];
    for (const executionId of new Set(ids)) results.push(await this.rerunOne(identity, executionId));
    return results;
  }

  /** Those that repeat it, newest first. */
  of({ workspaceId }: Identity, rerunOfId: string, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    return this.deps.store.related(workspaceId, { rerunOfId }, page);
  }

  private async rerunOne(identity: Identity, executionId: string): Promise<RerunResult> {
    try {
      return { executionId, execution: await this.rerun(identity, { executionId }) };
    } catch (error) {
      if (error instanceof DomainError) return { executionId, refusal: error.message };
      throw error;
    }
  }

  private async versions({ workspaceId, workflowId, workflowVersionId }: ExecutionRecord, { workflowVersion }: Rerun): Promise<[ran: WorkflowVersionRecord, toRun: WorkflowVersionRecord]> {
    const ran = await this.deps.workflows.version(workspaceId, workflowVersionId);
    return [ran, workflowVersion === 'LATEST' ? await this.deps.workflows.headVersion(workspaceId, workflowId) : ran];
  }

  private async kept({ id, workspaceId }: ExecutionRecord, ran: WorkflowDefinition, toRun: WorkflowDefinition, request: Rerun): Promise<Set<string>> {
    const { fromStep, promptVersions, models } = request;
    if (typeof fromStep !== 'string') return new Set();
    const states = (await this.deps.executions.steps(workspaceId, [id])).get(id) ?? [];
    checkFromStep(fromStep, toRun, states);
    const changed = [...(promptVersions ?? []), ...(models ?? [])].map(({ stepKey }) => outermost(stepKey));
    return keptSteps({ before: ran.steps, after: toRun.steps, states, again: [fromStep, ...changed] });
  }

  private async lockfile(original: ExecutionRecord, version: WorkflowVersionRecord, kept: ReadonlySet<string>, request: Rerun): Promise<Lockfile> {
    const { workspaceId, lockfile, branch } = original;
    const anew = typeof request.branch === 'string' || version.id !== original.workflowVersionId;
    const pinned = anew ? lockfileKeeping(await makeLockfile(this.deps.sources, workspaceId, version, branchPlace(request.branch ?? branch)), lockfile, kept) : lockfile;
    return this.deps.changes.apply(workspaceId, pinned, request);
  }
}

function checkCanBeRepeated({ status, scope }: ExecutionRecord): void {
  if (!isFinished(status)) throw new ConflictError(`The run is ${status.toLowerCase()}. Cancel it or wait for its end, then run it again.`);
  if (scope) throw new ConflictError('This is one item of a MAP step, which can not run without the others. Run again what it belongs to.');
}

function checkFromStep(fromStep: string, { steps }: WorkflowDefinition, states: readonly StepState[]): void {
  const step = steps.find(({ key }) => key === fromStep);
  if (!step) throw wrongStep(`The workflow has no step "${fromStep}". Give the key of one of its own steps.`);
  if (states.length === 0) throw wrongStep('What the steps of this run gave is no longer kept. Run it again from its beginning.');
  const skipped = states.find(({ key }) => key === fromStep)?.status === 'SKIPPED';
  if (skipped) throw wrongStep(`Step "${step.name}" was skipped, and would be again. Choose the step that decided so.`);
}

function wrongStep(message: string): InvalidInputError {
  return new InvalidInputError([{ field: 'input.fromStep', message }]);
}

/** The step of the run itself in which a step stands. */
function outermost(path: string): string {
  return path.split('/', 1)[0] ?? path;
}
