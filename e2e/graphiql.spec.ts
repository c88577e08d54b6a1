import { type Locator, type Page } from '@playwright/test';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { readRun, startLongRun } from './long-run.js';

test('GraphiQL runs queries as whoever is signed in, and shows the events of a subscription', async ({ page, api }) => {
  const id = await startLongRun(api, 3);
  await expect.poll(async () => (await readRun(api, id)).status, { timeout: 60_000 }).toBe('COMPLETED');
  await signIn(page, api.account);
  await page.goto('/graphiql');

  await write(page, 'Me', 'query Me { viewer { email workspace { name } } }');
  await page.getByRole('button', { name: 'Execute query' }).click();
  await expect(result(page)).toContainText(api.account.email);

  await write(page, 'Follow', `subscription Follow { executionEvents(executionId: "${id}") { seq type } }`);
  await page.getByRole('button', { name: 'Execute query' }).click();
  await expect(result(page)).toContainText('EXECUTION_COMPLETED');
});

test('GraphiQL asks who is signed out to sign in, and is there after that', async ({ page, api }) => {
  await page.goto('/graphiql');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Email').fill(api.account.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(api.account.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: 'Execute query' })).toBeVisible();
});

const operation = (page: Page): Locator => page.getByRole('region', { name: 'Operation Editor' });

const result = (page: Page): Locator => page.getByRole('region', { name: 'Result Window' });

/** Settles when GraphiQL knows the one operation by its name: until then it would ask which of those that were there before to run. */
async function write(page: Page, name: string, text: string): Promise<void> {
  await operation(page).locator('.monaco-editor').first().click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText(text);
  await expect(page.getByRole('tab', { name, exact: true })).toBeVisible();
}
