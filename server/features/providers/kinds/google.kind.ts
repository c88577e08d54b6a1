import { z } from 'zod';
import { pricedModels } from '../prices/price-table.js';
import { type ProviderKind } from './provider-kind.js';

const listed = z.object({ models: z.array(z.object({ name: z.string(), supportedGenerationMethods: z.array(z.string()).optional() })) });

/** Google's Gemini API. */
export const google: ProviderKind = {
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  models: pricedModels('GOOGLE'),
  async load() {
    const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
    return ({ baseUrl, apiKey = '', ...connection }, model) => createGoogleGenerativeAI({ baseURL: baseUrl, apiKey, ...connection })(model);
  },
  listing: {
    path: '/models?pageSize=1000',
    headers: (apiKey) => ({ 'x-goog-api-key': apiKey }),
    names: listed.transform(({ models }) =>
      models.filter(({ supportedGenerationMethods: methods }) => !methods || methods.includes('generateContent')).map(({ name }) => name.replace(/^models\//, '')),
    ),
  },
};
