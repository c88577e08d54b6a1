import type { InputType, RetryPolicyInput, StepErrorAction, StepJoin, StepType, UnknownOutcomeAction } from '../../gql/graphql';

/**
 * Where a step's input comes from. It points to inputs and steps by the draft's own ids, so that renaming one, or taking it away and
 * bringing it back, leaves the mapping whole. `path` leads into the value, as in `.items[0].title`.
 */
export type Source =
  | { kind: 'none' }
  | { kind: 'input'; id: string; path: string }
  | { kind: 'step'; id: string; path: string }
  /** Why a step failed. */
  | { kind: 'error'; id: string; path: string }
  /** Within a step that runs its steps for each item of a list: the item, and its place from 0. */
  | { kind: 'item'; path: string }
  | { kind: 'index' }
  | { kind: 'secret'; name: string }
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
  /** A JSON Schema and an example, as JSON text; nothing: none. */
  schemaText: string;
  sampleText: string;
}

export interface DraftRow {
  id: string;
  name: string;
  source: Source;
  /** It may stay without a source. */
  optional?: boolean;
}

export interface DraftBranch {
  stepId: string;
  outcome: string;
}

export interface DraftErrorPolicy {
  action: StepErrorAction;
  /** With CONTINUE, as JSON. */
  valueText: string;
  /** With HANDLE. */
  handlerId: string | null;
}

export interface DraftStep {
  id: string;
  type: StepType;
  name: string;
  key: string;
  /** Until it is changed by hand or saved, the key follows the name. */
  keyFollowsName: boolean;
  /** As the type has them, but for the steps within. What this editor does not know of them is kept as it is. */
  settings: Readonly<Record<string, unknown>>;
  /** Of a type that holds steps: those that run within it. */
  steps: DraftStep[];
  rows: DraftRow[];
  /** Ids of the steps that it waits for although it takes nothing from them. */
  after: string[];
  join: StepJoin;
  /** It runs only when these steps decided so: of several for one step any, of several steps each. */
  branches: DraftBranch[];
  onError: DraftErrorPolicy;
  onUnknownOutcome: UnknownOutcomeAction;
  retry: Required<RetryPolicyInput>;
  timeoutMs: number;
}

/** What holds runs back or ends them; null: no limit. */
export interface DraftLimits {
  deadlineMs: number | null;
  budgetUsd: number | null;
  maxRuns: number | null;
  /** What tells runs apart, of which only so many may run with the same value. */
  runKey: Source;
  maxRunsPerKey: number | null;
}

/** A workflow as it is being edited. */
export interface Draft {
  name: string;
  description: string;
  maxParallel: number;
  limits: DraftLimits;
  inputs: DraftInput[];
  steps: DraftStep[];
}

export const newId = (): string => Math.random().toString(36).slice(2, 10);

const noLimits: DraftLimits = { deadlineMs: null, budgetUsd: null, maxRuns: null, runKey: { kind: 'none' }, maxRunsPerKey: null };

export const emptyDraft = (): Draft => ({ name: '', description: '', maxParallel: 4, limits: noLimits, inputs: [], steps: [] });

/** @param names of the values that it is given from the start */
export function newStep(type: StepType, settings: DraftStep['settings'] = {}, names: readonly string[] = []): DraftStep {
  return {
    id: newId(),
    type,
    name: '',
    key: '',
    keyFollowsName: true,
    settings,
    steps: [],
    rows: names.map(newRow),
    after: [],
    join: 'ALL',
    branches: [],
    onError: { action: 'STOP', valueText: '', handlerId: null },
    onUnknownOutcome: 'RETRY',
    retry: { maxAttempts: 3, initialDelayMs: 1000, maxDelayMs: 30_000 },
    timeoutMs: 120_000,
  };
}

