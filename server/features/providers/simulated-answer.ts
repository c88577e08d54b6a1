import { type ModelMessage } from './provider.js';
import { type Digest, digest } from './simulated-summary.js';
import { readTask, type Task } from './simulated-task.js';

/** Longer texts are read up to here, as a real model's context would end somewhere. */
const CONTEXT_CHARACTERS = 100_000;

/** Where the messages don't say how much they want: as much as is usual, or as little as makes sense. */
export type Length = 'usual' | 'brief';

/**
 * Answers out of the text that the messages hold: its most telling sentences, as a summary, a list, a headline, questions or keywords,
 * whichever the messages ask for (in English; else a summary). The same messages always get the same answer.
 */
export function answerTo(messages: readonly ModelMessage[], length: Length): string {
  const task = readTask(messages);
  const text = digestOf(task.material);
  if (text.sentences.length === 0) return 'There is no text to work on.';
  return forms[task.form](text, length === 'brief' ? { ...task, ...briefly(task) } : task);
}

/** As much of a text as a model would read. */
export function digestOf(material: string): Digest {
  return digest(material.slice(0, CONTEXT_CHARACTERS));
}

/** One thing said of a text, such as its headline. */
export function sayOf(text: Digest, form: Task['form']): string {
  return text.sentences.length === 0 ? '' : forms[form](text, { material: '', form, count: 1, maxWords: undefined });
}

function briefly({ form, count, maxWords }: Task): Pick<Task, 'count' | 'maxWords'> {
  const least: Record<Task['form'], number> = { summary: 1, bullets: 2, headline: 1, questions: 1, keywords: 3 };
  return { count: count ?? least[form], maxWords: maxWords ?? (form === 'headline' ? 6 : undefined) };
}

const forms: Record<Task['form'], (text: Digest, task: Task) => string> = {
  summary: (text, { count, maxWords }) => {
    const usual = Math.min(5, Math.max(2, Math.ceil(text.sentences.length / 4)));
    return joined(within(text.pick(count ?? usual), maxWords).map(finished));
  },
  bullets: (text, { count, maxWords }) =>
    within(text.pick(count ?? Math.min(5, Math.max(3, Math.ceil(text.sentences.length / 3)))), maxWords)
      .map((sentence) => `- ${finished(sentence)}`)
      .join('\n'),
  headline: (text, { count, maxWords }) =>
    text
      .pick(count ?? 1)
      .map((sentence) => headline(sentence, maxWords ?? 12))
      .join('\n'),
  questions: (text, { count }) =>
    text
      .keywords(count ?? 3)
      .map((word, index) => `${index + 1}. What does the text say about “${word}”?`)
      .join('\n'),
  keywords: (text, { count }) => text.keywords(count ?? 5).join(', '),
};

function within(sentences: string[], maxWords = Infinity): string[] {
  let words = 0;
  return sentences.filter((sentence, index) => {
    words += sentence.split(/\s+/).length;
    return index === 0 || words <= maxWords;
  });
}

function finished(sentence: string): string {
  if (/[.!?…。！？][\p{Pe}\p{Pf}"']*$/u.test(sentence)) return sentence;
  const stop = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(sentence) ? '。' : '.';
  return `${sentence.replace(/[,;:،、]$/u, '')}${stop}`;
}

function joined(sentences: string[]): string {
  return sentences.reduce((text, sentence) => (text === '' || /[。！？]$/.test(text) ? text + sentence : `${text} ${sentence}`), '');
}

/** The sentence up to where it begins to explain itself. */
function headline(sentence: string, maxWords: number): string {
  const bare = sentence.replace(/[.!。！…]+$/u, '');
  const clauses = bare.split(/(?<=\S)(?:[;:—–]\s|\s[-–—]\s|,\s|[，、；])/u);
  let text = clauses[0] ?? bare;
  // A clause such as "In March" alone says nothing.
  for (const clause of clauses.slice(1)) {
    if (text.split(/\s+/).length >= 4 || text.length > 40) break;
    text = `${text}, ${clause}`;
  }
  const words = text.split(/\s+/);
  if (words.length > maxWords) {
    const dangling = /^(?:the|an?|of|to|in|on|at|for|and|or|but|with|by|from|that|which|who|as|is|are|was|were|its|their)$/i;
    words.length = maxWords;
    while (words.length > 1 && dangling.test(words.at(-1) ?? '')) words.pop();
  }
  const short = words.join(' ').replace(/[,;:]$/, '');
  return short.charAt(0).toUpperCase() + short.slice(1);
}
