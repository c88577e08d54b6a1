import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';

export interface Account {
  name: string;
  email: string;
  password: string;
}

export const newAccount = (): Account => ({
  name: 'Ada Lovelace',
  email: `ada-${randomBytes(4).toString('hex')}@example.com`,
  password: 'notes on the engine',
});

const authSchema = z.object({ auth: z.object({ accessToken: z.string() }) });

/** Makes an account; the API then acts for it. */
export async function signUpByApi(api: DemoApi, account: Account): Promise<void> {
  const { auth } = await api.request('mutation ($input: SignUpInput!) { auth: signUp(input: $input) { accessToken } }', { input: account }, authSchema);
  api.token = auth.accessToken;
}

/** The API then acts for an account that exists. */
export async function signInByApi(api: DemoApi, { email, password }: Account): Promise<void> {
  const { auth } = await api.request(
    'mutation ($input: SignInInput!) { auth: signIn(input: $input) { accessToken } }',
    { input: { email, password } },
    authSchema,
  );
  api.token = auth.accessToken;
}

export async function signUp(page: Page, { name, email, password }: Account): Promise<void> {
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();
}

/** Fills in the form of the page that is open. */
export async function fillSignIn(page: Page, { email, password }: Pick<Account, 'email' | 'password'>): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** @param path where to go on after that */
export async function signIn(page: Page, account: Account, path = '/'): Promise<void> {
  await page.goto(path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`);
  await fillSignIn(page, account);
  await page.waitForURL(`**${path}`);
}
