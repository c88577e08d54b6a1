import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { jsonProblem } from '../../../input-problems.js';
import { type PromptVariable, type VariableType } from './content.js';

/** All values of one rendering, as characters of JSON. */
const longestValues = 1_000_000;

export interface CheckedValues {
  /** Of every variable: its value, else its default, else null. Complete only where there are no problems. */
  values: Record<string, unknown>;
  problems: FieldProblem[];
}

/**
 * Checks values that somebody gives a prompt, all but their patterns, and adds the defaults. null counts as no value. Nothing is turned into
 * another type: a STRING or TEXT takes numbers and booleans as they are, since a template writes them out alike, and the roles of MESSAGES may be
 * in lower case, as model providers have them.
 * @param field where the values stand in the caller's input; a problem is at `<field>.<name>`
 */
export function checkPlainValues(variables: readonly PromptVariable[], given: unknown, field: string): CheckedValues {
  const problems: FieldProblem[] = [];
  const named = given ?? {};
  if (typeof named !== 'object' || Array.isArray(named)) return { values: {}, problems: [{ field, message: 'Give an object: the values by the names of the variables.' }] };
  const entries = new Map<string, unknown>(Object.entries(named));
  const values = new Map<string, unknown>();
  for (const variable of variables) {
    const value = entries.get(variable.name) ?? variable.defaultValue ?? null;
    const problem = value === null ? variable.required && 'Give a value: the prompt needs it.' : plainValueProblem(variable, value);
    if (problem) problems.push({ field: `${field}.${variable.name}`, message: problem });
    values.set(variable.name, variable.type === 'MESSAGES' && !problem && value !== null ? messageList.parse(value) : value);
  }
  for (const name of [...entries.keys()].filter((key) => !values.has(key)).slice(0, mostUnknown)) {
    problems.push({ field: `${field}.${name}`, message: `The prompt has no variable of this name. ${choice(variables)}` });
  }
  const checked = Object.fromEntries(values);
  if (problems.length === 0 && JSON.stringify(checked).length > longestValues) {
    problems.push({ field, message: `Keep all values together to ${longestValues} characters of JSON.` });
  }
  return { values: checked, problems };
}

const mostUnknown = 20;

function choice(variables: readonly PromptVariable[]): string {
  if (variables.length === 0) return 'It has none: take this out.';
  const names = variables.slice(0, 10).map(({ name }) => name);
  return `It has ${names.join(', ')}${variables.length > names.length ? ', …' : ''}.`;
}

/** @returns why a value, which is not null, can't be this variable's, its pattern aside */
export function plainValueProblem(variable: PromptVariable, value: unknown): string | undefined {
  return jsonProblem(value, longestValues) ?? typeProblem[variable.type](variable, value) ?? lengthProblem(variable, value);
}

/** What the roles of a message list may be; in lower case, too. */
const listRoles = z.preprocess((role) => (typeof role === 'string' ? role.toUpperCase() : role), z.enum(['SYSTEM', 'USER', 'ASSISTANT']));

/** A value of a MESSAGES variable. */
export const messageList = z.array(z.strictObject({ role: listRoles, content: z.string() }));

const text = (_: PromptVariable, value: unknown) => (['string', 'number', 'boolean'].includes(typeof value) ? undefined : 'Give a text. For other values declare the variable as LIST or JSON.');

const typeProblem: Record<VariableType, (variable: PromptVariable, value: unknown) => string | undefined> = {
  STRING: text,
  TEXT: text,
  NUMBER: ({ minimum = -Infinity, maximum = Infinity }, value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return 'Give a number.';
    if (value < minimum) return `Give at least ${minimum}.`;
    return value > maximum ? `Give at most ${maximum}.` : undefined;
  },
  BOOLEAN: (_, value) => (typeof value === 'boolean' ? undefined : 'Give true or false.'),
  CHOICE: ({ allowedValues = [] }, value) => (allowedValues.some((allowed) => allowed === value) ? undefined : `Give one of ${allowedValues.join(', ')}.`),
  JSON: () => undefined,
  LIST: (_, value) => (Array.isArray(value) ? undefined : 'Give a list.'),
  MESSAGES: (_, value) => (messageList.safeParse(value).success ? undefined : 'Give a list of messages such as { "role": "USER", "content": "Hello" }; roles are SYSTEM, USER and ASSISTANT.'),
};

function lengthProblem({ minLength = 0, maxLength = Infinity }: PromptVariable, value: unknown): string | undefined {
  const text = textOf(value);
  if (!Array.isArray(value) && text === undefined) return undefined;
  // As JSON Schema counts: a sign that takes two units of UTF-16 is one character.
  const [length, unit] = Array.isArray(value) ? [value.length, 'items'] : [[...(text ?? '')].length, 'characters'];
  if (length < minLength) return `Give at least ${minLength} ${unit}.`;
  return length > maxLength ? `Give at most ${maxLength} ${unit}.` : undefined;
}

/** A value of a STRING or TEXT as a template writes it out. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? `${value}` : undefined;
}
