import { InputProblems, jsonProblem } from '../../input-problems.js';
import { type InputDefinition, type InputType } from './definition.js';

const longestInputs = 1_000_000;
const longestLine = 10_000;

/**
 * Reads what somebody who runs a workflow gives it, and adds the defaults. An optional input without a value is null.
 * What the inputs' schemas say of the values is for `WorkflowsService.inputValues`.
 * @throws InvalidInputError naming each input that is missing, unknown or of another type, as `input.inputs.<name>`
 */
export function readInputValues(inputs: readonly InputDefinition[], given: unknown): Record<string, unknown> {
  const { values, problems } = examineInputValues(inputs, given);
  problems.throwIfAny();
  return values;
}

/** The same with what is wrong with the values, rather than throwing it. */
export function examineInputValues(inputs: readonly InputDefinition[], given: unknown): { values: Record<string, unknown>; problems: InputProblems } {
  const problems = new InputProblems();
  const values = new Map<string, unknown>();
  const named = given ?? {};
  if (typeof named !== 'object' || Array.isArray(named)) {
    problems.add('input.inputs', 'Give an object: the values by the names of the inputs.');
    return { values: {}, problems };
  }
  const entries = new Map<string, unknown>(Object.entries(named));
  for (const { name, type, required, defaultValue } of inputs) {
    const value = entries.get(name) ?? defaultValue ?? null;
    values.set(name, value);
    const problem = value === null ? required && 'Give a value: the workflow needs it.' : valueProblem(type, value);
    if (problem) problems.add(`input.inputs.${name}`, problem);
  }
  for (const name of entries.keys()) {
    if (!values.has(name)) problems.add(`input.inputs.${name}`, 'The workflow has no input of this name. Take it out.');
  }
  const checked = Object.fromEntries(values);
  if (!problems.any && JSON.stringify(checked).length > longestInputs) problems.add('input.inputs', `Keep all values together to ${longestInputs} characters of JSON.`);
  return { values: checked, problems };
}

/** @returns why a value, which is not null, is none of this type */
export function valueProblem(type: InputType, value: unknown): string | undefined {
  return typeProblem(type, value) ?? jsonProblem(value, longestInputs);
}

function typeProblem(type: InputType, value: unknown): string | undefined {
  switch (type) {
    case 'STRING':
      if (typeof value !== 'string' || /[\n\r]/.test(value)) return 'Give a text on one line.';
      return value.length > longestLine ? `Keep this to ${longestLine} characters.` : undefined;
    case 'TEXT':
      return typeof value === 'string' ? undefined : 'Give a text.';
    case 'NUMBER':
      return typeof value === 'number' ? undefined : 'Give a number.';
    case 'BOOLEAN':
      return typeof value === 'boolean' ? undefined : 'Give true or false.';
    case 'JSON':
      return undefined;
  }
}
