import { type Connection, type ProviderKind } from '../kinds/provider-kind.js';
import { type ModelCall, type ModelChunk } from '../provider.js';
import { readAnswer } from './answer.js';
import { type ModelErrorContext, toModelCallError } from './errors.js';
import { loadSdk, type Sdk, toSdkRequest } from './request.js';

type LoadedKind = Awaited<ReturnType<ProviderKind['load']>>;

let sdkOnce: Promise<Sdk> | undefined;
const loaded = new WeakMap<ProviderKind, Promise<LoadedKind>>();

/**
 * Calls a model over the network.
 * @param setBy where what was set can be changed, for the words of errors
 * @throws ModelCallError, perhaps after some chunks; the signal's reason when it is aborted
 */
export async function* callModel(kind: ProviderKind, { setBy, ...connection }: Connection & Pick<ModelErrorContext, 'setBy'>, call: ModelCall): AsyncIterable<ModelChunk> {
  const sdk = await (sdkOnce ??= loadSdk());
  const modelAt = await load(kind);
  call.signal.throwIfAborted();
  // Whoever stops reading early ends the connection too.
  const abandoned = new AbortController();
  const context: ModelErrorContext = { host: new URL(connection.baseUrl).host, model: call.model, apiKey: connection.apiKey, setBy, answering: false, contentType: undefined };
  const options = kind.options?.(call);
  try {
    const { fullStream } = sdk.streamText({
      ...toSdkRequest(sdk, call),
      ...(options && { providerOptions: options }),
      model: modelAt(connection, call.model),
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

function load(kind: ProviderKind): Promise<LoadedKind> {
  const known = loaded.get(kind);
  if (known) return known;
  const loading = kind.load();
  loaded.set(kind, loading);
  return loading;
}
