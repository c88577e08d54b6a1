import { z } from 'zod';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { makeGreeting, TriggerForm, triggerIdOf } from './trigger-form.js';

test('a program launches a workflow over plain HTTP: at once, waiting for the output, and following the run', async ({ page, api, product }) => {
  await makeGreeting(api);
  const { made } = await api.request('mutation { made: createApiKey(input: { name: "Shop" }) { secret } }', {}, z.object({ made: z.object({ secret: z.string() }) }));
  await signIn(page, api.account, '/triggers/new');
  const form = new TriggerForm(page);
  await form.begin(/^API/, 'From the shop', 'Greeting');
  await form.create();
  await expect(page.getByRole('heading', { name: 'From the shop', level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Wait for the output, up to 30 seconds' })).toContainText('?wait=30');

  const url = `${product.url}/triggers/${triggerIdOf(page)}`;
  const post = (query: string, headers: Record<string, string> = {}) =>
    fetch(url + query, { method: 'POST', headers: { authorization: `Bearer ${made.secret}`, 'content-type': 'application/json', ...headers }, body: '{ "who": "Ada" }' });
  expect((await post('')).status).toBe(202);
  expect(await (await post('?wait=30')).json()).toMatchObject({ status: 'COMPLETED', output: 'Hello Ada' });
  expect(await (await post('', { accept: 'text/event-stream' })).text()).toContain('event: EXECUTION_COMPLETED');

  await expect(page.getByRole('table', { name: 'Deliveries' }).getByRole('cell', { name: 'Accepted' })).toHaveCount(3);
});
