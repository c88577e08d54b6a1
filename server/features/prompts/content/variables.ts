import { z } from 'zod';
import { exactText, withoutNulls } from '../../../input.js';
import { type InputProblems, jsonProblem } from '../../../input-problems.js';
import { type PromptVariable, type VariableType, variableTypes } from './content.js';
import { type ValueChecker, wholly } from './value-checker.js';
import { variableNameProblem } from './variable-name.js';

export const mostVariables = 200;
const longestSample = 50_000;
const mostLength = 1_000_000;

const length = z.int('Give a whole number.').min(0, 'Give 0 or more.').max(mostLength, `Give at most ${mostLength}.`);
const finite = z.number('Give a number.');

const definitionSchema = z.preprocess(
  withoutNulls,
  z.object({
    name: z.string('Give the variable a name.').superRefine((name, context) => {
      const problem = variableNameProblem(name);
      if (problem) context.addIssue(`Choose another name: ${problem}`);
    }),
    type: z.enum(variableTypes, `Choose one of ${variableTypes.join(', ')}.`).default('STRING'),
    description: exactText().trim().max(1_000, 'Keep this to 1000 characters.').default(''),
    required: z.boolean('Give true or false.').default(true),
    defaultValue: z.unknown().optional(),
    sample: z.unknown().optional(),
    minLength: length.optional(),
    maxLength: length.optional(),
    minimum: finite.optional(),
    maximum: finite.optional(),
    pattern: exactText().min(1, 'Leave the pattern out instead.').max(500, 'Keep this to 500 characters.').optional(),
    allowedValues: z
      .array(exactText().min(1, 'An allowed value must not be empty.').max(500, 'Keep this to 500 characters.'), 'Give a list of texts.')
      .max(100, 'Give at most 100 values.')
      .optional(),
  }),
);

type Limit = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'pattern' | 'allowedValues';

const textLimits: Limit[] = ['minLength', 'maxLength', 'pattern'];
const limitsOf: Record<VariableType, readonly Limit[]> = {
  STRING: textLimits,
  TEXT: textLimits,
  NUMBER: ['minimum', 'maximum'],
  BOOLEAN: [],
  CHOICE: ['allowedValues'],
  JSON: [],
  LIST: ['minLength', 'maxLength'],
  MESSAGES: ['minLength', 'maxLength'],
};
const allLimits: readonly Limit[] = [...textLimits, 'minimum', 'maximum', 'allowedValues'];

/**
 * Reads the definitions of variables. What is wrong with them is added to `problems`.
 * @returns those that are right
 */
export async function readVariables(given: unknown, values: ValueChecker, problems: InputProblems, field: string): Promise<PromptVariable[]> {
  if (!Array.isArray(given)) {
    problems.add(field, 'Give a list of variables.');
    return [];
  }
  if (given.length > mostVariables) {
    problems.add(field, `Keep this to ${mostVariables} variables.`);
    return [];
  }
  const places = new Map<string, number>();
  const read = given.map(async (item: unknown, index): Promise<PromptVariable[]> => {
    const at = `${field}.${index}`;
    const definition = problems.read(definitionSchema, item, at);
    if (!definition) return [];
    const variable = withoutAbsent(definition);
    const first = places.get(variable.name);
    if (first !== undefined) problems.add(`${at}.name`, `Variable ${first + 1} has this name already. Choose another one.`);
    else places.set(variable.name, index);
    if (limitProblems(variable, problems, at)) return [];
    await checkOwnValues(variable, values, problems, at);
    return first === undefined ? [variable] : [];
  });
  return (await Promise.all(read)).flat();
}

/** @returns whether there are any */
function limitProblems(variable: PromptVariable, problems: InputProblems, at: string): boolean {
  const found = new Map<string, string>();
  for (const limit of allLimits) {
    if (variable[limit] !== undefined && !limitsOf[variable.type].includes(limit)) found.set(limit, `A ${variable.type} has no ${limit}. Take it out, or choose another type.`);
  }
  const { minLength = 0, maxLength = mostLength, minimum = -Infinity, maximum = Infinity, pattern, allowedValues } = variable;
  if (minLength > maxLength) found.set('maxLength', `Give at least ${minLength}, the minLength.`);
  if (minimum > maximum) found.set('maximum', `Give at least ${minimum}, the minimum.`);
  if (pattern !== undefined && !isPattern(pattern)) found.set('pattern', 'This is no regular expression as JavaScript has them.');
  if (variable.type === 'CHOICE' && !allowedValues?.length) found.set('allowedValues', 'Give the values that can be chosen.');
  if (new Set(allowedValues).size < (allowedValues?.length ?? 0)) found.set('allowedValues', 'Give each value once.');
  for (const [name, message] of found) problems.add(`${at}.${name}`, message);
  return found.size > 0;
}

async function checkOwnValues(variable: PromptVariable, values: ValueChecker, problems: InputProblems, at: string): Promise<void> {
  for (const name of ['defaultValue', 'sample'] as const) {
    const value = variable[name];
    if (value === undefined) continue;
    const problem = jsonProblem(value, longestSample) ?? (await values.problemOf(variable, value));
    if (problem) problems.add(`${at}.${name}`, problem);
  }
}

/** Making it does not run it, so that the worst of patterns does no harm here. */
function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    new RegExp(wholly(pattern), 'u');
    return true;
  } catch {
    return false;
  }
}

function withoutAbsent(definition: z.output<typeof definitionSchema>): PromptVariable {
  const { defaultValue, sample, ...rest } = definition;
  return { ...rest, ...(defaultValue !== undefined && { defaultValue }), ...(sample !== undefined && { sample }) };
}
