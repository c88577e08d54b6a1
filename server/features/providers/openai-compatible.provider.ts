import { openAiCompatible } from './kinds/openai-compatible.kind.js';
import { type ModelPrice, type StatedPrice } from './prices/model-price.js';
import { knownPrice, vendorAt } from './prices/price-table.js';
import { type ModelCall, type ModelChunk, type Provider } from './provider.js';
import { callModel } from './remote/call-model.js';

export interface OpenAiCompatibleSettings {
  baseUrl: string;
  apiKey: string | undefined;
  models: readonly string[];
  /** By the name of the model; `*` stands for every other one. */
  prices?: Readonly<Record<string, ModelPrice>> | undefined;
}

/** The server of models that the operator has set for every workspace. Without a list of its models any name is passed on to it. */
export class OpenAiCompatibleProvider implements Provider {
  readonly id = 'openai-compatible';
  readonly simulated = false;
  readonly rate = { key: this.id };

  constructor(private readonly settings: OpenAiCompatibleSettings) {}

  get takesOthers(): boolean {
    return this.settings.models.length === 0;
  }

  models(): readonly string[] {
    return this.settings.models;
  }

  priceOf(model: string): StatedPrice | undefined {
    const { prices = {}, baseUrl } = this.settings;
    const price = Object.hasOwn(prices, model) ? prices[model] : prices['*'];
    if (price) return { ...price, source: 'OPENAI_COMPATIBLE_PRICES of this server' };
    const vendor = vendorAt(baseUrl);
    return vendor && knownPrice(vendor, model);
  }

  stream(call: ModelCall): AsyncIterable<ModelChunk> {
    const { baseUrl, apiKey } = this.settings;
    return callModel(openAiCompatible, { baseUrl, apiKey, setBy: { baseUrl: 'OPENAI_COMPATIBLE_URL', apiKey: 'OPENAI_COMPATIBLE_KEY' } }, call);
  }
}
