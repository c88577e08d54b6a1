import { stepsBefore, type Draft, type DraftRow, type DraftStep, type Source } from './draft';
import { nameOf } from './draft-problems';
import { rulesOf } from './steps/rules-registry';

export interface SourceChoice {
  value: string;
  label: string;
  /** Undefined: an input that is made when it is chosen. */
  source: Source | undefined;
}

interface ChoiceGroup {
  group: string;
  items: SourceChoice[];
}

const newInputValue = 'new-input';

/** What a value of a step can be taken from. What it is taken from now is among it in any case. @param depth how many steps the step stands within @param secrets their names */
export function choicesFor(draft: Draft, step: DraftStep, row: DraftRow, { depth, secrets }: { depth: number; secrets: readonly string[] }): ChoiceGroup[] {
  const earlier = stepsBefore(draft, step.id);
  const name = row.name.trim();
  const canAdd = name !== '' && !draft.inputs.some((input) => input.name.trim() === name);
  const constant = row.source.kind === 'constant' ? row.source.text : '';
  const groups: ChoiceGroup[] = [
    { group: 'Each item', items: depth === 0 ? [] : [choice('The item', { kind: 'item', path: '' }), choice('Its place in the list, from 0', { kind: 'index' })] },
    {
      group: depth === 0 ? 'Workflow inputs' : 'Values of the step around',
      items: [
        ...draft.inputs.map((input) => choice(input.name.trim() || 'Input without a name', { kind: 'input', id: input.id, path: '' })),
        ...(canAdd ? [{ value: newInputValue, label: depth === 0 ? `New input “${name}”` : `New value “${name}”`, source: undefined }] : []),
      ],
    },
    { group: 'Output of an earlier step', items: earlier.map((each) => choice(titleOf(draft, each), { kind: 'step', id: each.id, path: '' })) },
    {
      group: 'What went wrong in an earlier step',
      items: earlier.filter(({ onError }) => onError.action !== 'STOP').map((each) => choice(`Error of ${titleOf(draft, each)}`, { kind: 'error', id: each.id, path: '' })),
    },
    { group: 'Secret', items: rulesOf(step.type).takesSecrets ? secrets.map((secret) => choice(secret, { kind: 'secret', name: secret })) : [] },
    {
      group: 'Fixed value',
      items: [choice('Fixed text', { kind: 'constant', format: 'text', text: constant }), choice('Fixed JSON value', { kind: 'constant', format: 'json', text: constant })],
    },
  ];
  const chosen = valueOf(row.source);
  const isOffered = chosen === null || groups.some(({ items }) => items.some(({ value }) => value === chosen));
  const lost = isOffered ? [] : [{ group: 'Not available here', items: [choice(lostLabel(draft, row.source), row.source)] }];
  return [...lost, ...groups].filter(({ items }) => items.length > 0);
}

const choice = (label: string, source: Source): SourceChoice => ({ value: valueOf(source) ?? '', label, source });

const titleOf = (draft: Draft, { id, name, key }: DraftStep): string => name.trim() || key || nameOf(draft, id);

/** By which a source is known among the choices; the part of it does not count. */
export function valueOf(source: Source): string | null {
  switch (source.kind) {
    case 'none':
      return null;
    case 'constant':
      return `constant:${source.format}`;
    case 'reference':
      return `reference:${source.from}`;
    case 'secret':
      return `secret:${source.name}`;
    case 'item':
    case 'index':
      return source.kind;
    case 'input':
    case 'step':
    case 'error':
      return `${source.kind}:${source.id}`;
  }
}

function lostLabel(draft: Draft, source: Source): string {
  switch (source.kind) {
    case 'reference':
      return source.from;
    case 'secret':
      return `secrets.${source.name}`;
    case 'step':
      return draft.steps.some(({ id }) => id === source.id) ? nameOf(draft, source.id) : 'A removed step';
    case 'error':
      return draft.steps.some(({ id }) => id === source.id) ? `Error of ${nameOf(draft, source.id)}` : 'Error of a removed step';
    case 'none':
    case 'input':
    case 'item':
    case 'index':
    case 'constant':
      return 'A removed input';
  }
}

/** Text has no parts; a path that stands there already is shown in any case. */
export function mayHaveParts(draft: Draft, source: Source & { path: string }, sample: unknown): boolean {
  if (source.path !== '' || (typeof sample === 'object' && sample !== null)) return true;
  if (typeof sample === 'string') return false;
  if (source.kind === 'input') return draft.inputs.find(({ id }) => id === source.id)?.type === 'JSON';
  if (source.kind !== 'step') return true;
  const step = draft.steps.find(({ id }) => id === source.id);
  return step !== undefined && rulesOf(step.type).hasParts;
}
