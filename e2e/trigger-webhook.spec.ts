import { createHmac } from 'node:crypto';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';
import { makeGreeting, TriggerForm, triggerIdOf } from './trigger-form.js';

test('a webhook is set up: listened to, mapped from what arrived, and launched by a signed request', async ({ page, api, product }) => {
  await makeGreeting(api);
  await signIn(page, api.account, '/triggers/new');
  const form = new TriggerForm(page);
  await form.begin(/^Webhook/, 'From GitHub', 'Greeting');
  await page.getByRole('combobox', { name: 'How the sender signs' }).click();
  await page.getByRole('option', { name: /GitHub/ }).click();
  await form.always('who', 'nobody');
  await form.create();
  await expect(page.getByRole('heading', { name: 'From GitHub', level: 1 })).toBeVisible();
  const secret = (await page.getByRole('region', { name: 'Secret' }).locator('code').first().textContent()) ?? '';
  const url = `${product.url}/hooks/${triggerIdOf(page)}`;
  const send = (body: string, signedWith = secret) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': body, 'x-hub-signature-256': `sha256=${createHmac('sha256', signedWith).update(body).digest('hex')}` },
      body,
    });

  expect((await send('{"forged":true}', 'wrong')).status).toBe(401);
  await page.getByRole('button', { name: /^Listen/ }).click();
  await expect(page.getByRole('button', { name: /^Stop/ })).toBeVisible();
  expect((await send('{"pusher":{"name":"Ada"}}')).status).toBe(202);
  await page.getByRole('treeitem', { name: /name/ }).first().click();
  await page.getByRole('menuitem', { name: /who/ }).click();
  await expect(page.getByText('who is taken from payload.pusher.name from now on.')).toBeVisible();

  const answer = await send('{"pusher":{"name":"Grace"}}');
  expect(answer.status).toBe(202);
  expect(await answer.json()).toMatchObject({ executionId: expect.any(String) });
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  const arrived = page.getByRole('table', { name: 'Deliveries' });
  await expect(arrived.getByRole('cell', { name: 'Bad signature' })).toBeVisible();
  await arrived.getByRole('row').filter({ hasText: 'Accepted' }).first().getByRole('link').first().click();
  await page.getByRole('dialog').getByRole('link', { name: /run/i }).first().click();
  await new RunPage(page).expectCompleted();
  await expect(new RunPage(page).output('Whole run')).toContainText('Hello Grace');
});
