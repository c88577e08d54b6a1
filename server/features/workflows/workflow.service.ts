import DataLoader from 'dataloader';
import { type Connection } from '../../../schema/connection.js';
import { type WorkflowDefinitionInput } from '../../../schema/workflow-definition.js';
import { type StepScope } from '../../../schema/workflow-validation.js';
import { type CreateWorkflowInput, type UpdateWorkflowInput } from '../../../schema/workflows.js';
import { BoundedCache } from '../../bounded-cache.js';
import { contentHash } from '../../content-hash.js';
import { ConflictError, type FieldProblem, InvalidInputError, NotFoundError } from '../../errors.js';
import { isId, line, optionalText, parseInput } from '../../input.js';
import { InputProblems } from '../../input-problems.js';
import { type PageRequest, toConnection } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { type ModelCatalogues } from '../prompts/content/model-catalogue.js';
import { type SecretsService } from '../secrets/secret.service.js';
import { type InputDefinition, mostInputs, type WorkflowDefinition } from './definition.js';
import { DefinitionCheck } from './definition-check.js';
import { scopesOf } from './definition-scopes.js';
import { type InputSchemas } from './input-schemas.js';
import { examineInputValues } from './input-values.js';
import { callsOf } from './workflow-calls.js';
import { type StepPrompts } from './step-prompts.js';
import { type PromptSource } from './step-types/prompt.step-type.js';
import { type CalledWorkflow } from './step-types/step-type.js';
import { createStepTypes } from './step-types/registry.js';
import { type WorkflowRecord, type WorkflowStore, type WorkflowVersionRecord } from './workflow.store.js';

export { type WorkflowRecord, type WorkflowVersionRecord };

const name = line(100);
const description = optionalText(2_000);
const message = line(500);

export interface WorkflowListRequest extends PageRequest {
  /** Part of the name or the description, in upper or lower case. */
  search?: string | null | undefined;
}

export interface ExaminedDefinition {
  /** As it would be stored; undefined where there are problems. */
  checked: WorkflowDefinition | undefined;
  problems: readonly FieldProblem[];
  scopes: StepScope[];
}

export class WorkflowsService {
  private readonly recent = new BoundedCache<Promise<WorkflowVersionRecord>>(200, 20_000);

  constructor(
    private readonly store: WorkflowStore,
    private readonly prompts: StepPrompts,
    private readonly models: ModelCatalogues,
    private readonly secrets: Pick<SecretsService, 'names'>,
    private readonly inputSchemas: InputSchemas,
  ) {}

  /**
   * Makes a workflow with version 1.
   * @throws InvalidInputError naming every field that is wrong; a name that is taken, too
   */
  async create({ workspaceId, userId }: Identity, input: CreateWorkflowInput): Promise<WorkflowRecord> {
    const problems = new InputProblems();
    const about = {
      name: problems.read(name, input.name, 'input.name') ?? '',
      description: problems.read(description, input.description, 'input.description') ?? '',
    };
    const said = problems.read(message, input.message, 'input.message') ?? '';
    const definition = await this.check(workspaceId, input.definition, problems, undefined);
    problems.throwIfAny();
    const workflow = definition && (await this.store.create(workspaceId, about, { definition, message: said, authorId: userId }));
    if (!workflow) throw nameTaken(about.name);
    return workflow;
  }

  /**
   * Changes what is given and leaves the rest. A definition that differs from the newest version becomes the next one.
   * @throws ConflictError when the newest version is not the expected one, or another is saved meanwhile
   * @throws InvalidInputError naming every field that is wrong; a name that is taken, too
   */
  async update({ workspaceId, userId }: Identity, input: UpdateWorkflowInput): Promise<WorkflowRecord> {
    const workflow = await this.get(workspaceId, input.id);
    const { latestNumber } = workflow;
    if (typeof input.expectedNumber === 'number' && input.expectedNumber !== latestNumber) throw conflict(latestNumber);

    const problems = new InputProblems();
    const changes = {
      ...(typeof input.name === 'string' && { name: problems.read(name, input.name, 'input.name') }),
      ...(typeof input.description === 'string' && { description: problems.read(description, input.description, 'input.description') }),
    };
    const said = problems.read(message, input.message ?? `Version ${latestNumber + 1}`, 'input.message') ?? '';
    const definition = input.definition ? await this.check(workspaceId, input.definition, problems, workflow.id) : undefined;
    problems.throwIfAny();
    const head = definition && (await this.headVersion(workspaceId, workflow.id));
    const version = definition && head && contentHash(definition) !== contentHash(head.definition) ? { definition, message: said, authorId: userId } : undefined;
    if (!version && Object.keys(changes).length === 0) return workflow;

    const saved = await this.store.save(workspaceId, workflow, changes, version);
    if (saved.outcome === 'saved') return saved.workflow;
    throw saved.outcome === 'outdated' ? conflict() : nameTaken(changes.name ?? workflow.name);
  }

  /** @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<WorkflowRecord> {
    const workflow = (await this.byIds(workspaceId, [id])).get(id);
    if (!workflow) throw new NotFoundError('workflow');
    return workflow;
  }

  /** Cheap to ask for again, as each run does: versions never change. @throws NotFoundError */
  async version(workspaceId: string, id: string): Promise<WorkflowVersionRecord> {
    const key = `${workspaceId} ${id}`;
    try {
      return await this.recent.getOrMake(key, () => this.readVersion(workspaceId, id));
    } catch (error) {
      this.recent.forget(key);
      throw error;
    }
  }

  private async readVersion(workspaceId: string, id: string): Promise<WorkflowVersionRecord> {
    const version = (await this.versionsByIds(workspaceId, [id])).get(id);
    if (!version) throw new NotFoundError('workflow version');
    return version;
  }

