/** Sentences of a text that are worth saying, and what it is about. All of it is a pure function of the text. */
export interface Digest {
  sentences: readonly string[];
  /** The most telling sentences, in the order of the text. */
  pick(count: number): string[];
  /** The words that the text comes back to, most frequent first. */
  keywords(count: number): string[];
}

const sentenceSegmenter = () => new Intl.Segmenter('en', { granularity: 'sentence' });
const wordSegmenter = () => new Intl.Segmenter('en', { granularity: 'word' });
const abbreviation = /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Inc|Ltd|Jr|Sr|vs|etc|cf|approx|e\.g|i\.e|z\.B|\p{Lu})\.\s*$/u;
const pointsBack = /^(?:it|its|he|she|they|his|her|their|this|that|these|those|but|and|so|however|also)\b/i;
const stopWords = new Set(
  ('about above after again also although among another because been before being below between both could does doing down during each ' +
    'even every from further have having here into itself just like made make many might more most much must only other over same shall ' +
    'should since some still such than that their them then there these they this those through under until upon very want well were what ' +
    'when where which while whom will with within without would your yours the and for are but not you all any can had her was one our ' +
    'out has him his how its may she who did get let yet').split(' '),
);

/** Reads a text: paragraphs are split into sentences, each item of a list is one, headings and tables are left out. */
export function digest(text: string): Digest {
  const sentences = sentencesOf(text);
  const words = wordSegmenter();
  const wordsOf = sentences.map((sentence) => contentWords(sentence, words));
  const frequency = new Map<string, number>();
  for (const list of wordsOf) for (const word of list) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  // Texts begin with what they are about; a sentence that points back says little by itself.
  const weights = (index: number) => (index === 0 ? 2 : 1) * (pointsBack.test(sentences[index] ?? '') ? 0.75 : 1);

  return {
    sentences,
    pick: (count) => mostTelling(wordsOf, new Map(frequency), weights, count).map((index) => sentences[index] ?? ''),
    keywords: (count) =>
      [...frequency]
        .sort(([, a], [, b]) => b - a)
        .slice(0, count)
        .map(([word]) => word),
  };
}

/** Takes the best sentence, halves the worth of its words so that the next one says something else, and so on. */
function mostTelling(wordsOf: string[][], worth: Map<string, number>, weights: (index: number) => number, count: number): number[] {
  const left = new Set(wordsOf.keys());
  const picked: number[] = [];
  while (picked.length < count && left.size > 0) {
    let best = -1;
    let bestScore = -1;
    for (const index of left) {
      const score = scoreOf(wordsOf[index] ?? [], worth) * weights(index);
      if (score > bestScore) [best, bestScore] = [index, score];
    }
    left.delete(best);
    picked.push(best);
    for (const word of wordsOf[best] ?? []) worth.set(word, (worth.get(word) ?? 0) / 2);
  }
  return picked.sort((a, b) => a - b);
}

function scoreOf(words: string[], worth: Map<string, number>): number {
  if (words.length === 0) return 0;
  let sum = 0;
  for (const word of new Set(words)) sum += worth.get(word) ?? 0;
  // Neither scraps nor monsters: six content words make a good sentence.
  return sum / Math.max(words.length, 6);
}

function contentWords(sentence: string, words: Intl.Segmenter): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of words.segment(sentence)) {
    if (!isWordLike) continue;
    const word = segment.toLowerCase();
    const acronym = segment.length > 1 && /^\p{Lu}+$/u.test(segment);
    const tooShort = /^[\p{Script=Latin}\p{N}]{1,3}$/u.test(word) && !acronym;
    if (!tooShort && !stopWords.has(word)) found.push(word);
  }
  return found;
}

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  const seen = new Set<string>();
  const segmenter = sentenceSegmenter();
  for (const passage of passagesOf(text)) {
    for (const sentence of splitSentences(passage, segmenter)) {
      const isNew = /[\p{L}\p{N}]/u.test(sentence) && !seen.has(sentence);
      if (isNew) sentences.push(sentence);
      seen.add(sentence);
    }
  }
  return sentences;
}

/** Paragraphs and items of lists, each on one line and without its markup. */
function passagesOf(text: string): string[] {
  const passages: string[] = [];
  const headings: string[] = [];
  let open = '';
  const close = () => {
    if (open) passages.push(open);
    open = '';
  };
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const item = /^(?:[-*+•–]|\d{1,3}[.)])\s+(.*)$/.exec(line);
    if (item) {
      close();
      open = plain(item[1] ?? '');
    } else if (/^#{1,6}\s/.test(line)) {
      close();
      headings.push(plain(line.replace(/^#+\s*/, '')));
    } else if (line === '' || /^([-*_=]\s*){3,}$/.test(line) || line.startsWith('|') || /^(```|""")/.test(line) || /^<\/?[\w-]+>$/.test(line)) {
      close();
    } else {
      open = open ? `${open} ${plain(line)}` : plain(line);
    }
  }
  close();
  return passages.length > 0 ? passages : headings;
}

function plain(line: string): string {
  return line
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/(^|\s)[*_](\S.*?)[*_](?=[\s.,;:!?]|$)/g, '$1$2')
    .replace(/^>\s*/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function splitSentences(passage: string, segmenter: Intl.Segmenter): string[] {
  const sentences: string[] = [];
  let open = '';
  for (const { segment } of segmenter.segment(passage)) {
    open += segment;
    if (abbreviation.test(open)) continue;
    sentences.push(open.trim());
    open = '';
  }
  if (open.trim()) sentences.push(open.trim());
  return sentences;
}
