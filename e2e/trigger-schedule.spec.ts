import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';
import { makeGreeting, TriggerForm } from './trigger-form.js';

test('a schedule is made, says when it is due, and launches by itself', async ({ page, api }) => {
  await makeGreeting(api);
  await signIn(page, api.account, '/triggers/new');
  const form = new TriggerForm(page);
  await form.begin(/^Schedule/, 'Every second', 'Greeting');
  await form.always('who', 'Ada');

  await page.getByRole('radiogroup', { name: 'How to write when it is due' }).getByText('Cron').click();
  const cron = page.getByLabel('Cron expression');
  await cron.fill('5 minutes');
  await expect(page.getByText(/\*\/5 \* \* \* \*/)).toBeVisible();
  await cron.fill('* * * * * *');
  const due = page.getByRole('region', { name: 'Next due times' });
  await expect(due.getByRole('listitem')).toHaveCount(10);
  await form.create();

  await expect(page.getByRole('heading', { name: 'Every second', level: 1 })).toBeVisible();
  const arrived = page.getByRole('table', { name: 'Deliveries' });
  await expect(arrived.getByRole('cell', { name: 'Accepted' }).first()).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await arrived.getByRole('link').first().click();
  await page.getByRole('dialog').getByRole('link', { name: /run/i }).first().click();
  await new RunPage(page).expectCompleted();
  await expect(page.getByText('Launched by')).toContainText('Every second');
});
