import type { StepInputInput, WorkflowDefinitionInput } from '../../gql/graphql';
import { emptyDraft, impliedBefore, newId, newRow, type Draft, type DraftErrorPolicy, type DraftInput, type DraftLimits, type DraftStep, type Source } from './draft';
import { draftWithin, holdsSteps, itemsName } from './draft-scope';
import { readJson, readValue, writeValue, type Reading } from './input-value';
import { stepsInSettings } from './saved-steps';
import type { WorkflowInput, WorkflowStep, WorkflowVersion } from './workflow.operations';

export interface SavedDefinition extends Pick<WorkflowVersion, 'maxParallel' | 'deadlineMs' | 'budgetUsd' | 'concurrency'> {
  inputs: readonly WorkflowInput[];
  steps: readonly WorkflowStep[];
}

/** The draft that editing a saved version begins with. Steps stand in an order in which each comes after what it needs. */
export function draftFrom(name: string, description: string, version: SavedDefinition): Draft {
  const inputs = version.inputs.map(
    (input): DraftInput => ({
      id: newId(),
      name: input.name,
      type: input.type,
      required: input.required,
      description: input.description,
      defaultText: writeValue(input.type, input.defaultValue),
      schemaText: writeJson(input.schema),
      sampleText: writeValue(input.type, input.sample),
    }),
  );
  const inputIds = new Map(inputs.map((input) => [input.name, input.id]));
  return { name, description, maxParallel: version.maxParallel, limits: limitsFrom(version, inputIds), inputs, steps: stepsFrom(version.steps, inputIds) };
}

type InputIds = ReadonlyMap<string, string>;

function stepsFrom(saved: readonly WorkflowStep[], inputs: InputIds): DraftStep[] {
  const ordered = inRunOrder(saved);
  const known = { inputs, steps: new Map(ordered.map((step) => [step.key, newId()])) };
  const draft = { ...emptyDraft(), steps: ordered.map((step) => stepFrom(step, known)) };
  // Handlers wait for what they handle, which only the whole can tell.
  return draft.steps.map((step) => ({ ...step, after: step.after.filter((id) => !impliedBefore(draft, step).has(id)) }));
}

/** The draft's ids, by the names and keys of what was saved. */
interface Known {
  steps: ReadonlyMap<string, string>;
  inputs: InputIds;
}

function stepFrom(step: WorkflowStep, known: Known): DraftStep {
  const { settings, inner } = settingsFrom(step);
  const rows = step.inputs.map((row) => ({ ...newRow(row.name), source: sourceFrom(row.from, row.value, known) }));
  return {
    id: known.steps.get(step.key) ?? newId(),
    type: step.type,
    name: step.name,
    key: step.key,
    keyFollowsName: false,
    settings,
    steps: stepsFrom(inner, new Map(rows.filter(({ name }) => name !== itemsName).map(({ id, name }) => [name, id]))),
    rows,
    after: step.dependsOn.flatMap((key) => known.steps.get(key) ?? []),
    join: step.join,
    branches: step.branches.flatMap(({ step: key, outcome }) => {
      const stepId = known.steps.get(key);
      return stepId === undefined ? [] : [{ stepId, outcome }];
    }),
    onError: {
      action: step.onError.action,
      valueText: writeJson(step.onError.value),
      handlerId: known.steps.get(step.onError.handler ?? '') ?? null,
    },
    onUnknownOutcome: step.onUnknownOutcome,
    retry: { maxAttempts: step.retry.maxAttempts, initialDelayMs: step.retry.initialDelayMs, maxDelayMs: step.retry.maxDelayMs },
    timeoutMs: step.timeoutMs,
  };
}

function settingsFrom({ type, settings }: WorkflowStep): { settings: DraftStep['settings']; inner: WorkflowStep[] } {
  const given: Record<string, unknown> = typeof settings === 'object' && settings !== null ? { ...settings } : {};
  if (!holdsSteps(type)) return { settings: given, inner: [] };
  const { steps, ...others } = given;
  return { settings: others, inner: stepsInSettings(steps) };
}

