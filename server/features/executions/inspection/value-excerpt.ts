import { type ValueExcerpt } from '../../../../schema/step-inspection.js';

const longestWhole = 200_000;
const longestBeginning = 50_000;

/** @returns undefined where there is no value */
export function excerptOf(value: unknown): ValueExcerpt | undefined {
  if (value === undefined) return undefined;
  const isText = typeof value === 'string';
  const text = isText ? value : JSON.stringify(value, null, 2);
  const { length } = text;
  if (length <= longestWhole) return { value, isText, length };
  // What is cut between the halves of a character would be no text.
  return { beginning: text.slice(0, longestBeginning).toWellFormed(), isText, length };
}
