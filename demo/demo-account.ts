import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type DemoApi, DemoApiError } from './demo-api.js';

const accountSchema = z.object({ email: z.string(), password: z.string() });
export type DemoAccount = z.infer<typeof accountSchema>;

const authSchema = z.object({ auth: z.object({ accessToken: z.string() }) });

/** Signs in with the account that an earlier demo left in the data folder, or signs up a new one and leaves it there. */
export async function signInToDemo(api: DemoApi, dataDir: string): Promise<DemoAccount> {
  const file = join(dataDir, 'demo-account.json');
  const kept = existsSync(file) ? accountSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  if (kept && (await signIn(api, kept))) return kept;
  const id = randomBytes(3).toString('hex');
  const account = { email: `demo-${id}@example.com`, password: randomBytes(9).toString('base64url') };
  const { auth } = await api.request(
    'mutation ($input: SignUpInput!) { auth: signUp(input: $input) { accessToken } }',
    { input: { ...account, name: 'Demo', workspaceName: 'Demo workspace' } },
    authSchema,
  );
  api.token = auth.accessToken;
  writeFileSync(file, JSON.stringify(account, null, 2), { mode: 0o600 });
  return account;
}

/** @returns false when the database no longer knows the account */
async function signIn(api: DemoApi, account: DemoAccount): Promise<boolean> {
  try {
    const { auth } = await api.request('mutation ($input: SignInInput!) { auth: signIn(input: $input) { accessToken } }', { input: account }, authSchema);
    api.token = auth.accessToken;
    return true;
  } catch (error) {
    if (error instanceof DemoApiError && error.code === 'UNAUTHENTICATED') return false;
    throw error;
  }
}
