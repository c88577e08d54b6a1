import { z } from 'zod';
import { type WorkflowDefinitionInput, type WorkflowInputInput, type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { type AvailableValue, type StepScope } from '../../../schema/workflow-validation.js';
import { stepTypeSchema } from './definition.js';
import { formatReference, parseReference, type Reference, ReferenceSyntaxError, resolveReference } from './reference.js';
import { type StepTypes } from './step-types/registry.js';

/** As much of a step as its scope, and that of others, depends on. */
type ScopedStep = Pick<WorkflowStepInput, 'key' | 'name' | 'type' | 'settings' | 'inputs' | 'dependsOn' | 'branches' | 'onError'>;

const text = z.string().catch('');

/** Steps within a step, as far as they are written yet. */
const innerStepsSchema = z.object({
  steps: z.array(
    z.object({
      key: text,
      name: text,
      type: stepTypeSchema,
      settings: z.unknown().default({}),
      inputs: z.array(z.object({ name: text, from: z.string().optional(), value: z.unknown().optional() })).catch([]),
      dependsOn: z.array(z.string()).catch([]),
      branches: z.array(z.object({ step: text, outcome: text })).catch([]),
      onError: z.object({ action: z.enum(['STOP', 'CONTINUE', 'HANDLE']), handler: z.string().optional() }).optional().catch(undefined),
    }),
  ),
});

const typeNames = { STRING: 'string', TEXT: 'string', NUMBER: 'number', BOOLEAN: 'boolean' };

/**
 * What the inputs of each step can be taken from: the workflow's inputs, what the steps that stand before it make, and secrets where it sends them;
 * within a MAP the item, its place and what the MAP is given.
 * @param workflowId of which samples are taken
 */
export function scopesOf({ inputs, steps }: WorkflowDefinitionInput, types: StepTypes, { workflowId, secretNames }: { workflowId: string | undefined; secretNames: ReadonlySet<string> }): StepScope[] {
  const given = inputs.map((input): AvailableValue => {
    const from = `inputs.${input.name}`;
    return { from, title: input.name, type: inputType(input), given: input.sample ?? input.defaultValue ?? undefined, workflowId, sampleFrom: from };
  });
  const secrets = [...secretNames].map((name): AvailableValue => ({ from: `secrets.${name}`, title: name, type: 'string' }));
  return scopesWithin(steps, given, { types, secrets, workflowId, prefix: '' });
}

interface Surroundings {
  types: StepTypes;
  secrets: readonly AvailableValue[];
  /** Undefined within a MAP: what its steps made is in runs of their own. */
  workflowId: string | undefined;
  prefix: string;
}

function scopesWithin(steps: readonly ScopedStep[], given: readonly AvailableValue[], surroundings: Surroundings): StepScope[] {
  const { types, secrets, workflowId, prefix } = surroundings;
  const waits = waitsOf(steps);
  const outputs = new Map(steps.map((step) => [step.key, outputsOf(step, types, workflowId)]));
  return steps.flatMap((step, index) => {
    const earlier = steps.slice(0, index).filter(({ key }) => !comesAfter(key, step.key, waits));
    // What has no proper name yet can't be referred to.
    const values = [...given, ...earlier.flatMap(({ key }) => outputs.get(key) ?? []), ...(types[step.type].takesSecrets ? secrets : [])].filter(({ from }) => referenceFrom(from) !== undefined);
    const inner = step.type === 'MAP' ? innerStepsSchema.safeParse(step.settings) : undefined;
    const within = inner?.success ? scopesWithin(inner.data.steps, givenWithin(step, values), { ...surroundings, workflowId: undefined, prefix: `${prefix}${step.key}/` }) : [];
    return [{ stepKey: prefix + step.key, values }, ...within];
  });
}

function outputsOf({ key, name, type, settings, onError }: ScopedStep, types: StepTypes, workflowId: string | undefined): AvailableValue[] {
  const title = name || key;
  const made = (part: 'output' | 'error'): Pick<AvailableValue, 'from' | 'sampleFrom' | 'workflowId'> => {
    const from = `steps.${key}.${part}`;
    return { from, workflowId, ...(workflowId !== undefined && { sampleFrom: from }) };
  };
  const output = { ...made('output'), title, type: types[type].outputType?.(settings) ?? 'unknown' };
  return onError && onError.action !== 'STOP' ? [output, { ...made('error'), title: `Error of ${title}`, type: 'object' }] : [output];
}

/** What the steps of a MAP are told. @param outer what the MAP itself can be given */
function givenWithin({ inputs }: ScopedStep, outer: readonly AvailableValue[]): AvailableValue[] {
  const items = inputs.find(({ name }) => name === 'items');
  return [
    { from: 'item', title: 'The item', type: 'unknown', ...(items && partOf(knownOf(items, outer), '[0]', [0])) },
    { from: 'index', title: 'Its place', type: 'integer', given: 0 },
    ...inputs.filter(({ name }) => name !== 'items').map((input) => ({ type: 'unknown', ...knownOf(input, outer), from: `inputs.${input.name}`, title: input.name })),
  ];
}

type Known = Partial<Pick<AvailableValue, 'type' | 'given' | 'workflowId' | 'sampleFrom'>>;

/** What is known of a value by what it is taken from. */
function knownOf({ from, value }: ScopedStep['inputs'][number], outer: readonly AvailableValue[]): Known {
  if (typeof from !== 'string') return { given: value ?? undefined, type: typeOf(value) };
  const reference = referenceFrom(from);
  if (!reference) return {};
  const root = formatReference({ ...reference, path: [] });
  const whole = outer.find((each) => each.from === root);
  if (!whole) return {};
  return reference.path.length === 0 ? whole : partOf(whole, formatReference(reference).slice(root.length), reference.path);
}

function partOf({ given, workflowId, sampleFrom }: Known, path: string, parts: Reference['path']): Known {
  const part = resolveReference({ kind: 'item', path: parts }, { inputs: { item: given }, outputOf: () => undefined, errorOf: () => undefined });
  return { given: part, workflowId, ...(sampleFrom !== undefined && { sampleFrom: sampleFrom + path }) };
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'unknown';
  return Array.isArray(value) ? 'array' : typeof value;
}

function inputType({ type, schema }: WorkflowInputInput): string {
  if (type !== 'JSON') return typeNames[type];
  return typeof schema === 'object' && schema !== null && 'type' in schema && typeof schema.type === 'string' ? schema.type : 'unknown';
}

/** By the key of a step, those that it waits for. */
function waitsOf(steps: readonly ScopedStep[]): Map<string, Set<string>> {
  const waits = new Map(steps.map(({ key }) => [key, new Set<string>()]));
  for (const { key, dependsOn, branches, inputs, onError } of steps) {
    const own = waits.get(key);
    for (const on of [...dependsOn, ...(branches ?? []).map(({ step }) => step), ...inputs.flatMap(({ from }) => stepOf(from))]) own?.add(on);
    if (onError?.action === 'HANDLE' && onError.handler) waits.get(onError.handler)?.add(key);
  }
  return waits;
}

function stepOf(from: string | null | undefined): string[] {
  const reference = from ? referenceFrom(from) : undefined;
  return reference?.kind === 'step' || reference?.kind === 'error' ? [reference.key] : [];
}

function referenceFrom(text: string): Reference | undefined {
  try {
    return parseReference(text);
  } catch (error) {
    if (error instanceof ReferenceSyntaxError) return undefined;
    throw error;
  }
}

function comesAfter(step: string, other: string, waits: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set<string>();
  const left = [step];
  for (let key = left.pop(); key !== undefined; key = left.pop()) {
    if (seen.has(key)) continue;
    seen.add(key);
    for (const on of waits.get(key) ?? []) {
      if (on === other) return true;
      left.push(on);
    }
  }
  return false;
}
