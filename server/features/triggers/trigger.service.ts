import { z } from 'zod';
import { type Connection } from '../../../schema/connection.js';
import { type CreateTriggerInput, type TriggerFilter, type UpdateTriggerInput } from '../../../schema/triggers.js';
import { ConflictError, NotFoundError } from '../../errors.js';
import { isId, line, withoutNulls } from '../../input.js';
import { InputProblems } from '../../input-problems.js';
import { type PageRequest } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { mappingProblems } from './launch/mapping.js';
import { type TriggerFields, type TriggerStore } from './trigger.store.js';
import { inputMappingSchema, triggerOverlaps, type TriggerRecord } from './trigger.types.js';
import { type TriggerType } from './types/trigger-type.js';
import { type TriggerTypes } from './types/registry.js';

export interface TriggerDependencies {
  store: TriggerStore;
  types: TriggerTypes;
  workflows: Pick<WorkflowsService, 'get' | 'headVersion'>;
  now: () => Date;
}

const howMany = 'Give a whole number from 1 to 1,000.';
const howOften = 'Give a whole number from 1 to 100,000.';
const overlapSchema = z.enum(triggerOverlaps);
const maxRunsSchema = z.int(howMany).min(1, howMany).max(1_000, howMany);
const rateSchema = z.int(howOften).min(1, howOften).max(100_000, howOften);
const mappingSchema = z.array(inputMappingSchema).max(100, 'Map at most 100 inputs.');

/** What launches workflows: made, changed, paused and deleted. What arrives at them is for `launch/`. */
export class TriggersService {
  constructor(private readonly deps: TriggerDependencies) {}

  /**
   * @returns the trigger, and its secret where one was made, which can't be read again
   * @throws InvalidInputError naming every field that is wrong; NotFoundError for a workflow that is not there
   */
  async create({ workspaceId, userId }: Identity, input: CreateTriggerInput): Promise<{ trigger: TriggerRecord; secret?: string | undefined }> {
    const { store, now } = this.deps;
    const type = this.typeNamed(input.type);
    const fields = await this.read(workspaceId, type, { ...input, settings: input.settings ?? {} }, undefined);
    const at = now();
    const id = store.newId(at);
    const given = input.secret ?? undefined;
    const saved = await type.save?.({ id, workspaceId, settings: fields.settings, active: input.active, before: undefined, secret: given, now: at });
    const trigger = await store.create(workspaceId, { ...fields, id, type: type.name, active: input.active, createdById: userId }, saved?.columns ?? {});
    await type.afterSave?.(trigger);
    return { trigger, secret: given === undefined ? saved?.secret : undefined };
  }

  /**
   * Changes what is given and leaves the rest.
   * @throws InvalidInputError naming every field that is wrong
   * @throws ConflictError where it is not at the expected revision any more
   */
  async update({ workspaceId }: Identity, input: UpdateTriggerInput): Promise<TriggerRecord> {
    const before = await this.find(workspaceId, input.id);
    if (typeof input.expectedRevision === 'number' && input.expectedRevision !== before.revision) throw changedSince(before);
    const type = this.typeNamed(before.type);
    const fields = await this.read(workspaceId, type, { ...before, ...given(input) }, before);
    const saved = await type.save?.({ id: before.id, workspaceId, settings: fields.settings, active: before.active, before, secret: undefined, now: this.deps.now() });
    const trigger = await this.deps.store.save(workspaceId, before, fields, saved?.columns ?? {});
    if (!trigger) throw changedSince(before);
    await type.afterSave?.(trigger);
    return trigger;
  }

  /** Pausing one that is paused changes nothing, nor does resuming one that is not. */
  async setActive({ workspaceId }: Identity, id: string, active: boolean): Promise<TriggerRecord> {
    const before = await this.find(workspaceId, id);
    if (before.active === active) return before;
    const type = this.typeNamed(before.type);
    const columns = active ? (type.resume?.(before, this.deps.now()) ?? {}) : { nextDueAt: undefined, nextFireAt: undefined, alarmSince: undefined, alarm: undefined };
    const trigger = await this.deps.store.change(workspaceId, before, columns, { active });
    if (!trigger) throw changedSince(before);
    await type.afterSave?.(trigger);
    return trigger;
  }

  /** Its deliveries stay for as long as they are kept, and its executions. */
  async delete({ workspaceId }: Identity, id: string): Promise<{ id: string }> {
    const before = await this.find(workspaceId, id);
    const columns = { nextDueAt: undefined, nextFireAt: undefined, alarmSince: undefined, alarm: undefined, secret: undefined, previousSecret: undefined };
    if (!(await this.deps.store.change(workspaceId, before, columns, { active: false, deletedAt: this.deps.now() }))) throw changedSince(before);
    return { id };
  }

