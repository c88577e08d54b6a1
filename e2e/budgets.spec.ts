import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { makePrompt } from './prompt-data.js';

const created = z.object({ id: z.string() });

async function makeWorkflow(api: DemoApi, promptId: string): Promise<string> {
  const { createWorkflow } = await api.request(
    'mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }',
    { input: { name: 'Digest', definition: { inputs: [], steps: [{ key: 'say', name: 'Summarise', type: 'PROMPT', settings: { promptId } }] } } },
    z.object({ createWorkflow: created }),
  );
  return createWorkflow.id;
}

test('a run that would cost more than its budget is refused, says why, and goes through once the budget is raised', async ({ page, api }) => {
  const { id: promptId } = await makePrompt(api, { name: 'Summary', text: 'Summarise in one sentence: Cats sleep most of the day.' });
  const workflowId = await makeWorkflow(api, promptId);

  await signIn(page, api.account, '/settings/prices');
  await page.getByRole('searchbox', { name: 'Search models' }).fill('simulated/extract');
  await page.getByRole('button', { name: 'Set the price of simulated/extract' }).click();
  const price = page.getByRole('dialog', { name: 'What simulated/extract costs' });
  await price.getByRole('textbox', { name: 'Input', exact: true }).fill('1000');
  await price.getByRole('textbox', { name: 'Output' }).fill('1000');
  await price.getByRole('textbox', { name: 'Source' }).fill('To try budgets');
  await price.getByRole('button', { name: 'Set price' }).click();
  await expect(page.getByRole('row', { name: 'simulated/extract' })).toContainText('$1,000.00');
  await expect(page.getByRole('row', { name: 'simulated/extract' })).toContainText('To try budgets');

  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Budgets' }).click();
  await expect(page.getByRole('heading', { name: 'No budgets yet' })).toBeVisible();
  await page.getByRole('button', { name: 'New budget' }).last().click();
  const budget = page.getByRole('dialog', { name: 'New budget' });
  await budget.getByRole('textbox', { name: 'Limit' }).fill('2');
  await budget.getByRole('button', { name: 'Set budget' }).click();
  await expect(page.getByRole('list', { name: 'Budgets' })).toContainText('$0 spent of $2.00');

  const run = async () => {
    await page.goto(`/workflows/${workflowId}`);
    await page.getByRole('button', { name: 'Run', exact: true }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL('**/runs/*');
  };
  await run();
  await expect(page.getByRole('region', { name: 'Inspector: Summarise' })).toContainText('$2.00 is left of the $2.00 that this workspace may spend');

  await page.getByRole('link', { name: 'Open the budgets' }).click();
  await page.getByRole('button', { name: 'Change the budget of the workspace for a month' }).click();
  const change = page.getByRole('dialog', { name: 'Change the budget' });
  await change.getByRole('textbox', { name: 'Limit' }).fill('20');
  await change.getByRole('button', { name: 'Change budget' }).click();
  await expect(page.getByRole('list', { name: 'Budgets' })).toContainText('of $20.00');
  await run();
  await expect(page.getByText('Completed').first()).toBeVisible();
  await page.goto('/settings/budgets');
  await expect(page.getByRole('list', { name: 'Budgets' })).toContainText(/\$0\.0\d+ spent of \$20\.00/);
});
