import { type StepScope } from '../../../schema/workflow-validation.js';
import { type WorkflowDefinitionInput, type WorkflowInputInput, type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { parseReference, type Reference, ReferenceSyntaxError } from './reference.js';
import { type StepTypes } from './step-types/registry.js';

const typeNames = { STRING: 'string', TEXT: 'string', NUMBER: 'number', BOOLEAN: 'boolean' };

/**
 * What the inputs of each step can be taken from: the workflow's inputs, what the steps that stand before it make, and secrets where it sends them.
 * @param workflowId of which samples are taken
 */
export function scopesOf({ inputs, steps }: WorkflowDefinitionInput, types: StepTypes, { workflowId, secretNames }: { workflowId: string | undefined; secretNames: ReadonlySet<string> }): StepScope[] {
  const fromInputs = inputs.map((input) => ({ from: `inputs.${input.name}`, title: input.name, type: inputType(input), given: input.sample ?? input.defaultValue ?? undefined, workflowId }));
  const secrets = [...secretNames].map((name) => ({ from: `secrets.${name}`, title: name, type: 'string' }));
  const waits = waitsOf(steps);
  return steps.map((step, index) => ({
    stepKey: step.key,
    // What has no proper name yet can't be referred to.
    values: [
      ...fromInputs,
      ...steps
        .slice(0, index)
        .filter((earlier) => !comesAfter(earlier.key, step.key, waits))
        .flatMap((earlier) => {
          const output = { from: `steps.${earlier.key}.output`, title: earlier.name || earlier.key, type: types[earlier.type].outputType?.(earlier.settings) ?? 'unknown', workflowId };
          const error = { from: `steps.${earlier.key}.error`, title: `Error of ${output.title}`, type: 'object', workflowId };
          return earlier.onError && earlier.onError.action !== 'STOP' ? [output, error] : [output];
        }),
      ...(types[step.type].takesSecrets ? secrets : []),
    ].filter(({ from }) => referenceFrom(from) !== undefined),
  }));
}

function inputType({ type, schema }: WorkflowInputInput): string {
  if (type !== 'JSON') return typeNames[type];
  return typeof schema === 'object' && schema !== null && 'type' in schema && typeof schema.type === 'string' ? schema.type : 'unknown';
}

/** By the key of a step, those that it waits for. */
function waitsOf(steps: readonly WorkflowStepInput[]): Map<string, Set<string>> {
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
