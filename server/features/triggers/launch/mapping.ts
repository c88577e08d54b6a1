import { type FieldProblem, InvalidInputError } from '../../../errors.js';
import { type InputDefinition, type InputType } from '../../workflows/definition.js';
import { own, parsePath, ReferenceSyntaxError } from '../../workflows/reference.js';
import { type InputMapping } from '../trigger.types.js';

/** What can be mapped, by the names that paths begin with. */
export type ArrivalValues = Readonly<Record<string, unknown>>;

const beginning = /^[a-z][a-zA-Z]{0,29}(?![a-zA-Z0-9_])/;
const longest = 500;
const syntax = 'Write a path such as `payload.customer.email` or `headers.x-topic`.';

interface ArrivalPath {
  root: string;
  path: readonly (string | number)[];
}

/** @throws ReferenceSyntaxError */
function parseArrivalPath(text: string): ArrivalPath {
  const [root] = beginning.exec(text) ?? [];
  if (root === undefined || text.length > longest) throw new ReferenceSyntaxError(syntax);
  return { root, path: parsePath(text, root.length) };
}

/** @returns undefined where nothing stands there. Only what a value holds itself is found. */
function readArrivalPath(values: ArrivalValues, text: string): unknown {
  const { root, path } = parseArrivalPath(text);
  return path.reduce<unknown>((value, part) => own(value, part), own(values, root));
}

/** What keeps a mapping from being saved; fields begin with `mapping.<index>`. */
export function mappingProblems(mapping: readonly InputMapping[], inputs: readonly InputDefinition[], roots: readonly string[]): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const seen = new Set<string>();
  for (const [index, { name, from, value }] of mapping.entries()) {
    const add = (field: string, message: string) => problems.push({ field: `mapping.${index}.${field}`, message });
    if (!inputs.some((input) => input.name === name)) add('name', `The workflow has no input named ${name}. Take this out.`);
    if (seen.has(name)) add('name', 'This input has a value already. Give it one.');
    seen.add(name);
    if ((from === undefined) === (value === undefined)) add('from', 'Give a path or a value, one of the two.');
    const problem = from === undefined ? undefined : pathProblem(from, roots);
    if (problem) add('from', problem);
  }
  for (const { name, required, defaultValue } of inputs) {
    if (required && defaultValue === undefined && !seen.has(name)) problems.push({ field: 'mapping', message: `The workflow needs a value for ${name}. Map it.` });
  }
  return problems;
}

function pathProblem(from: string, roots: readonly string[]): string | undefined {
  try {
    const { root } = parseArrivalPath(from);
    return roots.includes(root) ? undefined : `What arrives here has no \`${root}\`. A path begins with ${roots.map((name) => `\`${name}\``).join(', ')}.`;
  } catch (error) {
    if (error instanceof ReferenceSyntaxError) return error.message;
    throw error;
  }
}

/**
 * The inputs of a run. What is found nowhere is left out, so that the input's default holds. Numbers, truth values and text become each other where
 * the input's type asks for it and nothing is lost, since headers, queries and forms know only text; whatever is not text becomes JSON for an input that is.
 */
export function mapInputs(mapping: readonly InputMapping[], inputs: readonly InputDefinition[], values: ArrivalValues): Record<string, unknown> {
  const mapped = mapping.flatMap(({ name, from, value }): [string, unknown][] => {
    const found = from === undefined ? value : readArrivalPath(values, from);
    const type = inputs.find((input) => input.name === name)?.type;
    return found === undefined || found === null || type === undefined ? [] : [[name, asType(type, found)]];
  });
  return Object.fromEntries(mapped);
}

function asType(type: InputType, value: unknown): unknown {
  switch (type) {
    case 'STRING':
    case 'TEXT':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'NUMBER':
      return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
    case 'BOOLEAN':
      if (value === 'true') return true;
      return value === 'false' ? false : value;
    case 'JSON':
      return value;
  }
}

/** Whether inputs are what is wrong, so that to try again is of no use before somebody changes something. */
export function isAboutInputs(error: unknown): error is InvalidInputError {
  return error instanceof InvalidInputError && error.fields.every(({ field }) => field.startsWith('input.inputs'));
}