  /** @throws NotFoundError */
  async find(workspaceId: string, id: string): Promise<TriggerRecord> {
    const trigger = isId(id) ? await this.deps.store.find(workspaceId, id) : undefined;
    if (!trigger) throw new NotFoundError('trigger');
    return trigger;
  }

  list({ workspaceId }: Identity, { workflowId, type, state, search }: TriggerFilter, page: PageRequest): Promise<Connection<TriggerRecord>> {
    const wanted = { workflowId: workflowId ?? undefined, type: type ?? undefined, state: state ?? undefined, search: search?.trim() || undefined };
    return this.deps.store.list(workspaceId, wanted, page);
  }

  /** Those that there ever were, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, TriggerRecord>> {
    const triggers = await this.deps.store.findEver(workspaceId, ids.filter(isId));
    return new Map(triggers.map((trigger) => [trigger.id, trigger]));
  }

  ofWorkflows(workspaceId: string, workflowIds: readonly string[]): Promise<TriggerRecord[]> {
    return this.deps.store.ofWorkflows(workspaceId, workflowIds);
  }

  /** What arrives at a trigger, as an example. */
  sample({ type, settings }: Pick<TriggerRecord, 'type' | 'settings'>): Record<string, unknown> {
    return this.typeNamed(type).sample(settings);
  }

  typeNamed(name: TriggerRecord['type']): TriggerType {
    const type = this.deps.types.get(name);
    if (!type) throw new NotFoundError('trigger type', `There is no trigger type ${name} here.`);
    return type;
  }

  private async read(workspaceId: string, type: TriggerType, input: Readonly<Record<string, unknown>>, before: TriggerRecord | undefined): Promise<TriggerFields> {
    const problems = new InputProblems();
    const settings = problems.read(type.settings, input['settings'], 'input.settings');
    const workflowId = String(input['workflowId']);
    const { definition } = await this.deps.workflows.headVersion(workspaceId, workflowId);
    const mapping = problems.read(mappingSchema, withoutAbsent(input['mapping']) ?? before?.mapping ?? type.mapping(definition.inputs), 'input.mapping') ?? [];
    const fields: TriggerFields = {
      workflowId,
      name: problems.read(line(100), input['name'], 'input.name') ?? '',
      settings,
      mapping,
      branch: optionalName(problems, input, 'branch'),
      promptLabel: optionalName(problems, input, 'promptLabel'),
      overlap: problems.read(overlapSchema, input['overlap'] ?? 'ALLOW', 'input.overlap') ?? 'ALLOW',
      maxRuns: problems.read(maxRunsSchema, input['maxRuns'] ?? 1, 'input.maxRuns') ?? 1,
      ratePerMinute: problems.read(rateSchema.optional(), input['ratePerMinute'] ?? undefined, 'input.ratePerMinute'),
    };
    if (fields.branch !== undefined && fields.promptLabel !== undefined) problems.add('input.promptLabel', 'Runs take their prompts from a branch or a label, not both. Leave one out.');
    if (settings !== undefined) {
      const roots = [...Object.keys(type.sample(settings)), 'delivery'];
      const found = [...mappingProblems(fields.mapping, definition.inputs, roots), ...((await type.check?.(settings, workspaceId)) ?? [])];
      for (const { field, message } of found) problems.add(`input.${field}`, message);
    }
    problems.throwIfAny();
    return fields;
  }
}

/** Of an update what it gives: null takes away where that is possible, else it means the same as absent. */
function given({ id: _, expectedRevision: __, branch, promptLabel, ratePerMinute, ...rest }: UpdateTriggerInput): Record<string, unknown> {
  const removable = { branch, promptLabel, ratePerMinute };
  return { ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined)), ...Object.fromEntries(Object.entries(removable).filter(([, value]) => value !== undefined)) };
}

function optionalName(problems: InputProblems, input: Readonly<Record<string, unknown>>, field: 'branch' | 'promptLabel'): string | undefined {
  const value = input[field] ?? undefined;
  return value === '' ? undefined : problems.read(line(100).optional(), value, `input.${field}`);
}

/** GraphQL gives null for what was left out. */
function withoutAbsent(mapping: unknown): unknown {
  return Array.isArray(mapping) ? mapping.map(withoutNulls) : (mapping ?? undefined);
}

function changedSince({ name, revision }: TriggerRecord): ConflictError {
  return new ConflictError(`${name} was changed since you began. Look at what it is now, then change it again.`, { revision });
}
