import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

const fields = 'model prices { input output cachedInput } long { above input } source sourceUrl asOf custom available';
const set = `mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { ${fields} } }`;
const answer = z.object({ modelPrices: z.array(z.looseObject({ model: z.string() })) });

let server: TestServer;
let user: User;

beforeAll(async () => {
  server = await startTestServer({ openAiCompatible: { baseUrl: 'http://127.0.0.1:1/v1', apiKey: undefined, models: ['llama', 'mini'], prices: { llama: { input: 0.5, output: 1 } } } });
  user = await signUpUser(server);
});
afterAll(() => server.stop());

async function priceOf(model: string, as = user) {
  const { modelPrices } = answer.parse(await as.ask(`{ modelPrices { ${fields} } }`));
  return modelPrices.find((price) => price.model === model);
}

test('Each price says where it is from, and what nobody has priced says nothing', async () => {
  expect(await priceOf('simulated/instant')).toMatchObject({ prices: { input: 0, output: 0 }, source: 'Simulated models cost nothing', custom: false, available: true });
  expect(await priceOf('openai-compatible/llama')).toMatchObject({ prices: { input: 0.5, output: 1, cachedInput: null }, source: 'OPENAI_COMPATIBLE_PRICES of this server' });
  expect(await priceOf('openai-compatible/mini')).toMatchObject({ prices: null, source: null, available: true });
});

test('Prices that the product knows are listed before there is a key, and go by the name of the provider that has one', async () => {
  expect(await priceOf('openai/gpt-4.1')).toMatchObject({ prices: { input: 2, output: 8, cachedInput: 0.5 }, sourceUrl: expect.stringContaining('openai.com'), asOf: expect.any(String), available: false });
  const other = await signUpUser(server);
  await other.ask('mutation { createProviderCredential(input: { name: "Our OpenAI", baseUrl: "https://api.openai.com/v1", key: "sk-0123" }) { id } }');
  expect(await priceOf('openai/gpt-4.1', other)).toBeUndefined();
  expect(await priceOf('our-openai/gpt-5.4', other)).toMatchObject({ prices: { input: 2.5 }, long: { above: 272000, input: 5 }, available: true });
});

test('A price that is set goes before the known one until it is reset, for this workspace alone', async () => {
  const input = { model: 'openai-compatible/llama', input: 0.1, output: 0.2, cachedInput: 0.05, source: 'Contract of May' };
  expect(await user.ask(set, { input })).toEqual({
    setModelPrice: expect.objectContaining({ prices: { input: 0.1, output: 0.2, cachedInput: 0.05 }, source: 'Contract of May', custom: true, asOf: expect.any(String) }),
  });
  expect(await user.ask('{ models { id inputPrice outputPrice } }')).toMatchObject({ models: expect.arrayContaining([{ id: input.model, inputPrice: 0.1, outputPrice: 0.2 }]) });
  expect(await priceOf(input.model, await signUpUser(server))).toMatchObject({ prices: { input: 0.5 } });
  await user.ask('mutation ($model: String!) { resetModelPrice(model: $model) { model } }', { model: input.model });
  expect(await priceOf(input.model)).toMatchObject({ prices: { input: 0.5 }, custom: false });
});

test('A model that nobody lists can be given a price, and is forgotten when that is reset', async () => {
  await user.ask(set, { input: { model: 'elsewhere/org/model:7b', input: 0, output: 0 } });
  expect(await priceOf('elsewhere/org/model:7b')).toMatchObject({ prices: { input: 0, output: 0 }, source: 'Set by this workspace', available: false });
  expect(await user.ask('mutation { resetModelPrice(model: "elsewhere/org/model:7b") { prices { input } custom } }')).toEqual({ resetModelPrice: { prices: null, custom: false } });
  expect(await priceOf('elsewhere/org/model:7b')).toBeUndefined();
});

test.each([
  [{ model: 'no-slash' }, 'input.model'],
  [{ input: -1 }, 'input.input'],
  [{ output: 1e9 }, 'input.output'],
  [{ cachedInput: -0.1 }, 'input.cachedInput'],
])('%j is refused at %s', async (change, field) => {
  const { errors } = await user.client.query(set, { input: { model: 'a/b', input: 1, output: 1, ...change } }, { token: user.token });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field, message: expect.any(String) }] });
});
