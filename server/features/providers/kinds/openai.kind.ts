import { pricedModels } from '../prices/price-table.js';
import { openAiListing } from './openai-compatible.kind.js';
import { type ProviderKind } from './provider-kind.js';
import { isStrict } from './strict-schema.js';

/** OpenAI by its chat completions, which proxies and gateways of it speak, too. */
export const openAi: ProviderKind = {
  baseUrl: 'https://api.openai.com/v1',
  models: pricedModels('OPENAI'),
  async load() {
    const { createOpenAI } = await import('@ai-sdk/openai');
    return ({ baseUrl, apiKey = '', ...connection }, model) => createOpenAI({ baseURL: baseUrl, apiKey, ...connection }).chat(model);
  },
  options: ({ outputSchema }) => outputSchema && { openai: { strictJsonSchema: isStrict(outputSchema) } },
  listing: openAiListing,
};
