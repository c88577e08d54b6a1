/**
 * How text is read where prompts are searched: split into words in which neither case nor accents matter. The index, the question and the highlighting
 * all read with this, on both engines, so that what is found is what is marked. Whoever changes it empties `prompt_search` in a migration: it is filled
 * again at the next start.
 */
export interface Word {
  text: string;
  /** Where it begins in the original text. */
  start: number;
  /** The last character of a run in which every character begins a word: what holds the word before it, holds it. */
  isTail: boolean;
}

/** In UTF-16 units. Longer words are known by their beginning. */
const longestWord = 40;

const letter = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const unseen = /[\p{M}\p{Cf}]/gu;
/** Scripts that put no space between words, and pictures: each character begins a word that ends with the next one. */
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}\p{Extended_Pictographic}]/u;

/** The words of a text, in its order. */
export function wordsOf(text: string): Word[] {
  const reader = new WordReader();
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 128) {
      if (isAsciiLetter(code)) reader.letter(text.charAt(index).toLowerCase(), index);
      else reader.gap();
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(index) ?? code);
    for (const { text: part, kind } of partsOf(character)) reader[kind](part, index);
    index += character.length - 1;
  }
  reader.gap();
  return reader.words;
}

/** Puts words together from the letters that it is told. */
class WordReader {
  readonly words: Word[] = [];
  private word: Word | undefined;
  /** The newest character of a run in which every character begins a word: it waits for the next one. */
  private waiting: Word | undefined;

  letter(letter: string, start: number): void {
    this.endRun();
    this.word ??= { text: '', start, isTail: false };
    if (this.word.text.length + letter.length <= longestWord) this.word.text += letter;
  }

  standalone(letter: string, start: number): void {
    this.endWord();
    if (this.waiting) this.words.push({ text: this.waiting.text + letter, start: this.waiting.start, isTail: false });
    this.waiting = { text: letter, start, isTail: this.waiting !== undefined };
  }

  gap(_part?: string, _start?: number): void {
    this.endRun();
    this.endWord();
  }

  private endWord(): void {
    if (this.word) this.words.push(this.word);
    this.word = undefined;
  }

  private endRun(): void {
    if (this.waiting) this.words.push(this.waiting);
    this.waiting = undefined;
  }
}

/** What somebody looks for: each of these must begin a word of what is found. None where the text has no letter or digit. */
export function searchedWords(text: string): string[] {
  const words = new Set<string>();
  for (const { text: word, isTail } of wordsOf(text)) if (!isTail) words.add(word);
  return [...words];
}

/** @returns where the part of the original ends whose reading is `length` long, with the accents that belong to it */
export function endOfReading(text: string, start: number, length: number): number {
  let end = start;
  let read = 0;
  while (end < text.length) {
    const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
    const { length: part } = fold(character);
    if (read >= length && part > 0) break;
    read += part;
    end += character.length;
  }
  return end;
}

interface Part {
  text: string;
  kind: 'letter' | 'standalone' | 'gap';
}

const mostKnown = 20_000;
const known = new Map<string, readonly Part[]>();

/** What a character is read as; known ones are read ten times as fast. */
function partsOf(character: string): readonly Part[] {
  let parts = known.get(character);
  if (!parts) {
    parts = Array.from(fold(character), (text) => ({ text, kind: !letter.test(text) ? 'gap' : unspaced.test(text) ? 'standalone' : 'letter' }));
    if (known.size >= mostKnown) known.clear();
    known.set(character, parts);
  }
  return parts;
}

/** Letters apart from their accents, which are dropped, in the case that has one spelling for all: ß is ss, ς is σ. */
function fold(character: string): string {
  return character.normalize('NFKD').replace(unseen, '').toUpperCase().toLowerCase().normalize('NFKD').replace(unseen, '');
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
