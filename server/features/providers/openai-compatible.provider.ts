import { type Config } from '../../config.js';
import { type ModelPrice } from './model-price.js';
import { readAnswer } from './openai-compatible.answer.js';
import { type ModelErrorContext, toModelCallError } from './openai-compatible.errors.js';
import { loadSdk, type Sdk, toSdkRequest } from './openai-compatible.request.js';
import { type ModelCall, type ModelChunk, type Provider } from './provider.js';

type Settings = NonNullable<Config['openAiCompatible']>;

/** Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM and many more. Without a list of its models any name is passed on to it. */
export class OpenAiCompatibleProvider implements Provider {
  readonly id = 'openai-compatible';
  readonly simulated = false;

  private sdk: Promise<Sdk> | undefined;

  constructor(private readonly settings: Settings) {}

  models(): readonly string[] {
    return this.settings.models;
  }

  priceOf(model: string): ModelPrice | undefined {
    const { prices = {} } = this.settings;
    return Object.hasOwn(prices, model) ? prices[model] : prices['*'];
  }

  async *stream(call: ModelCall): AsyncIterable<ModelChunk> {
    const sdk = await (this.sdk ??= loadSdk());
    call.signal.throwIfAborted();
    const { baseUrl, apiKey } = this.settings;
    const provider = sdk.createOpenAICompatible({ name: this.id, baseURL: baseUrl, apiKey, includeUsage: true, supportsStructuredOutputs: true });
    // Whoever stops reading early ends the connection too.
    const abandoned = new AbortController();
    const context: ModelErrorContext = { host: new URL(baseUrl).host, model: call.model, apiKey, answering: false, contentType: undefined };
    try {
      const { fullStream } = sdk.streamText({
        ...toSdkRequest(sdk, call),
        model: provider(call.model),
        abortSignal: AbortSignal.any([call.signal, abandoned.signal]),
        maxRetries: 0,
        // Errors arrive in the stream; the default would print them.
        onError: () => undefined,
      });
      yield* readAnswer(fullStream, call, context);
    } catch (error) {
      call.signal.throwIfAborted();
      throw toModelCallError(error, context);
    } finally {
      abandoned.abort();
    }
  }
}
