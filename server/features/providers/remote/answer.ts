import { BrokenOffError, type ModelErrorContext } from './errors.js';
import { type Sdk } from './request.js';
import { type ModelCall, type ModelChunk } from '../provider.js';
import { countTokens } from '../token-count.js';

type SdkStream = ReturnType<Sdk['streamText']>['fullStream'];

/**
 * The answer as it arrives. `context` is kept up to date for whoever explains a failure.
 * @throws what the SDK reports, after the chunks that came before it
 */
export async function* readAnswer(stream: SdkStream, call: ModelCall, context: ModelErrorContext): AsyncIterable<ModelChunk> {
  const answer: string[] = [];
  // As the model wrote them: the SDK gives them parsed, and those that are no JSON in a shape of its own.
  const written = new Map<string, string>();
  // Kept until the end is known to be one: the SDK passes on what there is of a call whose stream broke off.
  const toolCalls: Extract<ModelChunk, { type: 'tool-call' }>[] = [];
  let failure: unknown;
  for await (const part of stream) {
    if (part.type === 'text-delta' && part.text !== '') {
      context.answering = true;
      answer.push(part.text);
      yield { type: 'text', text: part.text };
    } else if (part.type === 'reasoning-delta') {
      context.answering = true;
    } else if (part.type === 'tool-input-delta') {
      context.answering = true;
      written.set(part.id, (written.get(part.id) ?? '') + part.delta);
    } else if (part.type === 'tool-call') {
      toolCalls.push({ type: 'tool-call', id: part.toolCallId, name: part.toolName, arguments: written.get(part.toolCallId) ?? '' });
    } else if (part.type === 'error') {
      failure ??= part.error;
    } else if (part.type === 'finish-step') {
      context.contentType = part.response.headers?.['content-type'];
    } else if (part.type === 'finish' && failure === undefined) {
      // The stream ended in good order, though without the reason that its last part gives.
      if (part.rawFinishReason === undefined) throw new BrokenOffError();
      yield* toolCalls;
      for (const { name, arguments: text } of toolCalls) answer.push(name, text);
      const finishReason = part.finishReason === 'error' ? 'other' : part.finishReason;
      yield { type: 'finish', finishReason, usage: usageOf(part.totalUsage, call, answer) };
      return;
    }
  }
  throw failure;
}

interface ReportedUsage {
  inputTokens: number | undefined;
  outputTokens: number | undefined;
  inputTokenDetails: { cacheReadTokens: number | undefined };
  outputTokenDetails: { reasoningTokens: number | undefined };
}

/** Some servers report no usage: it is counted here then. */
function usageOf({ inputTokens, outputTokens, inputTokenDetails, outputTokenDetails }: ReportedUsage, call: ModelCall, answer: readonly string[]) {
  const { cacheReadTokens } = inputTokenDetails;
  const { reasoningTokens } = outputTokenDetails;
  return {
    inputTokens: inputTokens ?? sumOfTokens(call.messages.map(({ content }) => content)),
    outputTokens: outputTokens ?? sumOfTokens([answer.join('')]),
    ...(cacheReadTokens !== undefined && cacheReadTokens > 0 && { cachedInputTokens: cacheReadTokens }),
    ...(reasoningTokens !== undefined && reasoningTokens > 0 && { reasoningTokens }),
  };
}

function sumOfTokens(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + countTokens(text), 0);
}
