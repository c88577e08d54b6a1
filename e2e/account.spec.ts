import { fillSignIn, newAccount, signUp } from './account.js';
import { expect, test } from './journey.js';

test('a wrong password and an unknown address are refused with the same words, and the right one lets in', async ({ page }) => {
  const account = newAccount();
  await signUp(page, account);
  await page.getByRole('button', { name: `Account of ${account.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

  await fillSignIn(page, { ...account, password: 'not the password' });
  const refusal = page.getByRole('alert');
  await expect(refusal).toBeVisible();
  const words = await refusal.innerText();

  await fillSignIn(page, { email: 'nobody@example.com', password: 'not the password' });
  await expect(refusal).toHaveText(words);
  expect(words).not.toMatch(/no (such )?account|unknown|not found|does not exist/i);

  await fillSignIn(page, account);
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('button', { name: `Account of ${account.name}` })).toBeVisible();
});

test('who is signed out is sent to sign in, and then to where they wanted to go', async ({ page, api }) => {
  await page.goto('/runs');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await fillSignIn(page, api.account);
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
});

test('an API key is shown once, works for a program, and is refused once it is revoked', async ({ page, product }) => {
  const account = newAccount();
  await signUp(page, account);
  await page.getByRole('link', { name: 'Settings' }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'New API key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nightly import');
  await dialog.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('dialog', { name: 'Copy your key now' })).toBeVisible();
  const secret = await dialog.getByText(/^pp_\S+$/).innerText();
  await page.keyboard.press('Escape');
  await expect(dialog.getByText(secret, { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();
  await expect(dialog).toBeHidden();

  const ask = async () => {
    const response = await fetch(`${product.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query: '{ viewer { email } }' }),
    });
    return response.text();
  };
  expect(JSON.parse(await ask())).toEqual({ data: { viewer: { email: account.email } } });

  await page.reload();
  const row = page.getByRole('row', { name: 'Nightly import' });
  await expect(row.getByText('Active')).toBeVisible();
  expect(await page.content()).not.toContain(secret);

  await row.getByRole('button', { name: 'Revoke Nightly import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
  await expect(row.getByText('Revoked')).toBeVisible();
  expect(await ask()).toContain('UNAUTHENTICATED');
});
