import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { signIn } from './account.js';
import { expect, test as journey } from './journey.js';
import { type RecordingServer, startRecordingServer } from '../server/testing/recording-server.js';
import { secondPerson } from './second-person.js';

const test = journey.extend<{ receiver: RecordingServer }>({
  environment: { OUTGOING_ALLOW: '127.0.0.1' },
  receiver: async ({}, use) => {
    const receiver = await startRecordingServer((_, response) => void response.end('fine'));
    await use(receiver);
    receiver.close();
  },
});

const idSchema = z.object({ id: z.string() });

test('a change, a key’s use, a secret’s use and a refused attempt are found in the log, told in full, and taken along', async ({ page, api, product, receiver }) => {
  const { createApiKey } = await api.request('mutation { createApiKey(input: { name: "Deploys" }) { secret } }', {}, z.object({ createApiKey: z.object({ secret: z.string() }) }));
  const key = createApiKey.secret;
  const asKey = (query: string) =>
    fetch(`${product.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` }, body: JSON.stringify({ query }) });
  await asKey('mutation { createSecret(input: { name: "TOKEN", value: "very-secret-token" }) { id } }');
  await asKey('mutation { protectPromptLabel(name: "production") }');
  const step = { key: 'tell', name: 'Tell', type: 'WEBHOOK', settings: { method: 'POST', url: receiver.url, headers: [{ name: 'X-Token', value: '{{ secrets.TOKEN }}' }] } };
  const { createWorkflow } = await api.request(
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name: 'Tell them', definition: { inputs: [], steps: [step] } } },
    z.object({ createWorkflow: idSchema }),
  );
  const { executeWorkflow } = await api.request('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: createWorkflow.id }, z.object({ executeWorkflow: idSchema }));
  await expect.poll(() => receiver.received.length).toBe(1);

  await signIn(page, api.account, '/settings/retention');
  await page.getByLabel('Days', { exact: true }).fill('30');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('button', { name: 'Keep fewer' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit log' }).click();
  const log = page.getByRole('table', { name: 'Audit log' });
  const drawer = page.getByRole('dialog');

  await log.getByRole('link', { name: 'Changed the retention' }).click();
  await expect(drawer.getByRole('row', { name: /^Days/ })).toContainText(/Before: ?90.*After: ?30/s);
  await expect(drawer.getByText('127.0.0.1')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();

  await page.getByRole('combobox', { name: 'Who' }).click();
  await page.getByRole('option', { name: 'API key' }).click();
  await expect(log.getByRole('row', { name: /Used from a new address/ })).toContainText('Deploys');
  await expect(log.getByRole('row', { name: /Changed the retention/ })).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Refused' }).click();
  await expect(log.getByRole('row')).toHaveCount(2);
  await log.getByRole('link', { name: 'Protected a label' }).click();
  await expect(drawer.getByText('FORBIDDEN')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('searchbox', { name: 'Search the log' }).fill('token');
  await log.getByRole('link', { name: 'Sent a secret' }).click();
  await expect(drawer.getByRole('link', { name: 'TOKEN' })).toBeVisible();
  await drawer.getByRole('button', { name: 'All about TOKEN' }).click();
  await expect(page).toHaveURL(/object=/);
  await expect(log.getByRole('row')).toHaveCount(3);

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: /CSV/ }).click();
    })(),
  ]);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.trim().split('\r\n')).toHaveLength(3);
  expect(text).toContain('secret.read');
  expect(text).not.toContain('very-secret-token');

  await page.goto('/settings/audit?what=secret.read');
  await log.getByRole('link', { name: 'Sent a secret' }).click();
  await drawer.getByRole('link', { name: 'Open the run' }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${executeWorkflow.id}`));
});

test('who does not own the workspace is not offered the log, and is told so where they ask for it', async ({ page, api, product, conduct }) => {
  expect(api.account.email).toBeTruthy();
  await signIn(page, await secondPerson(product), '/settings/secrets');
  await expect(page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Audit log' })).toHaveCount(0);
  conduct.tolerate(/403|FORBIDDEN/);
  await page.goto('/settings/audit');
  await expect(page.getByRole('alert')).toContainText('audit:read');
});
