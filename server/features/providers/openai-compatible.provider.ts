import { type Config } from '../../config.js';
import { type ModelErrorContext, toModelCallError } from './openai-compatible.errors.js';
import { type ModelCall, type ModelChunk, type ModelMessage, type Provider } from './provider.js';
import { countTokens } from './token-count.js';

type Settings = NonNullable<Config['openAiCompatible']>;

/** Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM and many more. Without a list of its models any name is passed on to it. */
export class OpenAiCompatibleProvider implements Provider {
  readonly id = 'openai-compatible';
  readonly simulated = false;

  private sdk: ReturnType<typeof loadSdk> | undefined;

  constructor(private readonly settings: Settings) {}

  models(): readonly string[] {
    return this.settings.models;
  }

  async *stream(call: ModelCall): AsyncIterable<ModelChunk> {
    const { streamText, createOpenAICompatible } = await (this.sdk ??= loadSdk());
    call.signal.throwIfAborted();
    const { baseUrl, apiKey } = this.settings;
    const provider = createOpenAICompatible({ name: this.id, baseURL: baseUrl, apiKey, includeUsage: true });
    // Whoever stops reading early ends the connection too.
    const abandoned = new AbortController();
    const context: ModelErrorContext = { host: new URL(baseUrl).host, model: call.model, apiKey, answering: false, contentType: undefined };
    try {
      const { fullStream } = streamText({
        model: provider(call.model),
        messages: call.messages.map(toSdkMessage),
        allowSystemInMessages: true,
        temperature: call.temperature,
        topP: call.topP,
        maxOutputTokens: call.maxOutputTokens,
        abortSignal: AbortSignal.any([call.signal, abandoned.signal]),
        maxRetries: 0,
        // Errors arrive in the stream; the default would print them.
        onError: () => undefined,
      });
      yield* readStream(fullStream, call, context);
    } catch (error) {
      call.signal.throwIfAborted();
      throw toModelCallError(error, context);
    } finally {
      abandoned.abort();
    }
  }
}

type SdkStream = ReturnType<Awaited<ReturnType<typeof loadSdk>>['streamText']>['fullStream'];

async function* readStream(stream: SdkStream, call: ModelCall, context: ModelErrorContext): AsyncIterable<ModelChunk> {
  let answer = '';
  let failure: unknown;
  for await (const part of stream) {
    if (part.type === 'text-delta' && part.text !== '') {
      context.answering = true;
      answer += part.text;
      yield { type: 'text', text: part.text };
    } else if (part.type === 'error') {
      failure ??= part.error;
    } else if (part.type === 'finish-step') {
      context.contentType = part.response.headers?.['content-type'];
    } else if (part.type === 'finish' && failure === undefined) {
      const finishReason = part.finishReason === 'error' ? 'other' : part.finishReason;
      // Some servers report no usage.
      const { inputTokens = inputTokensOf(call), outputTokens = countTokens(answer) } = part.totalUsage;
      yield { type: 'finish', finishReason, usage: { inputTokens, outputTokens } };
      return;
    }
  }
  throw failure;
}

function inputTokensOf({ messages }: ModelCall): number {
  return messages.reduce((sum, { content }) => sum + countTokens(content), 0);
}

function toSdkMessage({ role, content }: ModelMessage) {
  if (role === 'SYSTEM') return { role: 'system' as const, content };
  if (role === 'USER') return { role: 'user' as const, content };
  return { role: 'assistant' as const, content };
}

// Loaded when first needed: most runs of the server never call a real model, and it takes long.
async function loadSdk() {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const { streamText } = await import('ai');
  globalThis.AI_SDK_LOG_WARNINGS = false;
  return { streamText, createOpenAICompatible };
}
