import { newVariable, type DraftMessage, type DraftVariable, type PromptDraft } from '../prompt-draft';
import { greaterShape, typeFor, type NeededShape } from '../template/needed-shape';
import type { DraftAnalysis } from '../template/use-template-analysis';

/** Where a variable stands in a message; a placeholder names it as a whole. */
export interface VariablePlace {
  messageKey: string;
  from: number;
  to: number;
}

export interface VariableRow {
  variable: DraftVariable;
  /** False: found in a template, and until somebody says more of it required, and of the type that its uses need. */
  declared: boolean;
  places: VariablePlace[];
  /** What its uses need it to be; undefined where a text will do. */
  shape: NeededShape | undefined;
  /** Paths of the included prompts that ask for it. */
  includedBy: string[];
}

/** A prompt that is included, and what it asks for. */
export interface IncludedVariables {
  path: string;
  variables: readonly DraftVariable[];
}

/** The variables of a draft, declared or found, in the order in which they are used; then those that included prompts ask for, then those not used. */
export function variableRows(messages: readonly DraftMessage[], declared: readonly DraftVariable[], analysis: DraftAnalysis, included: readonly IncludedVariables[]): VariableRow[] {
  const places = placesByName(messages, analysis);
  const rows = new Map<string, VariableRow>();
  const known = new Map(declared.map((variable) => [variable.name, variable]));
  const shapes = shapesByName(messages, analysis);
  for (const [name, found] of places) {
    const shape = shapes.get(name);
    rows.set(name, { variable: known.get(name) ?? foundVariable(name, messages, shape), declared: known.has(name), places: found, shape, includedBy: [] });
  }
  for (const { path, variables } of included) {
    for (const variable of variables) {
      const { name } = variable;
      const row = rows.get(name) ?? { variable: known.get(name) ?? variable, declared: known.has(name), places: [], shape: undefined, includedBy: [] };
      row.includedBy.push(path);
      rows.set(name, row);
    }
  }
  for (const [name, variable] of known) {
    if (!rows.has(name)) rows.set(name, { variable, declared: true, places: [], shape: undefined, includedBy: [] });
  }
  return [...rows.values()];
}

export const isUnused = ({ places, includedBy }: VariableRow): boolean => places.length === 0 && includedBy.length === 0;

function foundVariable(name: string, messages: readonly DraftMessage[], shape: NeededShape | undefined): DraftVariable {
  const variable = { ...newVariable(name), type: typeFor(shape) };
  return messages.some(({ role, content }) => role === 'PLACEHOLDER' && content.trim() === name) ? { ...variable, type: 'MESSAGES' } : variable;
}

function placesByName(messages: readonly DraftMessage[], analysis: DraftAnalysis): Map<string, VariablePlace[]> {
  const places = new Map<string, VariablePlace[]>();
  const add = (name: string, place: VariablePlace) => places.set(name, [...(places.get(name) ?? []), place]);
  for (const { key, role, content } of messages) {
    if (role === 'PLACEHOLDER') {
      if (content.trim()) add(content.trim(), { messageKey: key, from: 0, to: content.length });
      continue;
    }
    for (const { name, from, to } of analysis.get(key)?.uses ?? []) add(name, { messageKey: key, from, to });
  }
  return places;
}

function shapesByName(messages: readonly DraftMessage[], analysis: DraftAnalysis): Map<string, NeededShape | undefined> {
  const shapes = new Map<string, NeededShape | undefined>();
  const uses = messages.flatMap(({ key, role }) => (role === 'PLACEHOLDER' ? [] : (analysis.get(key)?.uses ?? [])));
  for (const { name, shape } of uses) shapes.set(name, greaterShape(shapes.get(name), shape));
  return shapes;
}

/** The draft with something else said of a variable, which is declared from then on. */
export function withVariable(draft: PromptDraft, changed: DraftVariable): PromptDraft {
  const known = draft.variables.some(({ name }) => name === changed.name);
  return { ...draft, variables: known ? draft.variables.map((each) => (each.name === changed.name ? changed : each)) : [...draft.variables, changed] };
}

export const withoutVariable = (draft: PromptDraft, name: string): PromptDraft => ({ ...draft, variables: draft.variables.filter((each) => each.name !== name) });

/** The draft with a variable under another name, wherever it is used. `rename` renames it in one template. */
export function withRenamedVariable(draft: PromptDraft, from: string, to: string, rename: (template: string) => string): PromptDraft {
  return {
    ...draft,
    variables: draft.variables.map((variable) => (variable.name === from ? { ...variable, name: to } : variable)),
    messages: draft.messages.map((message) => {
      if (message.role !== 'PLACEHOLDER') return { ...message, content: rename(message.content) };
      return message.content.trim() === from ? { ...message, content: to } : message;
    }),
  };
}
