import { describe, expect, it } from '@jest/globals';
import { type ModelPrice } from './prices/model-price.js';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';
import { ModelCallError, type ModelChunk } from './provider.js';
import { ProvidersService } from './providers.service.js';
import { SimulatedProvider } from './simulated.provider.js';

const workspaceId = 'w';
const free = { input: 0, output: 0, source: 'Simulated models cost nothing' };

function withServer(models: string[], prices?: Record<string, ModelPrice>): ProvidersService {
  return new ProvidersService([new SimulatedProvider(), new OpenAiCompatibleProvider({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: undefined, models, prices })]);
}

it('The models of all providers are listed, the simulated ones marked', async () => {
  expect((await withServer(['llama3', 'org/model']).of(workspaceId)).list()).toEqual([
    { id: 'simulated/extract', provider: 'simulated', name: 'extract', simulated: true, price: free },
    { id: 'simulated/instant', provider: 'simulated', name: 'instant', simulated: true, price: free },
    { id: 'simulated/brief', provider: 'simulated', name: 'brief', simulated: true, price: free },
    { id: 'openai-compatible/llama3', provider: 'openai-compatible', name: 'llama3', simulated: false, price: undefined, rate: { key: 'openai-compatible' } },
    { id: 'openai-compatible/org/model', provider: 'openai-compatible', name: 'org/model', simulated: false, price: undefined, rate: { key: 'openai-compatible' } },
  ]);
});

it('The default model is there without any configuration', async () => {
  const service = new ProvidersService([new SimulatedProvider()]);
  expect((await service.of(workspaceId)).hasModel(service.defaultModel)).toBe(true);
});

it.each(['', 'extract', '/extract', 'simulated/', 'simulated/other', 'nobody/extract', 'openai-compatible/unlisted', 'constructor/name'])(
  'There is no model %j',
  async (id) => {
    expect((await withServer(['llama3']).of(workspaceId)).hasModel(id)).toBe(false);
    expect(await withServer(['llama3']).find(workspaceId, id)).toBeUndefined();
  },
);

it('A server whose models are not listed takes any name', async () => {
  expect(await withServer([]).find(workspaceId, 'openai-compatible/org/any:7b')).toEqual({
    id: 'openai-compatible/org/any:7b',
    provider: 'openai-compatible',
    name: 'org/any:7b',
    simulated: false,
    price: undefined,
    rate: { key: 'openai-compatible' },
  });
  expect((await withServer([]).of(workspaceId)).hasModel('openai-compatible/ ')).toBe(false);
});

it('A call reaches the provider of the model', async () => {
  const chunks: ModelChunk[] = [];
  const messages = [{ role: 'USER' as const, content: 'Summarise: Cats sleep.' }];
  for await (const chunk of withServer([]).stream(workspaceId, 'simulated/instant', { messages, signal: new AbortController().signal })) chunks.push(chunk);
  expect(chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : chunk.type))).toEqual(['Cats', ' sleep.', 'finish']);
});

it('A call of a model that is not there is refused', async () => {
  const call = withServer(['llama3']).stream(workspaceId, 'simulated/other', { messages: [], signal: new AbortController().signal });
  await expect(call[Symbol.asyncIterator]().next()).rejects.toEqual(expect.objectContaining({ name: ModelCallError.name, code: 'REFUSED' }));
});

describe('The cost of a call', () => {
  const usage = { inputTokens: 2_000_000, outputTokens: 500_000 };
  const service = withServer([], { llama3: { input: 0.5, output: 2 }, cached: { input: 1, cachedInput: 0.1, output: 2 }, '*': { input: 3, output: 4 } });

  it.each([
    ['simulated/extract', usage, 0],
    ['openai-compatible/llama3', usage, 2],
    ['openai-compatible/other', usage, 8],
    ['openai-compatible/constructor', usage, 8],
    ['openai-compatible/cached', { ...usage, cachedInputTokens: 1_500_000 }, 0.5 + 0.15 + 1],
    ['openai-compatible/llama3', { ...usage, cachedInputTokens: 1_500_000 }, 2],
  ])('of %s for %j is %d dollars', async (model, used, cost) => {
    expect(await service.costOf(workspaceId, model, used)).toBeCloseTo(cost, 9);
  });

  it('is what its vendor charges where the server is the vendor’s own', async () => {
    const vendor = new ProvidersService([new OpenAiCompatibleProvider({ baseUrl: 'https://api.openai.com/v1', apiKey: undefined, models: [], prices: { 'gpt-4o': { input: 0, output: 0 } } })]);
    expect(await vendor.costOf(workspaceId, 'openai-compatible/gpt-4.1', usage)).toBe(8);
    expect(await vendor.costOf(workspaceId, 'openai-compatible/gpt-4o', usage)).toBe(0);
  });

  it('is not known where no price is', async () => {
    expect(await withServer([]).costOf(workspaceId, 'openai-compatible/llama3', usage)).toBeUndefined();
    expect(await withServer([]).costOf(workspaceId, 'nobody/model', usage)).toBeUndefined();
    expect(await withServer([], { llama3: { input: 0, output: 0 } }).costOf(workspaceId, 'openai-compatible/constructor', usage)).toBeUndefined();
  });
});
