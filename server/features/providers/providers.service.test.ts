import { expect, it } from '@jest/globals';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';
import { ModelCallError, type ModelChunk } from './provider.js';
import { ProvidersService } from './providers.service.js';
import { SimulatedProvider } from './simulated.provider.js';

function withServer(models: string[]): ProvidersService {
  return new ProvidersService([new SimulatedProvider(), new OpenAiCompatibleProvider({ baseUrl: 'http://127.0.0.1:1/v1', apiKey: undefined, models })]);
}

it('The models of all providers are listed, the simulated ones marked', () => {
  expect(withServer(['llama3', 'org/model']).models()).toEqual([
    { id: 'simulated/extract', provider: 'simulated', name: 'extract', simulated: true },
    { id: 'simulated/instant', provider: 'simulated', name: 'instant', simulated: true },
    { id: 'openai-compatible/llama3', provider: 'openai-compatible', name: 'llama3', simulated: false },
    { id: 'openai-compatible/org/model', provider: 'openai-compatible', name: 'org/model', simulated: false },
  ]);
});

it('The default model is there without any configuration', () => {
  const service = new ProvidersService([new SimulatedProvider()]);
  expect(service.hasModel(service.defaultModel)).toBe(true);
});

it.each(['', 'extract', '/extract', 'simulated/', 'simulated/other', 'nobody/extract', 'openai-compatible/unlisted', 'constructor/name'])(
  'There is no model %j',
  (id) => {
    expect(withServer(['llama3']).hasModel(id)).toBe(false);
  },
);

it('A server whose models are not listed takes any name', () => {
  expect(withServer([]).find('openai-compatible/org/any:7b')).toEqual({
    id: 'openai-compatible/org/any:7b',
    provider: 'openai-compatible',
    name: 'org/any:7b',
    simulated: false,
  });
  expect(withServer([]).hasModel('openai-compatible/ ')).toBe(false);
});

it('A call reaches the provider of the model', async () => {
  const chunks: ModelChunk[] = [];
  const messages = [{ role: 'USER' as const, content: 'Summarise: Cats sleep.' }];
  for await (const chunk of withServer([]).stream('simulated/instant', { messages, signal: new AbortController().signal })) chunks.push(chunk);
  expect(chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : chunk.finishReason))).toEqual(['Cats', ' sleep.', 'stop']);
});

it('A call of a model that is not there is refused', async () => {
  const call = withServer(['llama3']).stream('simulated/other', { messages: [], signal: new AbortController().signal });
  await expect(call[Symbol.asyncIterator]().next()).rejects.toEqual(expect.objectContaining({ name: ModelCallError.name, code: 'REFUSED' }));
});
