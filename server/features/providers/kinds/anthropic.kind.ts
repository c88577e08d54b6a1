import { z } from 'zod';
import { pricedModels } from '../prices/price-table.js';
import { type ProviderKind } from './provider-kind.js';

/** Anthropic by its messages. */
export const anthropic: ProviderKind = {
  baseUrl: 'https://api.anthropic.com/v1',
  models: pricedModels('ANTHROPIC'),
  async load() {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    return ({ baseUrl, apiKey = '', ...connection }, model) => createAnthropic({ baseURL: baseUrl, apiKey, ...connection })(model);
  },
  listing: {
    path: '/models?limit=1000',
    headers: (apiKey) => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
    names: z.object({ data: z.array(z.object({ id: z.string() })) }).transform(({ data }) => data.map(({ id }) => id)),
  },
};
