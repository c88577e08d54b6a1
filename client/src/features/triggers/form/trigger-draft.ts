import type { CreateTriggerInput, TriggerInputMappingInput, TriggerOverlap, TriggerType, UpdateTriggerInput } from '../../../gql/graphql';
import { readValue, writeValue } from '../../workflows/input-value';
import type { WorkflowInput } from '../../workflows/workflow.operations';
import type { Trigger } from '../trigger.operations';

/** What an input is given: a value found in what arrives, always the same one, or what the workflow says. */
export interface MappedInput {
  kind: 'PATH' | 'VALUE' | 'DEFAULT';
  path: string;
  /** Of a value that is always the same, as it is typed. */
  text: string;
}

export interface TriggerDraft {
  name: string;
  type: TriggerType;
  workflowId: string | null;
  settings: unknown;
  /** By the names of inputs. */
  mapping: Readonly<Record<string, MappedInput>>;
  runOn: 'STEPS' | 'BRANCH' | 'LABEL';
  branch: string;
  promptLabel: string;
  overlap: TriggerOverlap;
  maxRuns: number;
  ratePerMinute: number | null;
}

export function newDraft(type: TriggerType, settings: unknown, workflowId: string | null): TriggerDraft {
  return { name: '', type, workflowId, settings, mapping: {}, runOn: 'STEPS', branch: '', promptLabel: '', overlap: 'ALLOW', maxRuns: 1, ratePerMinute: null };
}

/** @param inputs of the workflow, whose types say how fixed values are typed */
export function draftOf(trigger: Trigger, inputs: readonly WorkflowInput[]): TriggerDraft {
  const { name, type, settings, branch, promptLabel, overlap, maxRuns, ratePerMinute, workflow } = trigger;
  const typeOf = (input: string) => inputs.find((each) => each.name === input)?.type ?? 'JSON';
  const mapped = trigger.mapping.map(({ name: input, from, value }): [string, MappedInput] => [
    input,
    typeof from === 'string' ? { kind: 'PATH', path: from, text: '' } : { kind: 'VALUE', path: '', text: writeValue(typeOf(input), value) },
  ]);
  const unmapped = inputs.map(({ name: input }): [string, MappedInput] => [input, { kind: 'DEFAULT', path: '', text: '' }]);
  return {
    name, type, workflowId: workflow.id, settings, mapping: Object.fromEntries([...unmapped, ...mapped]),
    runOn: branch ? 'BRANCH' : promptLabel ? 'LABEL' : 'STEPS', branch: branch ?? '', promptLabel: promptLabel ?? '', overlap, maxRuns, ratePerMinute: ratePerMinute ?? null,
  };
}

/** What an input of a workflow begins with, until somebody maps it. */
function suggestedMapping({ name, required }: WorkflowInput, arrives: Readonly<Record<string, unknown>>): MappedInput {
  if ('payload' in arrives) return { kind: 'PATH', path: `payload.${name}`, text: '' };
  return { kind: required ? 'VALUE' : 'DEFAULT', path: '', text: '' };
}

export function mappedInput(draft: TriggerDraft, input: WorkflowInput, arrives: Readonly<Record<string, unknown>>): MappedInput {
  return draft.mapping[input.name] ?? suggestedMapping(input, arrives);
}

export interface ReadMapping {
  mapping: TriggerInputMappingInput[];
  /** By the names of inputs. */
  problems: Readonly<Record<string, string>>;
}

/** What the draft maps, and what can be told to be wrong with it without asking the server. */
export function readMapping(draft: TriggerDraft, inputs: readonly WorkflowInput[], arrives: Readonly<Record<string, unknown>>): ReadMapping {
  const mapping: TriggerInputMappingInput[] = [];
  const problems: Record<string, string> = {};
  for (const input of inputs) {
    const { kind, path, text } = mappedInput(draft, input, arrives);
    if (kind === 'PATH') {
      if (path.trim() === '') problems[input.name] = 'Choose a value of what arrives, or write its path.';
      else mapping.push({ name: input.name, from: path.trim() });
    } else if (kind === 'VALUE') {
      const { value, problem } = readFixed(input, text);
      if (problem !== undefined) problems[input.name] = problem;
      else mapping.push({ name: input.name, value });
    } else if (input.required && (input.defaultValue ?? null) === null) {
      problems[input.name] = 'The workflow needs this. Give it a value.';
    }
  }
  return { mapping, problems };
}

function readFixed(input: WorkflowInput, text: string): { value?: unknown; problem?: string } {
  if (text === '') return input.type === 'BOOLEAN' ? { value: false } : { problem: 'Give it a value.' };
  return readValue(input.type, text);
}

/** What all types have in common, as the API takes it. */
export function fieldsOf(draft: TriggerDraft, mapping: TriggerInputMappingInput[]) {
  return {
    name: draft.name.trim(),
    settings: draft.settings,
    mapping,
    branch: draft.runOn === 'BRANCH' ? draft.branch : null,
    promptLabel: draft.runOn === 'LABEL' ? draft.promptLabel.trim() : null,
    overlap: draft.overlap,
    maxRuns: draft.maxRuns,
    ratePerMinute: draft.ratePerMinute,
  } satisfies Partial<CreateTriggerInput> & Partial<UpdateTriggerInput>;
}
