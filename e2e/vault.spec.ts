import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type ModelServer, startModelServer } from '../server/testing/model-server.js';
import { signIn } from './account.js';
import { expect, test as journey } from './journey.js';
import { RunPage } from './run-page.js';
import { secondPerson } from './second-person.js';

interface Echo {
  url: string;
  tokens: (string | undefined)[];
}

const test = journey.extend<{ models: ModelServer; echo: Echo }>({
  environment: { OUTGOING_ALLOW: '127.0.0.1' },
  models: async ({}, use) => {
    const models = await startModelServer();
    models.list('llama', 'mistral');
    await use(models);
    await models.close();
  },
  // Answers with all that it was sent.
  echo: async ({}, use) => {
    const tokens: Echo['tokens'] = [];
    const server = createServer((request, response) => {
      tokens.push(request.headers['x-token']?.toString());
      void text(request).then((body) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ headers: request.headers, body })));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, tokens });
    server.close();
    server.closeAllConnections();
  },
});

test('a key is added and tested, its models are offered and called, and it is replaced and revoked', async ({ page, api, models }) => {
  await signIn(page, api.account, '/settings');
  const dialog = page.getByRole('dialog');
  const key = dialog.getByLabel('Key', { exact: true });

  await page.getByRole('button', { name: 'Add provider' }).first().click();
  await page.getByRole('radio', { name: /Other server/ }).click();
  await dialog.getByRole('button', { name: 'Add and test' }).click();
  await expect(dialog.getByText('Give an address that begins with https://.')).toBeVisible();
  await dialog.getByLabel('Name').fill('Cellar');
  await dialog.getByLabel('Address').fill(models.baseUrl);
  await key.fill('sk-0123456789abcdef');
  await dialog.getByRole('button', { name: 'Add and test' }).click();
  await expect(page.getByText('“Cellar”: The key works. It reaches 2 models.')).toBeVisible();
  const drawer = page.getByRole('dialog', { name: 'Cellar', exact: true });
  await expect(drawer.getByText(/^…cdef [0-9a-f]{8}$/)).toBeVisible();

  await drawer.getByRole('button', { name: 'Ask which there are' }).click();
  await expect(drawer.getByRole('status')).toContainText('lists 2 models');
  await drawer.getByLabel('Models', { exact: true }).click();
  await page.getByRole('option', { name: 'llama' }).click();
  await drawer.getByRole('button', { name: 'Save models' }).click();
  await expect(page.getByText('1 model can be called.')).toBeVisible();

  await drawer.getByLabel('Requests').fill('60');
  await drawer.getByRole('button', { name: 'Save limits' }).click();
  await expect(page.getByText('Runs keep to the limits of “Cellar” from now on.')).toBeVisible();

  await page.goto('/prompts/new?panel=model');
  await page.getByRole('combobox', { name: 'Model' }).click();
  await expect(page.getByRole('option', { name: 'llama' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'mistral' })).toHaveCount(0);

  await page.goto('/settings/providers');
  await page.getByRole('link', { name: /^Cellar/ }).click();
  models.reply({ kind: 'status', status: 401, message: 'unknown key' });
  await drawer.getByRole('button', { name: 'Replace key…' }).click();
  await page.getByRole('dialog', { name: 'New key of “Cellar”' }).getByLabel('Key', { exact: true }).fill('sk-another-key-wrong');
  await page.getByRole('button', { name: 'Replace and test' }).click();
  await expect(drawer.getByRole('alert')).toContainText('refused the key (401). Check the key of the provider “Cellar”. It says: unknown key');
  await drawer.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(page.getByText('“Cellar”: llama answers.')).toBeVisible();
  expect(models.requests.at(-1)?.headers.authorization).toBe('Bearer sk-another-key-wrong');

  await drawer.getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(drawer).toBeHidden();
  await expect(page.getByRole('table', { name: 'Revoked providers' }).getByRole('row', { name: /Cellar/ })).toContainText('Revoked');
  await expect(page.getByText('No keys of providers yet')).toBeVisible();
});

test('a secret is sent by a step and shown nowhere, and a new value is sent by the next run', async ({ page, api, product, echo }) => {
  const [first, second] = ['tk-first-0123456789', 'tk-second-987654321'];
  await signIn(page, api.account, '/settings/secrets');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New secret' }).first().click();
  await dialog.getByLabel('Name').fill('not a name');
  await dialog.getByLabel('Value').fill(first);
  await dialog.getByRole('button', { name: 'Add secret' }).click();
  await expect(dialog.getByText('Use letters, digits and _')).toBeVisible();
  await dialog.getByLabel('Name').fill('TOKEN');
  await dialog.getByRole('button', { name: 'Add secret' }).click();
  await expect(page.getByRole('row', { name: /TOKEN/ })).toContainText(api.account.name);

  const steps = [{ key: 'call', name: 'Call', type: 'WEBHOOK', settings: { method: 'POST', url: echo.url, headers: [{ name: 'X-Token', value: '{{ secrets.TOKEN }}' }], body: { type: 'TEXT', template: 'token={{ secrets.TOKEN }}' } } }];
  const made = z.object({ made: z.object({ id: z.string() }) });
  const { made: workflow } = await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input: { name: 'Notify', definition: { inputs: [], steps } } }, made);
  const run = async () => {
    const { made: execution } = await api.request('mutation ($id: ID!) { made: executeWorkflow(input: { workflowId: $id }) { id } }', { id: workflow.id }, made);
    await page.goto(`/runs/${execution.id}`);
    const runPage = new RunPage(page);
    await runPage.expectCompleted();
    await runPage.select('Call');
    await expect(runPage.inspector('Call')).toContainText('token=••••••••');
  };
  const shown: string[] = [];
  page.on('response', (response) => void response.text().then((body) => shown.push(body), () => undefined));
  await run();

  await page.goto('/settings/secrets');
  await page.getByRole('button', { name: 'Actions for TOKEN' }).click();
  await page.getByRole('menuitem', { name: 'Replace value…' }).click();
  await dialog.getByLabel('Value').fill(second);
  await dialog.getByRole('button', { name: 'Replace value' }).click();
  await expect(page.getByText('Steps send the new value of TOKEN from their next attempt on.')).toBeVisible();
  await run();
  expect(echo.tokens).toEqual([first, second]);
  expect(shown.filter((body) => body.includes(first) || body.includes(second))).toEqual([]);

  await page.goto('/settings/secrets');
  await page.getByRole('button', { name: 'Actions for TOKEN' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Delete secret' }).click();
  await expect(page.getByText('No secrets yet')).toBeVisible();

  const reader = await secondPerson(product, 'VIEWER');
  await page.context().clearCookies();
  await signIn(page, reader, '/settings');
  await expect(page.getByText('No keys of providers yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add provider' })).toHaveCount(0);
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'API keys' })).toHaveCount(0);
});
