import { type Vendor } from './prices/known-prices.data.js';
import { costOf, type StatedPrice } from './prices/model-price.js';
import { type ModelCall, type ModelChunk, ModelCallError, type ModelInfo, type ModelUsage, type Provider } from './provider.js';

/** Providers that a workspace has for itself. */
export interface WorkspaceProviders {
  of(workspaceId: string): Promise<readonly Provider[]>;
  find(workspaceId: string, id: string): Promise<Provider | undefined>;
}

/** What workspaces say that models cost, by the model's id. */
export interface WorkspacePrices {
  of(workspaceId: string): Promise<ReadonlyMap<string, StatedPrice>>;
}

/** The models of one workspace, as they are at one time. */
export class WorkspaceModels {
  constructor(
    private readonly providers: readonly Provider[],
    readonly defaultModel: string,
    private readonly prices: ReadonlyMap<string, StatedPrice>,
  ) {}

  list(): ModelInfo[] {
    return this.providers.flatMap((provider) => provider.models().map((name) => modelInfo(provider, name, this.prices)));
  }

  hasModel(modelId: string): boolean {
    return this.providerOf(modelId) !== undefined;
  }

  /** The price that the workspace has set goes before any other. Undefined where nobody knows it. */
  priceOf(modelId: string): StatedPrice | undefined {
    return this.prices.get(modelId) ?? this.providerOf(modelId)?.priceOf(partsOf(modelId).name);
  }

  /** What the ids of a vendor's models begin with. */
  slugsOf(vendor: Vendor): string[] {
    return this.providers.filter((provider) => provider.vendor === vendor).map(({ id }) => id);
  }

  private providerOf(modelId: string): Provider | undefined {
    const { providerId } = partsOf(modelId);
    const provider = this.providers.find(({ id }) => id === providerId);
    return provider && takes(provider, modelId) ? provider : undefined;
  }
}

/** Every model that can be called. A model's id is `provider/name`; a name may hold slashes. */
export class ProvidersService {
  /** For those who have not chosen one: works with no key and no network. */
  readonly defaultModel = 'simulated/extract';
  private readonly providers: ReadonlyMap<string, Provider>;

  /** @param providers those of every workspace */
  constructor(
    providers: readonly Provider[],
    private readonly own: WorkspaceProviders = { of: () => Promise.resolve([]), find: () => Promise.resolve(undefined) },
    private readonly prices: WorkspacePrices = { of: () => Promise.resolve(new Map()) },
  ) {
    this.providers = new Map(providers.map((provider) => [provider.id, provider]));
  }

  async of(workspaceId: string): Promise<WorkspaceModels> {
    const [own, prices] = await Promise.all([this.own.of(workspaceId), this.prices.of(workspaceId)]);
    return new WorkspaceModels([...this.providers.values(), ...own], this.defaultModel, prices);
  }

  /** Undefined where no provider takes it. */
  async find(workspaceId: string, modelId: string): Promise<ModelInfo | undefined> {
    const [provider, prices] = await Promise.all([this.providerOf(workspaceId, modelId), this.prices.of(workspaceId)]);
    return provider && modelInfo(provider, partsOf(modelId).name, prices);
  }

  /** What a call came to, in US dollars; undefined where the model's price is not known. */
  async costOf(workspaceId: string, modelId: string, usage: ModelUsage): Promise<number | undefined> {
    const price = (await this.find(workspaceId, modelId))?.price;
    return price && costOf(price, usage);
  }

  /** @throws ModelCallError, perhaps after some chunks; the signal's reason when it is aborted */
  async *stream(workspaceId: string, modelId: string, call: Omit<ModelCall, 'model'>): AsyncIterable<ModelChunk> {
    const provider = await this.providerOf(workspaceId, modelId);
    if (!provider) {
      throw new ModelCallError('REFUSED', `There is no model “${modelId}” here. Choose another one, or configure its provider.`);
    }
    yield* provider.stream({ ...call, model: partsOf(modelId).name });
  }

  private async providerOf(workspaceId: string, modelId: string): Promise<Provider | undefined> {
    const { providerId } = partsOf(modelId);
    const provider = this.providers.get(providerId) ?? (providerId === '' ? undefined : await this.own.find(workspaceId, providerId));
    return provider && takes(provider, modelId) ? provider : undefined;
  }
}

function takes(provider: Provider, modelId: string): boolean {
  const { name } = partsOf(modelId);
  return name.trim() !== '' && (provider.takesOthers || provider.models().includes(name));
}

function partsOf(modelId: string): { providerId: string; name: string } {
  const slash = modelId.indexOf('/');
  return { providerId: modelId.slice(0, Math.max(slash, 0)), name: modelId.slice(slash + 1) };
}

function modelInfo(provider: Provider, name: string, prices: ReadonlyMap<string, StatedPrice>): ModelInfo {
  const id = `${provider.id}/${name}`;
  return { id, provider: provider.id, name, simulated: provider.simulated, price: prices.get(id) ?? provider.priceOf(name), rate: provider.rate };
}
