import { randomUUID } from 'node:crypto';
import { type WorkflowDefinitionInput } from '../../../../schema/workflow-definition.js';
import { type PreviewWorkflowInput, type StepOutputInput } from '../../../../schema/workflow-previews.js';
import { type DefinitionProblem } from '../../../../schema/workflow-validation.js';
import { InvalidInputError, NotFoundError, RateLimitedError } from '../../../errors.js';
import { type Identity } from '../../auth/identity.js';
import { type WorkflowsService, type WorkflowVersionRecord } from '../../workflows/workflow.service.js';
import { toProblem } from '../../workflows/workflow-validation.service.js';
import { type RunLimits } from '../execution.store.js';
import { type ExecutionEvent, type ExecutionRecord } from '../execution.types.js';
import { branchPlace, type LockfileSources, makeLockfile } from '../lockfile.js';
import { newRecord } from '../new-execution.js';
import { Preview, type PreviewParts } from './preview.js';
import { definitionUpTo, planPreview, type PreviewPlan, type PreviewRequest } from './preview-plan.js';

export interface PreviewOptions extends PreviewParts {
  workflows: WorkflowsService;
  sources: LockfileSources;
  /** After which a preview is ended and forgotten; ten minutes when absent. */
  longestMs?: number;
  /** How long one goes on that nobody follows; 15,000 when absent. */
  abandonedMs?: number;
  /** Of one workspace, at a time in this process; 8 when absent. */
  mostAtOnce?: number;
  /** Characters of JSON that all that one keeps may come to; 30 million when absent. */
  longest?: number;
}

/** Each is alone in its process. */
const unlimited: RunLimits = { maxRuns: undefined, runKey: undefined, maxRunsPerKey: undefined };

/** Findings, where there are any; else the preview that was begun. */
export type Attempted = { findings: DefinitionProblem[]; preview?: undefined } | { findings: []; preview: Preview };

/** Tries definitions that are not saved, without touching what is stored of runs. Each preview is its author's own, and lives in this process alone. */
export class WorkflowPreviews {
  private readonly kept = new Map<string, { preview: Preview; forget: NodeJS.Timeout }>();
  private readonly longestMs: number;

  constructor(private readonly options: PreviewOptions) {
    this.longestMs = options.longestMs ?? 10 * 60_000;
  }

  /**
   * Begins one, unless something is wrong with the steps that it is about.
   * @throws InvalidInputError as `ExecutionService.execute` does, or for a step that is not there
   * @throws RateLimitedError while the workspace has as many under way as it may
   */
  async start(identity: Identity, input: PreviewWorkflowInput): Promise<Attempted> {
    const { workspaceId, userId } = identity;
    const { workflows, sources } = this.options;
    if (input.workflowId) await workflows.get(workspaceId, input.workflowId);
    const request = requestOf(input);
    const part = partOf(input.definition, request);
    const { checked, problems } = await workflows.examine(workspaceId, part, input.workflowId ?? undefined);
    if (!checked) return { findings: problems.map((problem) => inWhole(input.definition, toProblem(part, problem, 'ERROR'))) };
    const inputs = await workflows.inputValues(workspaceId, checked.inputs, input.inputs ?? {});
    const plan = planPreview(checked, request);
    const id = randomUUID();
    const now = this.options.now();
    const version: WorkflowVersionRecord = {
      id: randomUUID(),
      workflowId: input.workflowId ?? randomUUID(),
      number: 0,
      message: '',
      authorId: userId,
      definition: plan.definition,
      contentHash: '',
      createdAt: now,
    };
    const lockfile = await makeLockfile(sources, workspaceId, { ...version, definition: { ...plan.definition, steps: plan.toRun } }, branchPlace(input.branch));
    const pinned = { workspaceId, workflowId: version.workflowId, workflowVersionId: version.id, lockfile, branch: input.branch ?? null };
    const execution = newRecord(id, { ...pinned, trigger: 'MANUAL', startedById: userId, inputs, limits: unlimited }, now);
    this.makePlace(workspaceId);
    return { findings: [], preview: this.begin(execution, version, plan) };
  }

