import { z } from 'zod';
import { type ProviderKind } from './provider-kind.js';
import { isStrict } from './strict-schema.js';

/** How OpenAI, and whoever follows it, lists models. */
export const openAiListing: ProviderKind['listing'] = {
  path: '/models',
  headers: (apiKey) => ({ authorization: `Bearer ${apiKey}` }),
  names: z.object({ data: z.array(z.object({ id: z.string() })) }).transform(({ data }) => data.map(({ id }) => id)),
};

/** Any server that speaks OpenAI's chat completions: Ollama, LM Studio, vLLM and many more. */
export const openAiCompatible: ProviderKind = {
  baseUrl: undefined,
  models: [],
  async load() {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
    return ({ baseUrl, ...connection }, model) =>
      createOpenAICompatible({ name: 'openai-compatible', baseURL: baseUrl, includeUsage: true, supportsStructuredOutputs: true, ...connection })(model);
  },
  options: ({ outputSchema }) => outputSchema && { openaiCompatible: { strictJsonSchema: isStrict(outputSchema) } },
  listing: openAiListing,
};
