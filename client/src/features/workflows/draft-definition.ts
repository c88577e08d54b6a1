import * as z from 'zod/mini';
import type { StepInputInput, WorkflowDefinitionInput } from '../../gql/graphql';
import { newId, newRow, type Draft, type DraftStep, type Source } from './draft';
import { readJson, readValue, writeValue } from './input-value';
import type { WorkflowInput, WorkflowStep } from './workflow.operations';

export interface SavedDefinition {
  maxParallel: number;
  inputs: readonly WorkflowInput[];
  steps: readonly WorkflowStep[];
}

const settingsSchema = z.object({
  promptId: z.catch(z.optional(z.string()), undefined),
  model: z.catch(
    z.optional(z.object({ model: z.string(), temperature: z.nullish(z.number()), topP: z.nullish(z.number()), maxOutputTokens: z.nullish(z.number()) })),
    undefined,
  ),
  expression: z.catch(z.optional(z.string()), undefined),
});

/** The draft that editing a saved version begins with. Steps stand in an order in which each comes after what it needs. */
export function draftFrom(name: string, description: string, version: SavedDefinition): Draft {
  const inputs = version.inputs.map((input) => ({
    id: newId(),
    name: input.name,
    type: input.type,
    required: input.required,
    description: input.description,
    defaultText: writeValue(input.type, input.defaultValue),
  }));
  const saved = inRunOrder(version.steps);
  const ids = new Map(saved.map((step) => [step.key, newId()]));
  const inputIds = new Map(inputs.map((input) => [input.name, input.id]));
  const steps = saved.map((step): DraftStep => {
    const parsed = settingsSchema.safeParse(step.settings);
    const settings = parsed.success ? parsed.data : {};
    const rows = step.inputs.map((row) => ({ ...newRow(row.name), source: sourceFrom(row.from, row.value, inputIds, ids) }));
    const implied = new Set(rows.flatMap(({ source }) => (source.kind === 'step' ? [source.id] : [])));
    return {
      id: ids.get(step.key) ?? newId(),
      type: step.type,
      name: step.name,
      key: step.key,
      keyFollowsName: false,
      promptId: settings.promptId ?? null,
      model: settings.model ?? null,
      expression: settings.expression ?? '',
      rows,
      after: step.dependsOn.flatMap((key) => ids.get(key) ?? []).filter((id) => !implied.has(id)),
      retry: { maxAttempts: step.retry.maxAttempts, initialDelayMs: step.retry.initialDelayMs, maxDelayMs: step.retry.maxDelayMs },
      timeoutMs: step.timeoutMs,
    };
  });
  return { name, description, maxParallel: version.maxParallel, inputs, steps };
}

function inRunOrder(steps: readonly WorkflowStep[]): WorkflowStep[] {
  const left = [...steps];
  const done = new Set<string>();
  const ordered: WorkflowStep[] = [];
  while (left.length > 0) {
    const ready = left.findIndex((step) => step.dependsOn.every((key) => done.has(key)));
    for (const step of left.splice(Math.max(ready, 0), 1)) {
      done.add(step.key);
      ordered.push(step);
    }
  }
  return ordered;
}

const referencePattern = /^(?:inputs\.(?<input>\w+)|steps\.(?<step>\w+)\.output)(?<path>(?:[.[].*)?)$/s;

function sourceFrom(from: string | null | undefined, value: unknown, inputs: ReadonlyMap<string, string>, steps: ReadonlyMap<string, string>): Source {
  if (from === null || from === undefined) {
    return typeof value === 'string'
      ? { kind: 'constant', format: 'text', text: value }
      : { kind: 'constant', format: 'json', text: JSON.stringify(value ?? null, null, 2) };
  }
  const { input, step, path = '' } = referencePattern.exec(from)?.groups ?? {};
  const inputId = input === undefined ? undefined : inputs.get(input);
  if (inputId !== undefined) return { kind: 'input', id: inputId, path };
  const stepId = step === undefined ? undefined : steps.get(step);
  if (stepId !== undefined) return { kind: 'step', id: stepId, path };
  return { kind: 'reference', from };
}

/** The definition as the server takes it; what is not filled in yet is left out. */
export function definitionFrom(draft: Draft): WorkflowDefinitionInput {
  return {
    maxParallel: draft.maxParallel,
    inputs: draft.inputs.map((input) => {
      const reading = input.defaultText === '' ? { value: undefined } : readValue(input.type, input.defaultText);
      return {
        name: input.name.trim(),
        type: input.type,
        required: input.required,
        description: input.description.trim(),
        defaultValue: reading.problem === undefined ? reading.value : undefined,
      };
    }),
    steps: draft.steps.map((step) => ({
      key: step.key.trim(),
      name: step.name.trim(),
      type: step.type,
      settings: settingsOf(step),
      inputs: sentRows(draft, step).map(({ input }) => input),
      dependsOn: step.after.flatMap((id) => draft.steps.find((each) => each.id === id)?.key ?? []),
      retry: { ...step.retry },
      timeoutMs: step.timeoutMs,
    })),
  };
}

function settingsOf(step: DraftStep): unknown {
  if (step.type === 'TRANSFORM') return { expression: step.expression };
  return step.model ? { promptId: step.promptId, model: step.model } : { promptId: step.promptId };
}

/** The rows of a step that have a value to send, in the order in which they are sent. */
export function sentRows(draft: Draft, step: DraftStep): { rowId: string; input: StepInputInput }[] {
  return step.rows.flatMap((row) => {
    const value = sentValue(draft, row.source);
    return value ? [{ rowId: row.id, input: { name: row.name.trim(), ...value } }] : [];
  });
}

function sentValue(draft: Draft, source: Source): { from: string } | { value: unknown } | undefined {
  switch (source.kind) {
    case 'none':
      return undefined;
    case 'reference':
      return { from: source.from };
    case 'constant': {
      const reading = source.format === 'text' ? { value: source.text } : readJson(source.text);
      return reading.problem === undefined ? { value: reading.value } : undefined;
    }
    case 'input': {
      const input = draft.inputs.find(({ id }) => id === source.id);
      return input && { from: `inputs.${input.name.trim()}${normalPath(source.path)}` };
    }
    case 'step': {
      const step = draft.steps.find(({ id }) => id === source.id);
      return step && { from: `steps.${step.key.trim()}.output${normalPath(source.path)}` };
    }
  }
}

function normalPath(path: string): string {
  const trimmed = path.trim();
  return trimmed === '' || /^[.[]/.test(trimmed) ? trimmed : `.${trimmed}`;
}
