import { setTimeout as pause } from 'node:timers/promises';
import { type ModelCall, type ModelChunk, ModelCallError, type Provider } from './provider.js';
import { answerTo } from './simulated-answer.js';
import { countTokens } from './token-count.js';

/** Pause before each word. */
const paceMs: ReadonlyMap<string, number> = new Map([
  ['extract', 15],
  ['instant', 0],
]);
/** What a chat format adds to each message. */
const TOKENS_PER_MESSAGE = 4;

/** Models that need no key and no network: `extract` streams at the pace of a real one, `instant` at once. */
export class SimulatedProvider implements Provider {
  readonly id = 'simulated';
  readonly simulated = true;

  models(): readonly string[] {
    return [...paceMs.keys()];
  }

  async *stream({ model, messages, maxOutputTokens = Infinity, signal }: ModelCall): AsyncIterable<ModelChunk> {
    const pace = paceMs.get(model);
    if (pace === undefined) {
      throw new ModelCallError('REFUSED', `The simulated provider has no model “${model}”. It has: ${this.models().join(', ')}.`);
    }
    signal.throwIfAborted();
    const inputTokens = messages.reduce((sum, { content }) => sum + countTokens(content) + TOKENS_PER_MESSAGE, 0);
    let outputTokens = 0;
    for (const text of wordsOf(answerTo(messages))) {
      const tokens = countTokens(text);
      if (outputTokens + tokens > maxOutputTokens) {
        yield { type: 'finish', finishReason: 'length', usage: { inputTokens, outputTokens } };
        return;
      }
      if (pace > 0) await pause(pace, undefined, { signal }).catch(() => signal.throwIfAborted());
      signal.throwIfAborted();
      outputTokens += tokens;
      yield { type: 'text', text };
    }
    yield { type: 'finish', finishReason: 'stop', usage: { inputTokens, outputTokens } };
  }
}

/** Each word with the space before it; characters of scripts without spaces in threes. */
function wordsOf(answer: string): string[] {
  return answer.match(/\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,3}|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+)/gu) ?? [];
}
