import { z } from 'zod';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';

const madeSchema = z.object({ made: z.object({ trigger: z.object({ id: z.string() }) }) });

test('what arrives shows as it comes, is found by what became of it, and is looked into', async ({ page, api }) => {
  const workflowId = await makeDemoWorkflow(api);
  const input = { workflowId, type: 'MANUAL', name: 'Digest', mapping: [{ name: 'document', from: 'payload.document' }] };
  const { made } = await api.request('mutation ($input: CreateTriggerInput!) { made: createTrigger(input: $input) { trigger { id } } }', { input }, madeSchema);
  const fire = (payload: unknown) =>
    api.request('mutation ($input: FireTriggerInput!) { fireTrigger(input: $input) { delivery { id } } }', { input: { triggerId: made.trigger.id, payload } }, z.object({}));
  await signIn(page, api.account, `/triggers/${made.trigger.id}?tab=deliveries`);
  await expect(page.getByRole('heading', { name: 'Nothing has arrived yet' })).toBeVisible();

  await fire({ document: 'Northwind Tea grew.' });
  const deliveries = page.getByRole('table', { name: 'Deliveries' });
  await expect(deliveries.getByRole('cell', { name: 'Accepted' })).toBeVisible();
  await fire({ text: 'no document' });
  await expect(deliveries.getByRole('cell', { name: 'Given up' })).toBeVisible();

  await page.getByRole('combobox', { name: 'Outcome' }).click();
  await page.getByRole('option', { name: 'Given up' }).click();
  await expect(page).toHaveURL(/outcome=dead/);
  await expect(deliveries.getByRole('row')).toHaveCount(2);
  await deliveries.getByRole('link').first().click();
  await expect(page.getByRole('dialog').getByLabel('The body as JSON')).toContainText('no document');
});
