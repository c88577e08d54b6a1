import type { Problem } from '../../../../api/api-errors';
import type { PromptDraft } from '../prompt-draft';

type FieldErrors = Record<string, string>;

/** What the server finds wrong with a draft, sorted to where it can be mended. */
export interface DraftProblems {
  /** By message key. */
  messages: ReadonlyMap<string, string[]>;
  /** By name, then by field. */
  variables: ReadonlyMap<string, FieldErrors>;
  /** By key, then by field. */
  tools: ReadonlyMap<string, FieldErrors>;
  settings: FieldErrors;
  outputSchema: string | undefined;
  /** Of the values that it was tried with, by name. */
  values: FieldErrors;
  /** Sentences that belong to no field. */
  others: string[];
}

export const noProblems: DraftProblems = { messages: new Map(), variables: new Map(), tools: new Map(), settings: {}, outputSchema: undefined, values: {}, others: [] };

/** @param draft as it was sent: the API tells of items by their place. */
export function draftProblems({ fields, message }: Pick<Problem, 'fields' | 'message'>, draft: Pick<PromptDraft, 'messages' | 'variables' | 'tools'>): DraftProblems {
  const messages = new Map<string, string[]>();
  const variables = new Map<string, FieldErrors>();
  const tools = new Map<string, FieldErrors>();
  const settings: FieldErrors = {};
  const values: FieldErrors = {};
  const others: string[] = [];
  let outputSchema: string | undefined;
  for (const { field, message: said } of fields) {
    const [, part = '', index = '', rest = ''] = /^input\.(?:source\.content\.)?(messages|variables|tools|settings|outputSchema|values)(?:\.([^.]+))?(?:\.(.*))?$/.exec(field) ?? [];
    const at = Number(index);
    const messageKey = part === 'messages' ? draft.messages[at]?.key : undefined;
    const variable = part === 'variables' ? draft.variables[at]?.name : undefined;
    const toolKey = part === 'tools' ? draft.tools[at]?.key : undefined;
    const fieldName = rest.split('.')[0] || 'name';
    if (messageKey !== undefined && index) messages.set(messageKey, [...(messages.get(messageKey) ?? []), said]);
    else if (variable !== undefined && index) variables.set(variable, { [fieldName]: said, ...variables.get(variable) });
    else if (toolKey !== undefined && index) tools.set(toolKey, { [fieldName]: said, ...tools.get(toolKey) });
    else if (part === 'settings' && index) settings[index] ??= said;
    else if (part === 'values' && index) values[index] ??= said;
    else if (part === 'outputSchema') outputSchema ??= said;
    else others.push(said);
  }
  if (fields.length === 0) others.push(message);
  return { messages, variables, tools, settings, outputSchema, values, others };
}