  /** The newest version of a workflow. @throws NotFoundError */
  async headVersion(workspaceId: string, workflowId: string): Promise<WorkflowVersionRecord> {
    const head = (await this.heads(workspaceId, [workflowId])).get(workflowId);
    if (!head) throw new NotFoundError('workflow');
    return head;
  }

  /** The newest version of each of the workflows that exist, by the workflow's id. */
  async heads(workspaceId: string, workflowIds: readonly string[]): Promise<Map<string, WorkflowVersionRecord>> {
    const heads = await this.store.findHeads(workspaceId, workflowIds.filter(isId));
    return new Map(heads.map((head) => [head.workflowId, head]));
  }

  /** Those that exist, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, WorkflowRecord>> {
    const workflows = await this.store.findMany(workspaceId, ids.filter(isId));
    return new Map(workflows.map((workflow) => [workflow.id, workflow]));
  }

  /** Those that exist, by id. */
  async versionsByIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, WorkflowVersionRecord>> {
    const versions = await this.store.findVersions(workspaceId, ids.filter(isId));
    return new Map(versions.map((version) => [version.id, version]));
  }

  /** Newest first. */
  async list(workspaceId: string, { search, ...page }: WorkflowListRequest): Promise<Connection<WorkflowRecord>> {
    const text = parseInput(optionalText(200), search ?? '', 'search');
    const workflows = await this.store.list(workspaceId, page, text || undefined);
    return toConnection(workflows, page, (workflow) => workflow);
  }

  /** Newest first. */
  async versions(workspaceId: string, workflowId: string, page: PageRequest): Promise<Connection<WorkflowVersionRecord>> {
    const versions = await this.store.listVersions(workspaceId, workflowId, page);
    return toConnection(versions, page, (version) => version);
  }

  /** What saving the definition would come to, and what its steps can be given. */
  async examine(workspaceId: string, definition: WorkflowDefinitionInput, workflowId: string | undefined): Promise<ExaminedDefinition> {
    const problems = new InputProblems();
    const checked = await this.check(workspaceId, definition, problems, workflowId);
    const types = createStepTypes(await this.models.of(workspaceId));
    return { checked, problems: problems.all, scopes: scopesOf(definition, types, { workflowId, secretNames: await this.secrets.names(workspaceId) }) };
  }

  /**
   * Checks what somebody who runs a workflow gives it, and adds the defaults. An optional input without a value is null.
   * @throws InvalidInputError naming each input that is missing, unknown, of another type, or does not fit its schema, as `input.inputs.<name>`
   */
  async inputValues(workspaceId: string, inputs: readonly InputDefinition[], given: unknown): Promise<Record<string, unknown>> {
    const { values, problems } = examineInputValues(inputs, given);
    const wrong = new Set(problems.all.map(({ field }) => field));
    const ofTheirType = wrong.has('input.inputs') ? [] : inputs.filter(({ name }) => !wrong.has(`input.inputs.${name}`));
    for (const { field, message } of await this.inputSchemas.misfits(workspaceId, ofTheirType, values)) problems.add(`input.inputs.${field}`, message);
    problems.throwIfAny();
    return values;
  }

  private async check(workspaceId: string, definition: WorkflowDefinitionInput, problems: InputProblems, workflowId: string | undefined): Promise<WorkflowDefinition | undefined> {
    const sources = new DataLoader((wanted: readonly PromptSource[]) => this.prompts.toRun(workspaceId, wanted), { cacheKeyFn: (source) => JSON.stringify(source) });
    let secretNames: Promise<ReadonlySet<string>> | undefined;
    const surroundings = {
      prompt: (source: PromptSource) => sources.load(source),
      workflow: (id: string) => this.called(workspaceId, id, workflowId),
      schemaProblem: (schema: Readonly<Record<string, unknown>>) => this.inputSchemas.problemOf(workspaceId, schema),
      secretNames: () => (secretNames ??= this.secrets.names(workspaceId)),
    };
    const stepTypes = createStepTypes(await this.models.of(workspaceId));
    const misfits = definition.inputs.length > mostInputs ? [] : await this.inputSchemas.problemsOf(workspaceId, definition.inputs);
    for (const { field, message } of misfits) problems.add(`input.definition.inputs.${field}`, message);
    return new DefinitionCheck(definition, stepTypes, surroundings, problems).run();
  }

  /** @param callerId absent: a workflow that is yet to be made */
  private async called(workspaceId: string, workflowId: string, callerId: string | undefined): Promise<CalledWorkflow> {
    const head = (await this.heads(workspaceId, [workflowId])).get(workflowId);
    if (!head) return { problem: 'This workspace has no such workflow. Choose another one.' };
    const seen = new Set([workflowId]);
    for (let level = [head]; level.length > 0; ) {
      if (callerId !== undefined && seen.has(callerId)) return { problem: 'That workflow calls this one, so that neither would ever end. Choose another one.' };
      const next = level.flatMap(({ definition }) => callsOf(definition).map((call) => call.workflowId)).filter((id) => !seen.has(id));
      for (const id of next) seen.add(id);
      level = [...(await this.heads(workspaceId, [...new Set(next)])).values()];
    }
    return { inputs: head.definition.inputs };
  }
}

function nameTaken(taken: string): InvalidInputError {
  return new InvalidInputError([{ field: 'input.name', message: `There is a workflow named ${taken} already. Choose another name.` }]);
}

function conflict(latestNumber?: number): ConflictError {
  const what = latestNumber === undefined ? 'Another change' : `Version ${latestNumber}`;
  return new ConflictError(`${what} was saved since you began to edit. Look at what changed, then save again.`);
}
