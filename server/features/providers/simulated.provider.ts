import { setTimeout as pause } from 'node:timers/promises';
import { type StatedPrice } from './prices/model-price.js';
import { type FinishReason, type ModelCall, type ModelChunk, ModelCallError, type Provider } from './provider.js';
import { answerTo, type Length } from './simulated-answer.js';
import { structureFor } from './simulated-structure.js';
import { toolCallsFor } from './simulated-tools.js';
import { countTokens } from './token-count.js';

interface SimulatedModel {
  /** Pause before each word. */
  paceMs: number;
  length: Length;
}

const simulatedModels: ReadonlyMap<string, SimulatedModel> = new Map([
  ['extract', { paceMs: 15, length: 'usual' }],
  ['instant', { paceMs: 0, length: 'usual' }],
  ['brief', { paceMs: 15, length: 'brief' }],
]);
/** What a chat format adds to each message. */
const TOKENS_PER_MESSAGE = 4;

type Piece = Exclude<ModelChunk, { type: 'finish' }>;

/**
 * Models that need no key and no network: `extract` streams at the pace of a real one, `instant` at once, `brief` says less. They call a tool
 * that the last user message names, and with an output schema they answer JSON that fits it. The same call always gets the same answer.
 */
export class SimulatedProvider implements Provider {
  readonly id = 'simulated';
  readonly simulated = true;
  readonly takesOthers = false;

  models(): readonly string[] {
    return [...simulatedModels.keys()];
  }

  priceOf(): StatedPrice {
    return { input: 0, output: 0, source: 'Simulated models cost nothing' };
  }

  async *stream(call: ModelCall): AsyncIterable<ModelChunk> {
    const { messages, maxOutputTokens = Infinity, signal } = call;
    const model = simulatedModels.get(call.model);
    if (!model) {
      throw new ModelCallError('REFUSED', `The simulated provider has no model “${call.model}”. It has: ${this.models().join(', ')}.`);
    }
    signal.throwIfAborted();
    const inputTokens = messages.reduce((sum, { content }) => sum + countTokens(content) + TOKENS_PER_MESSAGE, 0);
    const { pieces, finishReason } = answerOf(call, model.length);
    let outputTokens = 0;
    for (const piece of pieces) {
      const tokens = countTokens(piece.type === 'text' ? piece.text : `${piece.name} ${piece.arguments}`);
      if (outputTokens + tokens > maxOutputTokens) {
        yield { type: 'finish', finishReason: 'length', usage: { inputTokens, outputTokens } };
        return;
      }
      if (model.paceMs > 0) await pause(model.paceMs, undefined, { signal }).catch(() => signal.throwIfAborted());
      signal.throwIfAborted();
      outputTokens += tokens;
      yield piece;
    }
    yield { type: 'finish', finishReason, usage: { inputTokens, outputTokens } };
  }
}

function answerOf({ messages, tools = [], outputSchema, stopSequences = [] }: ModelCall, length: Length): { pieces: Piece[]; finishReason: FinishReason } {
  const calls = toolCallsFor(messages, tools);
  if (calls.length > 0) return { pieces: calls, finishReason: 'tool-calls' };
  const whole = outputSchema ? JSON.stringify(structureFor(outputSchema, messages), null, 2) : answerTo(messages, length);
  return { pieces: wordsOf(upTo(whole, stopSequences)).map((text) => ({ type: 'text', text })), finishReason: 'stop' };
}

function upTo(answer: string, stopSequences: readonly string[]): string {
  const ends = stopSequences.map((stop) => answer.indexOf(stop)).filter((index) => index >= 0);
  return answer.slice(0, Math.min(answer.length, ...ends));
}

/** Each word with the space before it; characters of scripts without spaces in threes. */
function wordsOf(answer: string): string[] {
  return answer.match(/\s*(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{1,3}|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+)/gu) ?? [];
}
