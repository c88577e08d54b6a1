import { type PromptContent } from '../server/features/prompts/content/content.js';
import { mergeContents } from '../server/features/prompts/history/merge.js';
import { inWords, type Measured, timeEach } from './statistics.js';

const rounds = 100;
const messages = 200;

/** Merging two versions of a long chat that both sides edited, moved and added to. */
export async function measureMerge(): Promise<Measured> {
  const base = chat((index) => sentences(index));
  const ours = edited(base, 2, 'kindly');
  const theirs = edited(base, 3, 'warmly');
  const spread = await timeEach(rounds, async () => mergeContents(base, ours, theirs));
  return { result: { mergeOf200MessagesMs: spread }, lines: [[`Merge of two versions with ${messages} messages`, inWords(spread)]] };
}

function chat(textOf: (index: number) => string): PromptContent {
  return {
    kind: 'CHAT',
    messages: Array.from({ length: messages }, (_, index) => ({ id: `m${index}`, role: 'USER', content: textOf(index) })),
    variables: [],
    settings: { model: 'simulated/extract' },
    tools: [],
  };
}

function sentences(index: number): string {
  return `You are an assistant for team ${index}.\nAnswer {{ question }} in ${index} short lines, politely.\nNever speak of prices.\n`.repeat(3);
}

/** Every so many messages say something else, five stand elsewhere, and one is new. */
function edited(base: PromptContent, step: number, word: string): PromptContent {
  const changed = base.messages.map((message, index) =>
    index % step === 0 && message.role !== 'PLACEHOLDER' ? { ...message, content: message.content.replaceAll('politely', word).replace('prices', `${word} prices`) } : message,
  );
  const moved = changed.splice(step * 3, 5);
  return { ...base, messages: [...changed.slice(0, 50), { id: `new-${word}`, role: 'USER', content: word }, ...changed.slice(50), ...moved] };
}
