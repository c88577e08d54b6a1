import { align, comesFirst, type Match } from './alignment.js';
import { editsBetween, editsOf, wordsOf } from './words.js';

export interface DiffSpan {
  text: string;
  changed: boolean;
}

/** One row of two texts side by side. The spans of a side, line by line, are its whole text. */
export interface LineDiff {
  change: 'ADDED' | 'REMOVED' | 'CHANGED' | 'UNCHANGED';
  /** Counted from 1; null, as the spans are, where the row has no line on that side. */
  lineBefore: number | null;
  lineAfter: number | null;
  before: DiffSpan[] | null;
  after: DiffSpan[] | null;
}

/** How much of two lines must be the same for one to have become the other, of 1. */
const leastSimilarity = 0.3;
/** Pairs of lines that are compared to find which became which; beyond, a line is compared to the one at its own place. */
const mostComparisons = 400;

/** Aligns two texts line by line; lines that differ in a few words stand side by side. Where lines only went and came, those that went stand first. */
export function diffLines(before: string, after: string): LineDiff[] {
  const [lines, linesAfter] = [before.split('\n'), after.split('\n')];
  const matches = align(lines, linesAfter);
  const pairs = editsBetween(matches, lines.length, linesAfter.length).flatMap(({ before: gone, after: come }) =>
    pairLines(lines.slice(gone.start, gone.end), linesAfter.slice(come.start, come.end)).map(([a, b]): Match => [a + gone.start, b + come.start]),
  );
  const rows: LineDiff[] = [];
  let [a, b] = [0, 0];
  const end: Match = [lines.length, linesAfter.length];
  for (const [toBefore, toAfter] of [...[...matches, ...pairs].sort(([one], [other]) => one - other), end]) {
    for (; a < toBefore; a++) rows.push(oneSided('REMOVED', a, lines[a] ?? ''));
    for (; b < toAfter; b++) rows.push(oneSided('ADDED', b, linesAfter[b] ?? ''));
    const [line, lineAfter] = [lines[a++], linesAfter[b++]];
    if (line !== undefined && lineAfter !== undefined) rows.push(bothSided(line, lineAfter, a, b));
  }
  return rows;
}

/** Every line of a text that only one side has. */
export function linesOfOneSide(change: 'ADDED' | 'REMOVED', text: string): LineDiff[] {
  return text.split('\n').map((line, index) => oneSided(change, index, line));
}

function oneSided(change: 'ADDED' | 'REMOVED', index: number, line: string): LineDiff {
  const spans = spanOf(line, true);
  const nothing = { lineBefore: null, lineAfter: null, before: null, after: null };
  return change === 'ADDED' ? { ...nothing, change, lineAfter: index + 1, after: spans } : { ...nothing, change, lineBefore: index + 1, before: spans };
}

function bothSided(before: string, after: string, lineBefore: number, lineAfter: number): LineDiff {
  if (before === after) return { change: 'UNCHANGED', lineBefore, lineAfter, before: spanOf(before, false), after: spanOf(after, false) };
  const [words, wordsAfter] = [wordsOf(before), wordsOf(after)];
  const edits = editsOf(words, wordsAfter);
  const sideOf = (parts: readonly string[], side: 'before' | 'after') => {
    let at = 0;
    const spans: DiffSpan[] = [];
    for (const edit of edits) {
      const { start, end } = edit[side];
      spans.push(...spanOf(parts.slice(at, start).join(''), false), ...spanOf(parts.slice(start, end).join(''), true));
      at = end;
    }
    return [...spans, ...spanOf(parts.slice(at).join(''), false)];
  };
  return { change: 'CHANGED', lineBefore, lineAfter, before: sideOf(words, 'before'), after: sideOf(wordsAfter, 'after') };
}

function spanOf(text: string, changed: boolean): DiffSpan[] {
  return text === '' ? [] : [{ text, changed }];
}

/** Which of the lines that went became which of those that came, keeping their order: the pairs that together are the most alike. */
function pairLines(gone: readonly string[], come: readonly string[]): Match[] {
  if (comesFirst(come, gone)) return pairLines(come, gone).map(([a, b]) => [b, a]);
  const bags = gone.map(bagOf);
  const bagsAfter = come.map(bagOf);
  const likeness = (a: number, b: number) => similarity(bags[a], bagsAfter[b]);
  if (gone.length * come.length > mostComparisons) {
    const places = Array.from({ length: Math.min(gone.length, come.length) }, (_, index) => index);
    return places.filter((place) => likeness(place, place) >= leastSimilarity).map((place) => [place, place]);
  }
  return bestPairs(gone.length, come.length, likeness);
}

function bestPairs(height: number, width: number, likeness: (a: number, b: number) => number): Match[] {
  // best[a][b]: the most that the lines from a and from b on can be alike.
  const best = Array.from({ length: height + 1 }, () => new Array<number>(width + 1).fill(0));
  const at = (a: number, b: number) => best[a]?.[b] ?? 0;
  const gain = (a: number, b: number) => {
    const alike = likeness(a, b);
    return alike >= leastSimilarity ? alike + at(a + 1, b + 1) : 0;
  };
  for (let a = height - 1; a >= 0; a--) {
    for (let b = width - 1; b >= 0; b--) best[a]?.splice(b, 1, Math.max(at(a + 1, b), at(a, b + 1), gain(a, b)));
  }
  const pairs: Match[] = [];
  for (let a = 0, b = 0; a < height && b < width; ) {
    if (at(a, b) > Math.max(at(a + 1, b), at(a, b + 1))) pairs.push([a++, b++]);
    else if (at(a + 1, b) >= at(a, b + 1)) a++;
    else b++;
  }
  return pairs;
}

interface Bag {
  counts: ReadonlyMap<string, number>;
  length: number;
}

function bagOf(line: string): Bag {
  const counts = new Map<string, number>();
  let length = 0;
  for (const part of wordsOf(line)) {
    if (part.trim() === '') continue;
    counts.set(part, (counts.get(part) ?? 0) + 1);
    length += part.length;
  }
  return { counts, length };
}

function similarity(one: Bag | undefined, other: Bag | undefined): number {
  if (!one || !other || one.length + other.length === 0) return 0;
  let shared = 0;
  for (const [part, count] of one.counts) shared += Math.min(count, other.counts.get(part) ?? 0) * part.length;
  return (2 * shared) / (one.length + other.length);
}
