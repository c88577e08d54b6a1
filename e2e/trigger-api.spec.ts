import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { makeGreeting, TriggerForm, triggerIdOf } from './trigger-form.js';

test('a program launches a workflow over plain HTTP: at once, waiting for the output, and following the run', async ({ page, api, product }) => {
  await makeGreeting(api);
  await signIn(page, api.account, '/triggers/new');
  const form = new TriggerForm(page);
  await form.begin(/^API/, 'From the shop', 'Greeting');
  await form.create();
  await expect(page.getByRole('heading', { name: 'From the shop', level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Wait for the output, up to 30 seconds' })).toContainText('?wait=30');

  const triggerPage = page.url();
  const url = `${product.url}/triggers/${triggerIdOf(page)}`;
  await page.getByRole('link', { name: 'make one' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Shop');
  await expect(dialog.getByText('From the shop · Greeting')).toBeVisible();
  await dialog.getByRole('button', { name: 'Create key' }).click();
  const secret = (await dialog.locator('code').first().textContent()) ?? '';
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByRole('table', { name: 'API keys' }).getByRole('row', { name: /Shop/ })).toContainText('1 trigger');
  await page.goto(triggerPage);
  const post = (query: string, headers: Record<string, string> = {}) =>
    fetch(url + query, { method: 'POST', headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers }, body: '{ "who": "Ada" }' });
  expect((await post('')).status).toBe(202);
  expect(await (await post('?wait=30')).json()).toMatchObject({ status: 'COMPLETED', output: 'Hello Ada' });
  expect(await (await post('', { accept: 'text/event-stream' })).text()).toContain('event: EXECUTION_COMPLETED');

  await expect(page.getByRole('table', { name: 'Deliveries' }).getByRole('cell', { name: 'Accepted' })).toHaveCount(3);
});
