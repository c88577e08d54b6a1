import { z } from 'zod';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';
import { makeGreeting, TriggerForm } from './trigger-form.js';

test('a run that fails raises an alarm: another workflow, launched with what went wrong', async ({ page, api }) => {
  const failing = await makeGreeting(api, { name: 'Failing', expression: '$error("No such customer: " & who)' });
  await makeGreeting(api, { name: 'Alarm', expression: '"Somebody look: " & who' });
  await signIn(page, api.account, '/triggers/new');
  const form = new TriggerForm(page);
  await form.begin(/^Event/, 'When a run fails', 'Alarm');
  await page.getByLabel('Event', { exact: true }).and(page.locator('input')).fill('execution.fa');
  await page.getByRole('option', { name: 'execution.failed' }).click();
  await page.getByLabel('Path of who').first().fill('payload.error.message');
  await form.create();
  await expect(page.getByRole('heading', { name: 'When a run fails', level: 1 })).toBeVisible();

  await api.request('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id, inputs: { who: "Ada" } }) { id } }', { id: failing }, z.object({}));
  const arrived = page.getByRole('table', { name: 'Deliveries' });
  await expect(arrived.getByRole('cell', { name: 'Accepted' })).toBeVisible();
  await arrived.getByRole('link').first().click();
  await page.getByRole('dialog').getByRole('link', { name: /run/i }).first().click();
  await new RunPage(page).expectCompleted();
  await expect(new RunPage(page).output('Whole run')).toContainText('No such customer: Ada');
});
