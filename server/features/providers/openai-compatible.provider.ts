import { readAnswer } from './openai-compatible.answer.js';
import { type ModelErrorContext, toModelCallError } from './openai-compatible.errors.js';
import { loadSdk, type Sdk, toSdkRequest } from './openai-compatible.request.js';
import { type ModelPrice, type StatedPrice } from './prices/model-price.js';
import { type ModelCall, type ModelChunk, type Provider } from './provider.js';

export interface OpenAiCompatibleSettings {
  /** The first part of its models' ids. */
  id?: string;
  baseUrl: string;
  apiKey: string | undefined;
  models: readonly string[];
  /** By the name of the model; `*` stands for every other one. */
  prices?: Readonly<Record<string, ModelPrice>> | undefined;
  setBy?: ModelErrorContext['setBy'];
  fetch?: typeof globalThis.fetch;
}

const environment = { baseUrl: 'OPENAI_COMPATIBLE_URL', apiKey: 'OPENAI_COMPATIBLE_KEY' };

let sdkOnce: Promise<Sdk> | undefined;

/** Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM and many more. Without a list of its models any name is passed on to it. */
export class OpenAiCompatibleProvider implements Provider {
  readonly id: string;
  readonly simulated = false;

  constructor(private readonly settings: OpenAiCompatibleSettings) {
    this.id = settings.id ?? 'openai-compatible';
  }

  models(): readonly string[] {
    return this.settings.models;
  }

  priceOf(model: string): StatedPrice | undefined {
    const { prices = {} } = this.settings;
    const price = Object.hasOwn(prices, model) ? prices[model] : prices['*'];
    return price && { ...price, source: 'OPENAI_COMPATIBLE_PRICES of this server' };
  }

  async *stream(call: ModelCall): AsyncIterable<ModelChunk> {
    const sdk = await (sdkOnce ??= loadSdk());
    call.signal.throwIfAborted();
    const { baseUrl, apiKey, setBy = environment, fetch } = this.settings;
    const provider = sdk.createOpenAICompatible({ name: 'openai-compatible', baseURL: baseUrl, apiKey, includeUsage: true, supportsStructuredOutputs: true, ...(fetch && { fetch }) });
    // Whoever stops reading early ends the connection too.
    const abandoned = new AbortController();
    const context: ModelErrorContext = { host: new URL(baseUrl).host, model: call.model, apiKey, setBy, answering: false, contentType: undefined };
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
