import { type PromptVariable } from '../content/content.js';
import { sameJson } from './json-difference.js';

type Limit = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'pattern' | 'allowedValues';

/** The limits that mean something for a type; others are ignored. */
const limitsOf: Record<PromptVariable['type'], readonly Limit[]> = {
  STRING: ['minLength', 'maxLength', 'pattern', 'allowedValues'],
  TEXT: ['minLength', 'maxLength', 'pattern', 'allowedValues'],
  CHOICE: ['minLength', 'maxLength', 'pattern', 'allowedValues'],
  NUMBER: ['minimum', 'maximum'],
  BOOLEAN: [],
  LIST: ['minLength', 'maxLength'],
  MESSAGES: ['minLength', 'maxLength'],
  JSON: [],
};

/**
 * Types whose values another type takes, itself included, limits aside. STRING and TEXT take the same texts, a CHOICE takes some of them,
 * MESSAGES are a LIST, and JSON takes everything. A text that allows some values only is a CHOICE by another name.
 */
const takenBy: Record<PromptVariable['type'], readonly PromptVariable['type'][]> = {
  STRING: ['STRING', 'TEXT', 'CHOICE'],
  TEXT: ['STRING', 'TEXT', 'CHOICE'],
  CHOICE: ['STRING', 'TEXT', 'CHOICE'],
  NUMBER: ['NUMBER'],
  BOOLEAN: ['BOOLEAN'],
  LIST: ['LIST'],
  MESSAGES: ['MESSAGES', 'LIST'],
  JSON: ['JSON'],
};

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
  const pattern = limitOf(outer, 'pattern');
  if (pattern !== undefined && pattern !== limitOf(inner, 'pattern')) return false;
  const choices = choicesOf(inner);
  if (choices) return choices.every((choice) => !takesText(inner, choice) || takesText(outer, choice));
  if (choicesOf(outer)) return false;
  return (
    isWithin(limitOf(inner, 'minLength') ?? 0, limitOf(outer, 'minLength'), undefined) &&
    isWithin(limitOf(inner, 'maxLength') ?? Infinity, undefined, limitOf(outer, 'maxLength')) &&
    isWithin(limitOf(inner, 'minimum') ?? -Infinity, limitOf(outer, 'minimum'), undefined) &&
    isWithin(limitOf(inner, 'maximum') ?? Infinity, undefined, limitOf(outer, 'maximum'))
  );
}

function takesText(variable: PromptVariable, text: string): boolean {
  const choices = choicesOf(variable);
  return (!choices || choices.includes(text)) && isWithin(text.length, limitOf(variable, 'minLength'), limitOf(variable, 'maxLength'));
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
