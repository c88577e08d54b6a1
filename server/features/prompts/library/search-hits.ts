import { endOfReading, wordsOf } from './words.js';

export type SearchField = 'NAME' | 'TAGS' | 'PATH' | 'DESCRIPTION' | 'TEXT';

/** A piece of the original text. Joined, the pieces of a hit are the text or an excerpt of it; nothing in them is markup. */
export interface TextFragment {
  text: string;
  hit: boolean;
}

export interface SearchHit {
  field: SearchField;
  fragments: TextFragment[];
}

export interface SearchedPrompt {
  name: string;
  path: string;
  description: string;
  tags: readonly string[];
  /** What its messages say. */
  texts: readonly string[];
}

/** How much of a prompt's text is looked through, so that a page of very long ones costs no seconds. */
const mostText = 100_000;
const mostExcerpts = 3;
const excerptLength = 160;
const leadLength = 40;

interface Mark {
  word: string;
  start: number;
  end: number;
}

/**
 * Where a prompt has what was looked for, as people read it: names, paths and tags whole, and excerpts of the description and the text that
 * together show each word once.
 * @param words what `searchedWords` made of the question
 */
export function findHits({ name, path, description, tags, texts }: SearchedPrompt, words: readonly string[]): SearchHit[] {
  if (words.length === 0) return [];
  const whole = (field: SearchField, text: string): SearchHit[] => {
    const marks = marksIn(text, words);
    return marks.length > 0 ? [{ field, fragments: fragmentsOf(text, marks, 0, text.length) }] : [];
  };
  return [
    ...whole('NAME', name),
    ...tags.flatMap((tag) => whole('TAGS', tag)),
    ...whole('PATH', path),
    ...excerptsOf([description], words).map((fragments): SearchHit => ({ field: 'DESCRIPTION', fragments })),
    ...excerptsOf(texts, words).map((fragments): SearchHit => ({ field: 'TEXT', fragments })),
  ];
}

function marksIn(text: string, words: readonly string[]): Mark[] {
  const marks: Mark[] = [];
  for (const { text: found, start } of wordsOf(text)) {
    for (const word of words) if (found.startsWith(word)) marks.push({ word, start, end: endOfReading(text, start, word.length) });
  }
  return marks;
}

/** Excerpts that show the words, those with most of them first. */
function excerptsOf(texts: readonly string[], words: readonly string[]): TextFragment[][] {
  const places = marksByText(texts, words);
  const missing = new Set(places.flatMap(({ marks }) => marks.map(({ word }) => word)));
  const excerpts: TextFragment[][] = [];
  while (missing.size > 0 && excerpts.length < mostExcerpts) {
    const [best] = places.map(({ text, marks }) => ({ text, marks, ...bestWindow(marks, missing) })).sort((a, b) => b.found.size - a.found.size);
    if (!best) break;
    for (const word of best.found) missing.delete(word);
    excerpts.push(excerpt(best.text, best.marks, best.start));
  }
  return excerpts;
}

function marksByText(texts: readonly string[], words: readonly string[]): { text: string; marks: Mark[] }[] {
  let left = mostText;
  return texts.flatMap((whole) => {
    const text = whole.slice(0, left);
    left -= text.length;
    const marks = marksIn(text, words);
    return marks.length > 0 ? [{ text: whole, marks }] : [];
  });
}

/** Where an excerpt shows most of the missing words, the first of such places. */
function bestWindow(marks: readonly Mark[], missing: ReadonlySet<string>): { start: number; found: Set<string> } {
  let best = { start: 0, found: new Set<string>() };
  for (const [index, { start }] of marks.entries()) {
    const found = new Set<string>();
    for (let other = index; other < marks.length; other++) {
      const mark = marks[other];
      if (!mark || mark.end > start + excerptLength) break;
      if (missing.has(mark.word)) found.add(mark.word);
    }
    if (found.size > best.found.size) best = { start, found };
    if (found.size === missing.size) break;
  }
  return best;
}

function excerpt(text: string, marks: readonly Mark[], start: number): TextFragment[] {
  const from = beginning(text, start);
  const to = ending(text, Math.min(text.length, start + excerptLength));
  const fragments = fragmentsOf(text, marks, from, to).map(({ text: part, hit }) => ({ text: part.replace(/\s+/g, ' '), hit }));
  if (from > 0) fragments.unshift({ text: '…', hit: false });
  if (to < text.length) fragments.push({ text: '…', hit: false });
  return joined(fragments);
}

/** A place a little before, at the beginning of a word where there is one. */
function beginning(text: string, start: number): number {
  const from = start - leadLength;
  if (from <= 0) return 0;
  const gap = text.slice(from, start).search(/\s\S/);
  return gap < 0 ? wholeCharacter(text, from) : from + gap + 1;
}

/** A place before which no word is cut, where that costs no more than a word. */
function ending(text: string, to: number): number {
  if (to >= text.length) return text.length;
  const gap = text.slice(to - leadLength, to).search(/\s\S*$/);
  return gap < 0 ? wholeCharacter(text, to) : to - leadLength + gap;
}

function wholeCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}

function fragmentsOf(text: string, marks: readonly Mark[], from: number, to: number): TextFragment[] {
  const fragments: TextFragment[] = [];
  let done = from;
  for (const { start, end } of marks) {
    if (start < from || end > to) continue;
    if (start > done) fragments.push({ text: text.slice(done, start), hit: false });
    if (end > done) fragments.push({ text: text.slice(Math.max(done, start), end), hit: true });
    done = Math.max(done, end);
  }
  if (done < to) fragments.push({ text: text.slice(done, to), hit: false });
  return joined(fragments);
}

/** Neighbours of one kind are one piece. */
function joined(fragments: readonly TextFragment[]): TextFragment[] {
  const pieces: TextFragment[] = [];
  for (const { text, hit } of fragments) {
    const last = pieces.at(-1);
    if (last?.hit === hit) last.text += text;
    else pieces.push({ text, hit });
  }
  return pieces;
}
