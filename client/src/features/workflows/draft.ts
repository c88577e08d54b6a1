import type { InputType, ModelSettingsInput, RetryPolicyInput, StepType } from '../../gql/graphql';

/**
 * Where a step's input comes from. It points to inputs and steps by the draft's own ids, so that renaming one, or taking it away and
 * bringing it back, leaves the mapping whole. `path` leads into the value, as in `.items[0].title`.
 */
export type Source =
  | { kind: 'none' }
  | { kind: 'input'; id: string; path: string }
  | { kind: 'step'; id: string; path: string }
  | { kind: 'constant'; format: 'text' | 'json'; text: string }
  /** A reference that this editor can't take apart. */
  | { kind: 'reference'; from: string };

export interface DraftInput {
  id: string;
  name: string;
  type: InputType;
  required: boolean;
  description: string;
  defaultText: string;
}

export interface DraftRow {
  id: string;
  name: string;
  source: Source;
}

export interface DraftStep {
  id: string;
  type: StepType;
  name: string;
  key: string;
  /** Until it is changed by hand or saved, the key follows the name. */
  keyFollowsName: boolean;
  promptId: string | null;
  /** In place of the prompt's own. */
  model: ModelSettingsInput | null;
  expression: string;
  rows: DraftRow[];
  /** Ids of the steps that it waits for although it takes nothing from them. */
  after: string[];
  retry: Required<RetryPolicyInput>;
  timeoutMs: number;
}

/** A workflow as it is being edited. */
export interface Draft {
  name: string;
  description: string;
  maxParallel: number;
  inputs: DraftInput[];
  steps: DraftStep[];
}

export const newId = (): string => Math.random().toString(36).slice(2, 10);

export const emptyDraft = (): Draft => ({ name: '', description: '', maxParallel: 4, inputs: [], steps: [] });

export function newStep(type: StepType): DraftStep {
  return {
    id: newId(),
    type,
    name: '',
    key: '',
    keyFollowsName: true,
    promptId: null,
    model: null,
    expression: '',
    rows: [],
    after: [],
    retry: { maxAttempts: 3, initialDelayMs: 1000, maxDelayMs: 30_000 },
    timeoutMs: 120_000,
  };
}

export function newInput(name = '', type: InputType = 'STRING'): DraftInput {
  return { id: newId(), name, type, required: true, description: '', defaultText: '' };
}

export function newRow(name = ''): DraftRow {
  return { id: newId(), name, source: { kind: 'none' } };
}

export function addStep(draft: Draft, step: DraftStep, at = draft.steps.length): Draft {
  return { ...draft, steps: draft.steps.toSpliced(at, 0, step) };
}

export function updateStep(draft: Draft, id: string, change: (step: DraftStep) => DraftStep): Draft {
  return { ...draft, steps: draft.steps.map((step) => (step.id === id ? change(step) : step)) };
}

export function removeStep(draft: Draft, id: string): Draft {
  return { ...draft, steps: draft.steps.filter((step) => step.id !== id) };
}

export function moveStep(draft: Draft, id: string, by: -1 | 1): Draft {
  const from = draft.steps.findIndex((step) => step.id === id);
  const step = draft.steps[from];
  const to = from + by;
  if (!step || to < 0 || to >= draft.steps.length) return draft;
  return { ...draft, steps: draft.steps.toSpliced(from, 1).toSpliced(to, 0, step) };
}

export function addInput(draft: Draft, input: DraftInput, at = draft.inputs.length): Draft {
  return { ...draft, inputs: draft.inputs.toSpliced(at, 0, input) };
}

export function updateInput(draft: Draft, id: string, change: Partial<DraftInput>): Draft {
  return { ...draft, inputs: draft.inputs.map((input) => (input.id === id ? { ...input, ...change } : input)) };
}

export function removeInput(draft: Draft, id: string): Draft {
  return { ...draft, inputs: draft.inputs.filter((input) => input.id !== id) };
}

export function setSource(draft: Draft, stepId: string, rowId: string, source: Source): Draft {
  return updateStep(draft, stepId, (step) => ({ ...step, rows: step.rows.map((row) => (row.id === rowId ? { ...row, source } : row)) }));
}

export function renameStep(draft: Draft, id: string, name: string): Draft {
  const taken = new Set(draft.steps.filter((step) => step.id !== id).map((step) => step.key));
  return updateStep(draft, id, (step) => ({ ...step, name, key: step.keyFollowsName ? freeKey(keyFrom(name), taken) : step.key }));
}

/** Gives a step one row for each variable of its prompt: those it had, and new ones that are mapped to what has the same name. */
export function takeVariables(draft: Draft, stepId: string, variables: readonly string[]): Draft {
  const step = draft.steps.find(({ id }) => id === stepId);
  if (!step) return draft;
  // Kept in the order in which they were saved: another order alone is not a change.
  const kept = step.rows.filter(({ name }) => variables.includes(name));
  const missing = variables.filter((name) => !kept.some((row) => row.name === name));
  if (kept.length === step.rows.length && missing.length === 0) return draft;
  const added = missing.map((name) => ({ ...newRow(name), source: sourceNamed(draft, step, name) }));
  return updateStep(draft, stepId, (each) => ({ ...each, rows: [...kept, ...added] }));
}

function sourceNamed(draft: Draft, step: DraftStep, name: string): Source {
  const plain = (text: string) => text.toLowerCase().replaceAll('_', '');
  const input = draft.inputs.find((each) => plain(each.name) === plain(name));
  if (input) return { kind: 'input', id: input.id, path: '' };
  const earlier = stepsBefore(draft, step.id).find((each) => plain(each.key) === plain(name));
  return earlier ? { kind: 'step', id: earlier.id, path: '' } : { kind: 'none' };
}

export function stepsBefore(draft: Draft, stepId: string): DraftStep[] {
  const at = draft.steps.findIndex(({ id }) => id === stepId);
  return at < 0 ? [] : draft.steps.slice(0, at);
}

/** A name that expressions can use: `Key points, 2nd pass` becomes `key_points_2nd_pass`. */
function keyFrom(name: string): string {
  const key = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 40);
  return /^\d/.test(key) ? `step_${key}` : key;
}

function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (key === '' || !taken.has(key)) return key;
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${key}_${number}`)) return `${key}_${number}`;
  }
}