export function newInput(name = '', type: InputType = 'STRING'): DraftInput {
  return { id: newId(), name, type, required: true, description: '', defaultText: '', schemaText: '', sampleText: '' };
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

export function changeSettings(draft: Draft, id: string, changes: Record<string, unknown>): Draft {
  return updateStep(draft, id, (step) => ({ ...step, settings: { ...step.settings, ...changes } }));
}

/** A copy right after the step, under a key of its own. Nothing hangs on it yet. */
export function duplicateStep(draft: Draft, id: string, copyId: string): Draft {
  const at = draft.steps.findIndex((step) => step.id === id);
  const step = draft.steps[at];
  if (!step) return draft;
  const taken = new Set(draft.steps.map(({ key }) => key));
  const copy: DraftStep = {
    ...step,
    ...withNewIds(step),
    id: copyId,
    name: step.name && `${step.name.slice(0, 95)} copy`,
    key: freeKey(step.key.slice(0, 47), taken),
  };
  return addStep(draft, copy, at + 1);
}

/** The same with ids of its own, within it too. What it takes from elsewhere stays as it is. */
function withNewIds(step: DraftStep): DraftStep {
  const ids = new Map([...step.rows, ...step.steps].map(({ id }) => [id, newId()]));
  const renewed = (id: string) => ids.get(id) ?? id;
  const within = (inner: DraftStep): DraftStep => {
    const own = withNewIds(inner);
    const { handlerId } = own.onError;
    return {
      ...own,
      id: renewed(own.id),
      rows: own.rows.map((row) => ({ ...row, source: 'id' in row.source ? { ...row.source, id: renewed(row.source.id) } : row.source })),
      after: own.after.map(renewed),
      branches: own.branches.map((branch) => ({ ...branch, stepId: renewed(branch.stepId) })),
      onError: { ...own.onError, handlerId: handlerId === null ? null : renewed(handlerId) },
    };
  };
  return { ...step, rows: step.rows.map((row) => ({ ...row, id: renewed(row.id) })), steps: step.steps.map(within) };
}

/** Ids of the steps that it waits for in any case: what it takes, what its branches hang on, and whose failure it handles. */
export function impliedBefore(draft: Draft, step: DraftStep): Set<string> {
  return new Set([
    ...step.rows.flatMap(({ source }) => (source.kind === 'step' || source.kind === 'error' ? [source.id] : [])),
    ...step.branches.map(({ stepId }) => stepId),
    ...draft.steps.filter(({ onError }) => onError.action === 'HANDLE' && onError.handlerId === step.id).map(({ id }) => id),
  ]);
}

export function removeStep(draft: Draft, id: string): Draft {
  return { ...draft, steps: draft.steps.filter((step) => step.id !== id) };
}

export function moveStep(draft: Draft, id: string, by: number): Draft {
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

/** Something that what a step runs is given by name. */
export interface Wanted {
  name: string;
  optional: boolean;
}

/** Gives a step one row for each value that what it runs is given: those it had, and new ones, of which those that are needed are mapped to what has the same name. */
export function takeVariables(draft: Draft, stepId: string, wanted: readonly Wanted[]): Draft {
  const step = draft.steps.find(({ id }) => id === stepId);
  if (!step) return draft;
  const optional = new Map(wanted.map((each) => [each.name, each.optional]));
  // Kept in the order in which they were saved: another order alone is not a change.
  const kept = step.rows.filter(({ name }) => optional.has(name));
  const missing = wanted.filter(({ name }) => !kept.some((row) => row.name === name));
  const isSame = kept.length === step.rows.length && missing.length === 0 && kept.every((row) => !!row.optional === optional.get(row.name));
  if (isSame) return draft;
  const added = missing.map((each): DraftRow => ({ ...newRow(each.name), ...(!each.optional && { source: sourceNamed(draft, step, each.name) }) }));
  return updateStep(draft, stepId, (each) => ({ ...each, rows: [...kept, ...added].map((row) => ({ ...row, optional: optional.get(row.name) })) }));
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
