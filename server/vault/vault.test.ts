import { expect, it } from '@jest/globals';
import { LockedError, Vault } from './vault.js';

const encryptionKey = 'an encryption key for tests, long enough';
const purpose = { workspaceId: 'w1', name: 'TOKEN' };

it('What is sealed opens for its purpose, again and again', async () => {
  const vault = new Vault(encryptionKey, 'secret');
  const sealed = await vault.seal('välue\n', purpose);
  expect(await vault.open(sealed, purpose)).toBe('välue\n');
  expect(await new Vault(encryptionKey, 'secret').open(sealed, purpose)).toBe('välue\n');
  expect(await vault.seal('välue\n', purpose)).not.toBe(sealed);
});

it.each([
  ['another workspace', new Vault(encryptionKey, 'secret'), { ...purpose, workspaceId: 'w2' }],
  ['another name', new Vault(encryptionKey, 'secret'), { ...purpose, name: 'OTHER' }],
  ['another kind', new Vault(encryptionKey, 'provider-key'), purpose],
  ['another ENCRYPTION_KEY', new Vault(`${encryptionKey}!`, 'secret'), purpose],
])('It does not open for %s', async (_, vault, other) => {
  const sealed = await new Vault(encryptionKey, 'secret').seal('value', purpose);
  await expect(vault.open(sealed, other)).rejects.toBeInstanceOf(LockedError);
});

it('It does not open when a character of it was changed, or taken away', async () => {
  const vault = new Vault(encryptionKey, 'secret');
  const sealed = await vault.seal('value', purpose);
  const [header, key, iv, text, tag] = sealed.split('.');
  const forged = Buffer.from(JSON.stringify({ alg: 'dir', enc: 'A256GCM', ...purpose, name: 'OTHER' })).toString('base64url');
  for (const changed of [`${forged}.${key}.${iv}.${text}.${tag}`, `${header}.${key}.${iv}.A${text?.slice(1)}.${tag}`, sealed.slice(0, -5), '']) {
    await expect(vault.open(changed, { ...purpose, name: changed.startsWith(forged) ? 'OTHER' : 'TOKEN' })).rejects.toBeInstanceOf(LockedError);
  }
});