  /** Every event after `after`, until it ends. When its last follower has left, it is ended soon. @throws NotFoundError */
  follow(identity: Identity, id: string, after: number): AsyncIterableIterator<ExecutionEvent> {
    if (after < 0) throw new InvalidInputError([{ field: 'after', message: 'Give the last sequence number that you have seen, or 0.' }]);
    return this.find(identity, id).follow(after);
  }

  /** Ends what runs of it, as its events will say. One that has ended stays as it is. @throws NotFoundError */
  cancel(identity: Identity, id: string): Preview {
    const preview = this.find(identity, id);
    if (!preview.ended) preview.cancel();
    return preview;
  }

  /** @throws NotFoundError for somebody else's, too */
  find({ workspaceId, userId }: Identity, id: string): Preview {
    const preview = this.kept.get(id)?.preview;
    const { execution } = preview ?? {};
    if (!preview || execution?.workspaceId !== workspaceId || execution.startedById !== userId) throw new NotFoundError('preview');
    return preview;
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    await Promise.all([...this.kept.keys()].map((id) => this.forget(id, 'The server is stopping. Run the preview again in a moment.')));
  }

  private begin(execution: ExecutionRecord, version: WorkflowVersionRecord, plan: PreviewPlan): Preview {
    const { abandonedMs = 15_000, longest = 30_000_000 } = this.options;
    const preview = new Preview({ execution, version, plan, longest, abandonedMs }, this.options);
    const tooLong = `The preview took longer than the ${this.longestMs / 60_000} minutes that it may. Run the workflow instead.`;
    const forget = setTimeout(() => void this.forget(execution.id, tooLong), this.longestMs).unref();
    this.kept.set(execution.id, { preview, forget });
    preview.start();
    return preview;
  }

  private async forget(id: string, why: string): Promise<void> {
    const kept = this.kept.get(id);
    if (!kept) return;
    this.kept.delete(id);
    clearTimeout(kept.forget);
    await kept.preview.end({ code: 'PREVIEW_ENDED', message: why });
  }

  /** One that has ended makes place for a new one. @throws RateLimitedError */
  private makePlace(workspaceId: string): void {
    const { mostAtOnce = 8 } = this.options;
    const theirs = [...this.kept].filter(([, { preview }]) => preview.execution.workspaceId === workspaceId);
    if (theirs.length < mostAtOnce) return;
    const [oldest] = theirs.filter(([, { preview }]) => preview.ended);
    if (!oldest) throw new RateLimitedError(`This workspace has ${theirs.length} previews under way, as many as it may at a time. Cancel one, or wait for one to end.`, 5);
    void this.forget(oldest[0], '');
  }
}

function requestOf({ toStep, onlyStep, pinned, outputs }: PreviewWorkflowInput): PreviewRequest {
  const byKey = (given: readonly StepOutputInput[] | null | undefined) => new Map((given ?? []).map(({ stepKey, output }) => [stepKey, output]));
  return { toStep: toStep ?? undefined, onlyStep: onlyStep ?? undefined, pinned: byKey(pinned), outputs: byKey(outputs) };
}

function partOf(definition: WorkflowDefinitionInput, { toStep, onlyStep }: PreviewRequest): WorkflowDefinitionInput {
  if (toStep !== undefined && onlyStep !== undefined) throw new InvalidInputError([{ field: 'input.onlyStep', message: 'Give `toStep` or `onlyStep`, not both.' }]);
  if (onlyStep !== undefined) return definitionUpTo(definition, 'input.onlyStep', onlyStep);
  return toStep === undefined ? definition : definitionUpTo(definition, 'input.toStep', toStep);
}

/** A problem that was found in a part of the definition, at its place in the whole. */
function inWhole({ steps }: WorkflowDefinitionInput, problem: DefinitionProblem): DefinitionProblem {
  const index = steps.findIndex(({ key }) => key === problem.stepKey);
  return index < 0 ? problem : { ...problem, field: problem.field.replace(/^steps\.\d+/, `steps.${index}`) };
}
