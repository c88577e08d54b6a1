import { type ValueDiff } from '../../../../schema/execution-comparison.js';
import { fieldDiffs } from '../../prompts/history/item-diff.js';
import { sameJson } from '../../prompts/history/json-difference.js';
import { diffLines, linesOfOneSide } from '../../prompts/history/line-diff.js';

/** Characters of JSON beyond which a value is not compared place by place. */
const longest = 200_000;
const mostPlaces = 500;

const nothing = { lines: [], fields: [], truncated: false };

/** How one JSON value differs from another; undefined: there is none. */
export function diffValues(before: unknown, after: unknown): ValueDiff {
  if (sameJson(before, after)) return { ...nothing, change: 'UNCHANGED' };
  const change = before === undefined ? 'ADDED' : after === undefined ? 'REMOVED' : 'CHANGED';
  if (isLong(before) || isLong(after)) return { ...nothing, change, truncated: true };
  if (typeof before === 'string' && typeof after === 'string') return { ...nothing, change, lines: diffLines(before, after) };
  const [text] = [before, after].filter((value) => typeof value === 'string');
  if (text !== undefined && change !== 'CHANGED') return { ...nothing, change, lines: linesOfOneSide(change, text) };
  const fields = fieldDiffs(before, after);
  return { ...nothing, change, fields: fields.slice(0, mostPlaces), truncated: fields.length > mostPlaces };
}

function isLong(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).length > longest;
}
