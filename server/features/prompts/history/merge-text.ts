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
  const words = wordsOf(base);
  const sideOf = (text: string): Side => {
    const sideWords = wordsOf(text);
    return { words: sideWords, edits: editsOf(words, sideWords) };
  };
  return mergeSides(words, sideOf(ours), sideOf(theirs));
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