function limitsFrom({ deadlineMs, budgetUsd, concurrency }: SavedDefinition, inputs: InputIds): DraftLimits {
  const key = concurrency?.key;
  return {
    deadlineMs: deadlineMs ?? null,
    budgetUsd: budgetUsd ?? null,
    maxRuns: concurrency?.maxRuns ?? null,
    runKey: key ? sourceFrom(key, undefined, { inputs, steps: new Map() }) : { kind: 'none' },
    maxRunsPerKey: concurrency?.maxRunsPerKey ?? null,
  };
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

const referencePattern = /^(?:inputs\.(?<input>\w+)|steps\.(?<step>\w+)\.(?<part>output|error)|(?<own>item|index)|secrets\.(?<secret>\w+))(?<path>(?:[.[].*)?)$/s;

function sourceFrom(from: string | null | undefined, value: unknown, { inputs, steps }: Known): Source {
  if (from === null || from === undefined) {
    return typeof value === 'string'
      ? { kind: 'constant', format: 'text', text: value }
      : { kind: 'constant', format: 'json', text: JSON.stringify(value ?? null, null, 2) };
  }
  const { input, step, part, own, secret, path = '' } = referencePattern.exec(from)?.groups ?? {};
  if (own === 'item') return { kind: 'item', path };
  if (own === 'index' && path === '') return { kind: 'index' };
  if (secret !== undefined && path === '') return { kind: 'secret', name: secret };
  const inputId = input === undefined ? undefined : inputs.get(input);
  if (inputId !== undefined) return { kind: 'input', id: inputId, path };
  const stepId = step === undefined ? undefined : steps.get(step);
  if (stepId !== undefined) return { kind: part === 'error' ? 'error' : 'step', id: stepId, path };
  return { kind: 'reference', from };
}

/** The definition as the server takes it; what is not filled in yet is left out. */
export function definitionFrom(draft: Draft): WorkflowDefinitionInput {
  const { deadlineMs, budgetUsd } = draft.limits;
  return {
    maxParallel: draft.maxParallel,
    deadlineMs,
    budgetUsd,
    concurrency: concurrencyOf(draft),
    inputs: draft.inputs.map((input) => ({
      name: input.name.trim(),
      type: input.type,
      required: input.required,
      description: input.description.trim(),
      defaultValue: read(readValue(input.type, input.defaultText), input.defaultText),
      schema: read(readJson(input.schemaText), input.schemaText),
      sample: read(readValue(input.type, input.sampleText), input.sampleText),
    })),
    steps: sentSteps(draft),
  };
}

function sentSteps(draft: Draft): WorkflowDefinitionInput['steps'] {
  return draft.steps.map((step) => ({
    key: step.key.trim(),
    name: step.name.trim(),
    type: step.type,
    settings: holdsSteps(step.type) ? { ...step.settings, steps: sentSteps(draftWithin(step)) } : step.settings,
    inputs: sentRows(draft, step).map(({ input }) => input),
    dependsOn: step.after.flatMap((id) => keyOf(draft, id) ?? []),
    join: step.join,
    branches: step.branches.flatMap(({ stepId, outcome }) => {
      const key = keyOf(draft, stepId);
      return key === undefined ? [] : [{ step: key, outcome }];
    }),
    onError: sentPolicy(draft, step.onError),
    onUnknownOutcome: step.onUnknownOutcome,
    retry: { ...step.retry },
    timeoutMs: step.timeoutMs,
  }));
}

function concurrencyOf(draft: Draft): WorkflowDefinitionInput['concurrency'] {
  const { maxRuns, runKey, maxRunsPerKey } = draft.limits;
  const source = sentValue(draft, runKey);
  const key = source && 'from' in source ? source.from : null;
  return maxRuns === null && key === null && maxRunsPerKey === null ? null : { maxRuns, key, maxRunsPerKey };
}

function sentPolicy(draft: Draft, { action, valueText, handlerId }: DraftErrorPolicy) {
  if (action === 'CONTINUE') return { action, value: read(readJson(valueText), valueText) };
  return action === 'HANDLE' ? { action, handler: handlerId === null ? undefined : keyOf(draft, handlerId) } : { action };
}

function read(reading: Reading, text: string): unknown {
  return text === '' || reading.problem !== undefined ? undefined : reading.value;
}

function writeJson(value: unknown): string {
  return value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
}

function keyOf(draft: Draft, stepId: string): string | undefined {
  return draft.steps.find(({ id }) => id === stepId)?.key.trim();
}

/** The rows of a step that have a value to send, in the order in which they are sent. */
export function sentRows(draft: Draft, step: DraftStep): { rowId: string; input: StepInputInput }[] {
  return step.rows.flatMap((row) => {
    const value = sentValue(draft, row.source);
    return value ? [{ rowId: row.id, input: { name: row.name.trim(), ...value } }] : [];
  });
}

/** What a source stands for, as the server takes it. */
export function sentValue(draft: Draft, source: Source): { from: string } | { value: unknown } | undefined {
  switch (source.kind) {
    case 'none':
      return undefined;
    case 'reference':
      return { from: source.from };
    case 'item':
      return { from: `item${normalPath(source.path)}` };
    case 'index':
      return { from: 'index' };
    case 'secret':
      return { from: `secrets.${source.name}` };
    case 'constant': {
      const reading = source.format === 'text' ? { value: source.text } : readJson(source.text);
      return reading.problem === undefined ? { value: reading.value } : undefined;
    }
    case 'input': {
      const input = draft.inputs.find(({ id }) => id === source.id);
      return input && { from: `inputs.${input.name.trim()}${normalPath(source.path)}` };
    }
    case 'step':
    case 'error': {
      const key = keyOf(draft, source.id);
      return key === undefined ? undefined : { from: `steps.${key}.${source.kind === 'step' ? 'output' : 'error'}${normalPath(source.path)}` };
    }
  }
}

function normalPath(path: string): string {
  const trimmed = path.trim();
  return trimmed === '' || /^[.[]/.test(trimmed) ? trimmed : `.${trimmed}`;
}
