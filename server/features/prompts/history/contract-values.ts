import { type PromptVariable } from '../content/content.js';
import { sameJson } from './json-difference.js';

type Limit = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'pattern' | 'allowedValues';

/** The limits that a type has. */
const limitsOf: Record<PromptVariable['type'], readonly Limit[]> = {
  STRING: ['minLength', 'maxLength', 'pattern'],
  TEXT: ['minLength', 'maxLength', 'pattern'],
  CHOICE: ['allowedValues'],
  NUMBER: ['minimum', 'maximum'],
  BOOLEAN: [],
  LIST: ['minLength', 'maxLength'],
  MESSAGES: ['minLength', 'maxLength'],
  JSON: [],
};

/**
 * Types whose values another type takes, itself included, limits aside. STRING and TEXT take the same: texts, and numbers and booleans as a
 * template writes them out. A CHOICE takes some texts, MESSAGES are a LIST, and JSON takes everything.
 */
const takenBy: Record<PromptVariable['type'], readonly PromptVariable['type'][]> = {
  STRING: ['STRING', 'TEXT'],
  TEXT: ['STRING', 'TEXT'],
  CHOICE: ['STRING', 'TEXT', 'CHOICE'],
  NUMBER: ['NUMBER', 'STRING', 'TEXT'],
  BOOLEAN: ['BOOLEAN', 'STRING', 'TEXT'],
  LIST: ['LIST'],
  MESSAGES: ['MESSAGES', 'LIST'],
  JSON: ['JSON'],
};

/** Of a number that is written out. */
const longestNumber = 24;

/** How the values that a variable takes differ from those that it took. OTHER: some more and some less, or it can't be told. */
export function valuesCompared(before: PromptVariable, after: PromptVariable): 'SAME' | 'MORE' | 'LESS' | 'OTHER' {
  const [allOfBefore, allOfAfter] = [takesAllOf(after, before), takesAllOf(before, after)];
  if (allOfBefore) return allOfAfter ? 'SAME' : 'MORE';
  return allOfAfter ? 'LESS' : 'OTHER';
}

/** What differs between the types and limits, in words; empty where nothing does. */
export function facetsInWords(before: PromptVariable, after: PromptVariable): string {
  const facets: string[] = before.type === after.type ? [] : [`its type was ${before.type} and is ${after.type}`];
  for (const limit of new Set([...limitsOf[before.type], ...limitsOf[after.type]])) {
    const [was, is] = [limitOf(before, limit), limitOf(after, limit)];
    if (limit === 'allowedValues') facets.push(...choicesInWords(before, after));
    else if (!sameJson(was, is)) facets.push(`${wordsFor[limit]} ${was === undefined ? 'was free' : `was ${String(was)}`} and is ${is === undefined ? 'free' : String(is)}`);
  }
  return facets.join('; ');
}

const wordsFor: Record<Exclude<Limit, 'allowedValues'>, string> = {
  minLength: 'its least length',
  maxLength: 'its greatest length',
  minimum: 'its minimum',
  maximum: 'its maximum',
  pattern: 'its pattern',
};

function choicesInWords(before: PromptVariable, after: PromptVariable): string[] {
  const [were, are] = [choicesOf(before), choicesOf(after)];
  const quoted = (values: readonly string[]) => values.map((value) => `"${value}"`).join(', ');
  if (!were || !are) return were || are ? [are ? `it is one of ${quoted(are)}` : 'it may be any text'] : [];
  const [gone, come] = [were.filter((value) => !are.includes(value)), are.filter((value) => !were.includes(value))];
  return [...(gone.length > 0 ? [`no longer ${quoted(gone)}`] : []), ...(come.length > 0 ? [`now also ${quoted(come)}`] : [])];
}

/** Whether every value that `inner` takes, `outer` takes too. */
function takesAllOf(outer: PromptVariable, inner: PromptVariable): boolean {
  if (outer.type === 'JSON') return true;
  if (!takenBy[inner.type].includes(outer.type)) return false;
  const [choices, choicesOfOuter] = [choicesOf(inner), choicesOf(outer)];
  if (choicesOfOuter) return choices !== undefined && choices.every((choice) => choicesOfOuter.includes(choice));
  const pattern = limitOf(outer, 'pattern');
  const [shortest, longest] = lengthsOf(inner);
  return (
    (pattern === undefined || pattern === limitOf(inner, 'pattern')) &&
    isWithin(shortest, limitOf(outer, 'minLength'), undefined) &&
    isWithin(longest, undefined, limitOf(outer, 'maxLength')) &&
    isWithin(limitOf(inner, 'minimum') ?? -Infinity, limitOf(outer, 'minimum'), undefined) &&
    isWithin(limitOf(inner, 'maximum') ?? Infinity, undefined, limitOf(outer, 'maximum'))
  );
}

/** How short and how long values can be, written out where they are no text. */
function lengthsOf(variable: PromptVariable): [shortest: number, longest: number] {
  if (variable.type === 'NUMBER') return [1, longestNumber];
  const texts = variable.type === 'BOOLEAN' ? ['true', 'false'] : choicesOf(variable);
  if (texts) return [Math.min(...texts.map(({ length }) => length)), Math.max(...texts.map(({ length }) => length))];
  return [limitOf(variable, 'minLength') ?? 0, limitOf(variable, 'maxLength') ?? Infinity];
}

function isWithin(value: number, least: number | undefined, greatest: number | undefined): boolean {
  return value >= (least ?? -Infinity) && value <= (greatest ?? Infinity);
}

function choicesOf(variable: PromptVariable): readonly string[] | undefined {
  return limitOf(variable, 'allowedValues');
}

function limitOf<Name extends Limit>(variable: PromptVariable, limit: Name): PromptVariable[Name] | undefined {
  return limitsOf[variable.type].includes(limit) ? variable[limit] : undefined;
}
