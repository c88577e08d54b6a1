import { costOf } from './model-price.js';
import { type ModelCall, type ModelChunk, ModelCallError, type ModelInfo, type ModelUsage, type Provider } from './provider.js';

/** Every model that can be called. A model's id is `provider/name`; a name may hold slashes. */
export class ProvidersService {
  /** For those who have not chosen one: works with no key and no network. */
  readonly defaultModel = 'simulated/extract';
  private readonly providers: ReadonlyMap<string, Provider>;

  constructor(providers: readonly Provider[]) {
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
  }

  models(): ModelInfo[] {
    return [...this.providers.values()].flatMap((provider) => provider.models().map((name) => modelInfo(provider, name)));
  }

  /** Undefined where no provider takes it. A provider that lists no models takes any name. */
  find(modelId: string): ModelInfo | undefined {
    const slash = modelId.indexOf('/');
    const provider = this.providers.get(modelId.slice(0, slash));
    const name = modelId.slice(slash + 1);
    if (slash < 0 || !provider || name.trim() === '') return undefined;
    const listed = provider.models();
    return listed.length === 0 || listed.includes(name) ? modelInfo(provider, name) : undefined;
  }

  hasModel(modelId: string): boolean {
    return this.find(modelId) !== undefined;
  }

  /** What a call came to, in US dollars; undefined where the model's price is not known. */
  costOf(modelId: string, usage: ModelUsage): number | undefined {
    const price = this.find(modelId)?.price;
    return price && costOf(price, usage);
  }

  /** @throws ModelCallError, perhaps after some chunks; the signal's reason when it is aborted */
  async *stream(modelId: string, call: Omit<ModelCall, 'model'>): AsyncIterable<ModelChunk> {
    const model = this.find(modelId);
    const provider = model && this.providers.get(model.provider);
    if (!provider) {
      throw new ModelCallError('REFUSED', `There is no model “${modelId}” here. Choose another one, or configure its provider.`);
    }
    yield* provider.stream({ ...call, model: model.name });
  }
}

function modelInfo(provider: Provider, name: string): ModelInfo {
  return { id: `${provider.id}/${name}`, provider: provider.id, name, simulated: provider.simulated, price: provider.priceOf(name) };
}
