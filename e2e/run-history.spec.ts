import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';

const created = z.object({ id: z.string() });

/** A workflow that ends at once, fails where it is told to, or waits for an hour. */
async function makeWorkflow(api: DemoApi, name: string, step: object): Promise<string> {
  const { createWorkflow } = await api.request(
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name, definition: { inputs: [{ name: 'text', type: 'STRING' }], steps: [{ key: 'only', name: 'Only', ...step }] } } },
    z.object({ createWorkflow: created }),
  );
  return createWorkflow.id;
}

async function start(api: DemoApi, workflowId: string, text: string, labels: string[] = []): Promise<string> {
  const { executeWorkflow } = await api.request(
    'mutation ($input: ExecuteWorkflowInput!) { executeWorkflow(input: $input) { id } }',
    { input: { workflowId, inputs: { text }, labels } },
    z.object({ executeWorkflow: created }),
  );
  return executeWorkflow.id;
}

const ends = { type: 'TRANSFORM', settings: { expression: 'text = "bad" ? $error("Never " & text) : text' }, inputs: [{ name: 'text', from: 'inputs.text' }] };

test('runs are found by what they hold, change before the reader’s eyes without moving, and are cancelled and repeated many at a time', async ({ page, api }) => {
  const [digest, slow] = [await makeWorkflow(api, 'Digest', ends), await makeWorkflow(api, 'Slow one', { type: 'DELAY', settings: { durationMs: 3_600_000 } })];
  await start(api, digest, 'a blue whale', ['nightly']);
  await start(api, digest, 'bad');
  await start(api, slow, 'first');
  await start(api, slow, 'second');

  await signIn(page, api.account, '/runs');
  const table = page.getByRole('table', { name: 'Runs' });
  const rows = table.getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(table.getByText('Waiting')).toHaveCount(2);

  await page.getByRole('searchbox', { name: 'Search runs' }).fill('BLUE wh');
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(/search=BLUE\+wh/);
  await page.getByRole('searchbox', { name: 'Search runs' }).fill('no such text');
  await expect(page.getByRole('heading', { name: 'No such runs' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Failed' }).click();
  await expect(rows).toHaveCount(2);
  await page.reload();
  await expect(rows).toHaveCount(2);
  await page.goto('/runs?label=nightly');
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(rows).toHaveCount(5);

  await start(api, digest, 'a late one');
  await page.getByRole('button', { name: '1 new run' }).click();
  await expect(rows).toHaveCount(6);

  await page.getByRole('checkbox', { name: 'Select the run of Slow one' }).first().press(' ');
  await page.getByRole('checkbox', { name: 'Select the run of Slow one' }).last().click({ modifiers: ['Shift'] });
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the runs' }).click();
  await expect(page.getByText('2 runs being cancelled.')).toBeVisible();
  await expect(table.getByText('Cancelled')).toHaveCount(2);
  await expect(table.getByText('Waiting')).toHaveCount(0);

  await page.getByRole('row', { name: 'Digest' }).filter({ hasText: 'Failed' }).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Run it again' }).click();
  await page.getByRole('link', { name: 'Show them' }).click();
  await expect(rows).toHaveCount(2);
  await expect(table.getByText('Re-run')).toBeVisible();
});
