import { type Edit, editsOf, wordsOf } from './words.js';

/** A stretch of a merged text: settled, or changed differently by both sides. */
export type TextPiece = { text: string } | { base: string; ours: string; theirs: string };

interface Side {
  words: readonly string[];
  edits: readonly Edit[];
}

/**
 * Merges two texts that were made from one, word by word: what one side changed is taken, what both changed in the same way is taken once, and what
 * both changed differently, at one place or right beside one another, is a conflict.
 */
export function mergeText(base: string, ours: string, theirs: string): TextPiece[] {
  if (ours === theirs || theirs === base) return [{ text: ours }];
  if (ours === base) return [{ text: theirs }];
  const texts = [base, ours, theirs];
  const start = sharedStart(texts);
  const end = sharedEnd(texts.map((text) => text.slice(start)));
  const words = wordsOf(base.slice(start, base.length - end));
  const sideOf = (text: string): Side => {
    const sideWords = wordsOf(text.slice(start, text.length - end));
    return { words: sideWords, edits: editsOf(words, sideWords) };
  };
  const pieces = mergeSides(words, sideOf(ours), sideOf(theirs));
  return [{ text: base.slice(0, start) }, ...pieces, { text: base.slice(base.length - end) }].filter((piece) => !('text' in piece) || piece.text !== '');
}

/** How long the whole lines are that all texts begin with. Most of a long text is left as it was, and need not be looked at word by word. */
function sharedStart([first = '', ...others]: readonly string[]): number {
  let length = 0;
  for (let end = first.indexOf('\n') + 1; end > 0; end = first.indexOf('\n', end) + 1) {
    const line = first.slice(length, end);
    if (!others.every((text) => text.startsWith(line, length))) break;
    length = end;
  }
  return length;
}

/** How long the whole lines are that all texts end with, each with the line end before it. */
function sharedEnd([first = '', ...others]: readonly string[]): number {
  let length = 0;
  for (let start = first.lastIndexOf('\n'); start >= 0; start = start > 0 ? first.lastIndexOf('\n', start - 1) : -1) {
    const lines = first.slice(start, first.length - length);
    if (!others.every((text) => text.endsWith(lines, text.length - length))) break;
    length = first.length - start;
  }
  return length;
}

/** The text of settled pieces, and of one side where they are not. */
export function textOf(pieces: readonly TextPiece[]): string {
  return pieces.map((piece) => ('text' in piece ? piece.text : piece.ours)).join('');
}

function mergeSides(base: readonly string[], ours: Side, theirs: Side): TextPiece[] {
  const pieces: TextPiece[] = [];
  let settled = '';
  let at = 0;
  for (const stretch of touching(ours.edits, theirs.edits)) {
    settled += base.slice(at, stretch.start).join('');
    at = stretch.end;
    const texts = { base: base.slice(stretch.start, at).join(''), ours: textWithin(ours, stretch), theirs: textWithin(theirs, stretch) };
    if (texts.ours === texts.theirs || texts.theirs === texts.base) settled += texts.ours;
    else if (texts.ours === texts.base) settled += texts.theirs;
    else {
      pieces.push({ text: settled }, texts);
      settled = '';
    }
  }
  return [...pieces, { text: settled + base.slice(at).join('') }];
}

interface Stretch {
  start: number;
  end: number;
}

/** The stretches of the base that edits of either side cover; edits that overlap or meet are in one. */
function touching(ours: readonly Edit[], theirs: readonly Edit[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { start, end } of [...ours, ...theirs].map(({ before }) => before).sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = stretches.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else stretches.push({ start, end });
  }
  return stretches;
}

/** What a side has in place of a stretch of the base whose ends lie in none of its edits. */
function textWithin({ words, edits }: Side, { start, end }: Stretch): string {
  let shift = 0;
  let shiftAtEnd = 0;
  for (const { before, after } of edits) {
    if (before.end < start) shift = after.end - before.end;
    if (before.end <= end) shiftAtEnd = after.end - before.end;
  }
  return words.slice(start + shift, end + shiftAtEnd).join('');
}
