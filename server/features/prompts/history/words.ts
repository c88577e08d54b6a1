import { align, type Match } from './alignment.js';

/** A stretch of one list of words that became a stretch of another; either may be empty. Ends are exclusive. */
export interface Edit {
  before: { start: number; end: number };
  after: { start: number; end: number };
}

// Scripts that are written without spaces are taken letter by letter; an emoji with what joins and colours it is one.
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}_]+|\r\n|\n|[^\S\r\n]+|\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{M}\u200d\u{1f3fb}-\u{1f3ff}]*|./gsu;

const meansSomething = /[\p{L}\p{N}]/u;

/** Words, blanks, line ends and signs, which together are the text. */
export function wordsOf(text: string): string[] {
  return text.match(word) ?? [];
}

/**
 * What turns one list of words into the other. Line by line first, so that words match those of their own line; words that stay between two
 * edits only by chance (blanks, signs, less than what changed around them) count as changed.
 */
export function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  return joinEdits(editsBetween(alignWords(before, after), before.length, after.length), before);
}

/** The edits that lie between what stays the same. */
export function editsBetween(matches: readonly Match[], beforeLength: number, afterLength: number): Edit[] {
  const edits: Edit[] = [];
  let [a, b] = [0, 0];
  const end: Match = [beforeLength, afterLength];
  for (const [toBefore, toAfter] of [...matches, end]) {
    if (toBefore > a || toAfter > b) edits.push({ before: { start: a, end: toBefore }, after: { start: b, end: toAfter } });
    [a, b] = [toBefore + 1, toAfter + 1];
  }
  return edits;
}

function alignWords(before: readonly string[], after: readonly string[]): Match[] {
  const [lines, linesAfter] = [linesOf(before), linesOf(after)];
  const matches: Match[] = [];
  let [a, b] = [0, 0];
  const end: Match = [lines.texts.length, linesAfter.texts.length];
  for (const [line, lineAfter] of [...align(lines.texts, linesAfter.texts), end]) {
    const [start, startAfter] = [lines.starts[line] ?? before.length, linesAfter.starts[lineAfter] ?? after.length];
    for (const [one, other] of align(before.slice(a, start), after.slice(b, startAfter))) matches.push([one + a, other + b]);
    [a, b] = [lines.starts[line + 1] ?? before.length, linesAfter.starts[lineAfter + 1] ?? after.length];
    for (let index = 0; start + index < a; index++) matches.push([start + index, startAfter + index]);
  }
  return matches;
}

/** The words' lines, each with its line end, and at which word each starts. */
function linesOf(words: readonly string[]): { texts: string[]; starts: number[] } {
  const texts: string[] = [];
  const starts: number[] = [];
  let start = 0;
  for (const [index, part] of words.entries()) {
    if (!part.endsWith('\n') && index < words.length - 1) continue;
    texts.push(words.slice(start, index + 1).join(''));
    starts.push(start);
    start = index + 1;
  }
  return { texts, starts };
}

function joinEdits(edits: readonly Edit[], before: readonly string[]): Edit[] {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last && isChance(before.slice(last.before.end, edit.before.start))) {
      joined[joined.length - 1] = { before: { start: last.before.start, end: edit.before.end }, after: { start: last.after.start, end: edit.after.end } };
    } else joined.push(edit);
  }
  return joined;
}

/** Two edited words with a blank between them are one edit; a line end keeps edits apart. */
function isChance(between: readonly string[]): boolean {
  return !between.some((part) => part.includes('\n') || meansSomething.test(part));
}
