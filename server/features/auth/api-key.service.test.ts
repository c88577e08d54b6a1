import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Database } from '../../database/database.js';
import { InvalidInputError, NotFoundError, UnauthenticatedError } from '../../errors.js';
import { authServices, MemoryCookie } from '../../testing/auth-services.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { type Identity, reachesTrigger } from './identity.js';
import { roleAllows } from './permissions.js';
import { SecretHasher } from './secret-hasher.js';

const minuteMs = 60_000;

let database: Database;
let drop: () => Promise<void>;
let services: ReturnType<typeof authServices>;
let people = 0;

beforeAll(async () => {
  ({ database, drop } = await createTestDatabase());
});
afterAll(() => drop());
beforeEach(() => {
  services = authServices(database, { now: new Date() });
});

async function owner(): Promise<Identity> {
  const input = { email: `owner-${++people}@example.com`, name: 'Ada', password: 'correct horse battery' };
  const { accessToken } = await services.auth.signUp(input, { address: '203.0.113.7', refreshCookie: new MemoryCookie() });
  const identity = await services.auth.authenticate(`Bearer ${accessToken}`);
  if (!identity) throw new Error('The owner is not known.');
  return identity;
}

function passes(milliseconds: number): void {
  services.clock.now = new Date(services.clock.now.getTime() + milliseconds);
}

test('An API key calls for its workspace with the rights of an editor, who can not manage keys', async () => {
  const identity = await owner();
  const { secret, apiKey } = await services.apiKeys.create(identity, { name: ' CI ' });
  expect(secret).toMatch(/^pp_[\w-]{43}$/);
  expect(apiKey).toMatchObject({ name: 'CI', prefix: secret.slice(0, 11), lastUsedAt: null, expiresAt: null });
  const caller = await services.auth.authenticate(`Bearer ${secret}`);
  expect(caller).toEqual({ userId: identity.userId, workspaceId: identity.workspaceId, role: 'EDITOR', via: 'apiKey', apiKeyId: apiKey.id });
  expect(roleAllows('EDITOR', 'prompt:write')).toBe(true);
  expect(roleAllows('EDITOR', 'api-key:manage')).toBe(false);
});

test('The secret is kept as a hash that another ENCRYPTION_KEY does not give', async () => {
  const { secret, apiKey } = await services.apiKeys.create(await owner(), { name: 'CI' });
  const row = await database.prisma.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
  expect(JSON.stringify(row)).not.toContain(secret);
  expect(row.secretHash).not.toBe(new SecretHasher('another key').hash('api-key', secret));
});

test('An API key stops working when it expires', async () => {
  const expiresAt = new Date(services.clock.now.getTime() + minuteMs);
  const { secret } = await services.apiKeys.create(await owner(), { name: 'short', expiresAt });
  expect(await services.auth.authenticate(`Bearer ${secret}`)).toBeDefined();
  passes(minuteMs);
  await expect(services.auth.authenticate(`Bearer ${secret}`)).rejects.toThrow('This API key has expired. Make a new one.');
});

test('An API key stops working when it is revoked; revoking it again changes nothing', async () => {
  const identity = await owner();
  const { secret, apiKey } = await services.apiKeys.create(identity, { name: 'CI' });
  const announced: string[] = [];
  services.bus.subscribe('access.revoked', ({ credentialId }) => announced.push(credentialId));
  const revoked = await services.apiKeys.revoke(identity, apiKey.id);
  passes(minuteMs);
  expect(await services.apiKeys.revoke(identity, apiKey.id)).toEqual(revoked);
  expect(announced).toEqual([apiKey.id]);
  await expect(services.auth.authenticate(`Bearer ${secret}`)).rejects.toThrow(UnauthenticatedError);
});

test("Another workspace's key is not found, nor is what can be no id", async () => {
  const { apiKey } = await services.apiKeys.create(await owner(), { name: 'CI' });
  const stranger = await owner();
  await expect(services.apiKeys.revoke(stranger, apiKey.id)).rejects.toThrow(NotFoundError);
  await expect(services.apiKeys.revoke(stranger, 'x\0')).rejects.toThrow(NotFoundError);
  expect((await services.apiKeys.list(stranger, { first: 50 })).edges).toEqual([]);
});

test('The last use is written once a minute', async () => {
  const identity = await owner();
  const { secret } = await services.apiKeys.create(identity, { name: 'CI' });
  const lastUse = async () => (await services.apiKeys.list(identity, { first: 1 })).edges[0]?.node.lastUsedAt;
  const first = services.clock.now;
  await services.auth.authenticate(`Bearer ${secret}`);
  expect(await lastUse()).toEqual(first);
  passes(59_000);
  await services.auth.authenticate(`Bearer ${secret}`);
  expect(await lastUse()).toEqual(first);
  passes(1000);
  await services.auth.authenticate(`Bearer ${secret}`);
  expect(await lastUse()).toEqual(services.clock.now);
});

test('Keys are listed newest first, page by page', async () => {
  const identity = await owner();
  for (const name of ['one', 'two', 'three']) await services.apiKeys.create(identity, { name });
  const first = await services.apiKeys.list(identity, { first: 2 });
  expect(first.edges.map(({ node }) => node.name)).toEqual(['three', 'two']);
  const second = await services.apiKeys.list(identity, { first: 2, after: first.pageInfo.endCursor });
  expect(second.edges.map(({ node }) => node.name)).toEqual(['one']);
  expect(second.pageInfo.hasNextPage).toBe(false);
});

test('A key that is limited to triggers says so whenever it calls', async () => {
  const identity = await owner();
  const [one, other] = [randomUUID(), randomUUID()];
  for (const id of [one, other]) services.triggers.add(id);
  const { secret, apiKey } = await services.apiKeys.create(identity, { name: 'Shop', triggerIds: [one, other, one] });
  expect(apiKey.triggerIds).toEqual([one, other]);
  const caller = await services.auth.authenticate(`Bearer ${secret}`);
  if (!caller) throw new Error('The key is not known.');
  expect([one, other, randomUUID()].map((id) => reachesTrigger(caller, id))).toEqual([true, true, false]);
  expect(reachesTrigger(identity, randomUUID())).toBe(true);
});

test('A key can not be limited to no trigger, nor to one that the workspace does not have', async () => {
  const identity = await owner();
  const known = randomUUID();
  services.triggers.add(known);
  await expect(services.apiKeys.create(identity, { name: 'Shop', triggerIds: [] })).rejects.toMatchObject({ fields: [{ field: 'input.triggerIds' }] });
  for (const unknown of [randomUUID(), 'x\0']) {
    await expect(services.apiKeys.create(identity, { name: 'Shop', triggerIds: [known, unknown] })).rejects.toThrow(NotFoundError);
  }
});

test('A key needs a name, and an expiry that is still to come', async () => {
  const attempt = services.apiKeys.create(await owner(), { name: ' ', expiresAt: services.clock.now });
  await expect(attempt).rejects.toThrow(InvalidInputError);
  await expect(attempt).rejects.toMatchObject({ fields: [{ field: 'input.name' }, { field: 'input.expiresAt' }] });
});
