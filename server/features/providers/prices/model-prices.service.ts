import { type ModelPrice as PublicPrice } from '../../../../schema/model-prices.js';
import { type Identity } from '../../auth/identity.js';
import { type ProvidersService, type WorkspaceModels } from '../providers.service.js';
import { type CustomPrices } from './custom-prices.js';
import { type StatedPrice } from './model-price.js';
import { knownPrice, pricedModels, usualSlug, vendors } from './price-table.js';

/** What the models of a workspace cost, for people to see and to set. */
export class ModelPricesService {
  constructor(
    private readonly providers: ProvidersService,
    private readonly custom: CustomPrices,
  ) {}

  /** Of the models that the workspace can call, those it has set a price for, and those whose prices the product knows. By their ids. */
  async list(workspaceId: string): Promise<PublicPrice[]> {
    const [models, custom] = await Promise.all([this.providers.of(workspaceId), this.custom.of(workspaceId)]);
    const known = vendors.flatMap((vendor) => {
      const slugs = models.slugsOf(vendor);
      return (slugs.length > 0 ? slugs : [usualSlug(vendor)]).flatMap((slug) => pricedModels(vendor).map((name) => `${slug}/${name}`));
    });
    const ids = new Set([...models.list().map(({ id }) => id), ...custom.keys(), ...known]);
    return [...ids].sort().map((id) => toPublic(id, models));
  }

  /** @throws InvalidInputError naming every field that is wrong */
  async set({ workspaceId }: Identity, input: object): Promise<PublicPrice> {
    return this.one(workspaceId, await this.custom.set(workspaceId, input));
  }

  /** To what the product knows, if it knows anything. */
  async reset({ workspaceId }: Identity, model: string): Promise<PublicPrice> {
    await this.custom.reset(workspaceId, model);
    return this.one(workspaceId, model);
  }

  private async one(workspaceId: string, id: string): Promise<PublicPrice> {
    return toPublic(id, await this.providers.of(workspaceId));
  }
}

function toPublic(id: string, models: WorkspaceModels): PublicPrice {
  const available = models.hasModel(id);
  const price = models.priceOf(id) ?? (available ? undefined : usualPrice(id));
  if (!price) return { model: id, custom: false, available };
  const { input, output, cachedInput, long, source, sourceUrl, asOf, custom = false } = price;
  return { model: id, prices: { input, output, cachedInput }, long, source, sourceUrl, asOf, custom, available };
}

/** Of a model that the workspace could call if it had its vendor's key. */
function usualPrice(id: string): StatedPrice | undefined {
  const vendor = vendors.find((one) => id.startsWith(`${usualSlug(one)}/`));
  return vendor && knownPrice(vendor, id.slice(usualSlug(vendor).length + 1));
}
