import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseAllowedTargets } from '../../../outgoing/allowed-targets.js';
import { OutgoingRequests } from '../../../outgoing/outgoing-requests.js';
import { testEncryptionKey } from '../../../testing/auth-services.js';
import { type ModelServer, startModelServer } from '../../../testing/model-server.js';
import { createTestDatabase } from '../../../testing/test-database.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { Vault } from '../../../vault/vault.js';
import { type Identity } from '../../auth/identity.js';
import { ProvidersService } from '../providers.service.js';
import { SimulatedProvider } from '../simulated.provider.js';
import { CredentialProviders } from './credential-providers.js';
import { CredentialService } from './credential.service.js';
import { CredentialStore } from './credential.store.js';

const key = 'sk-live-0123456789abcdef';

let created: Awaited<ReturnType<typeof createTestDatabase>>;
let modelServer: ModelServer;
let other: ModelServer;
let outgoing: OutgoingRequests;
let service: CredentialService;
let providers: ProvidersService;
let identity: Identity;

beforeEach(async () => {
  [created, modelServer, other] = await Promise.all([createTestDatabase(), startModelServer(), startModelServer()]);
  const store = new CredentialStore(created.database);
  const vault = new Vault(testEncryptionKey, 'provider-key');
  outgoing = new OutgoingRequests([modelServer, other].flatMap(({ baseUrl }) => parseAllowedTargets(new URL(baseUrl).host)));
  const own = new CredentialProviders(store, vault, outgoing);
  service = new CredentialService(store, vault, own, outgoing, ['simulated']);
  providers = new ProvidersService([new SimulatedProvider()], own);
  identity = await createIdentity(created.database);
});
afterEach(async () => {
  await Promise.all([outgoing.close(), modelServer.close(), other.close()]);
  await created.drop();
});

const create = (more: object = {}) => service.create(identity, { name: 'My Server', baseUrl: modelServer.baseUrl, key, ...more });

async function ask(model = 'my-server/llama', workspaceId = identity.workspaceId): Promise<string> {
  const texts: string[] = [];
  const call = { messages: [{ role: 'USER' as const, content: 'Hi' }], signal: new AbortController().signal };
  for await (const chunk of providers.stream(workspaceId, model, call)) if (chunk.type === 'text') texts.push(chunk.text);
  return texts.join('');
}

it('A key that was added calls the models of its server, and is noted as used', async () => {
  const { slug } = await create();
  expect(slug).toBe('my-server');
  expect(await ask()).toBe('Hello world.');
  expect(modelServer.requests[0]).toMatchObject({ headers: { authorization: `Bearer ${key}` }, body: { model: 'llama' } });
  expect(await service.list(identity.workspaceId)).toEqual([expect.objectContaining({ lastUsedAt: expect.any(Date) })]);
});

it('Neither the row nor the fingerprint gives the key away, and equal keys have equal fingerprints', async () => {
  const [one, two] = [await create(), await create({ slug: 'two' })];
  expect(JSON.stringify(await created.database.prisma.providerCredential.findMany())).not.toContain(key.slice(0, 12));
  expect(one.fingerprint).toMatch(/^…cdef [0-9a-f]{8}$/);
  expect(two.fingerprint).toBe(one.fingerprint);
  expect((await create({ slug: 'short', key: 'tiny' })).fingerprint).toMatch(/^[0-9a-f]{8}$/);
});

it('A stored key is not sent to an address that it was not stored with, nor for another workspace', async () => {
  const { id } = await create();
  const { prisma } = created.database;
  await prisma.providerCredential.update({ where: { id }, data: { baseUrl: other.baseUrl } });
  await expect(ask()).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining('Give the key again') });
  const neighbour = await createIdentity(created.database);
  await prisma.providerCredential.update({ where: { id }, data: { baseUrl: modelServer.baseUrl, workspaceId: neighbour.workspaceId } });
  await expect(ask('my-server/llama', neighbour.workspaceId)).rejects.toMatchObject({ code: 'REFUSED' });
  expect([...modelServer.requests, ...other.requests]).toEqual([]);
});

it('A new key takes the place of the old one, and another address with it', async () => {
  const { id, fingerprint } = await create();
  const rotated = await service.rotate(identity, { id, key: 'sk-new-0123456789abcdef', baseUrl: `${other.baseUrl}/` });
  expect(rotated).toMatchObject({ baseUrl: other.baseUrl, rotatedAt: expect.any(Date) });
  expect(rotated.fingerprint).not.toBe(fingerprint);
  await ask();
  expect(other.requests[0]?.headers.authorization).toBe('Bearer sk-new-0123456789abcdef');
  await expect(service.rotate(identity, { id, key: 'sk', baseUrl: 'https://127.0.0.1/' })).rejects.toMatchObject({ fields: [expect.objectContaining({ field: 'input.baseUrl' })] });
});

it('A revoked key is gone for good, and its slug is free', async () => {
  const { id } = await create();
  expect(await service.revoke(identity, id)).toMatchObject({ slug: 'my-server', revokedAt: expect.any(Date), encryptedKey: '' });
  await expect(ask()).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining('no model') });
  await expect(service.rotate(identity, { id, key })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(service.test(identity, id, 'llama')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const again = await service.revoke(identity, id);
  await create();
  expect(await ask()).toBe('Hello world.');
  expect(await service.revoke(identity, id)).toEqual(again);
});

it('Models that are listed are the workspace’s own and the only ones', async () => {
  const { id } = await create({ models: ['llama', 'org/mini', 'llama'] });
  const own = async (workspaceId = identity.workspaceId) => (await providers.of(workspaceId)).list().filter(({ simulated }) => !simulated).map((model) => model.id);
  expect(await own()).toEqual(['my-server/llama', 'my-server/org/mini']);
  expect(await own((await createIdentity(created.database)).workspaceId)).toEqual([]);
  await expect(ask('my-server/other')).rejects.toMatchObject({ code: 'REFUSED' });
  await service.update(identity, { id, models: [] });
  expect(await ask('my-server/other')).toBe('Hello world.');
});

it('A key of OpenAI, Anthropic or Google needs no address and offers the usual models, and takes others', async () => {
  for (const [provider, baseUrl, model] of [
    ['OPENAI', 'https://api.openai.com/v1', 'gpt-4.1'],
    ['ANTHROPIC', 'https://api.anthropic.com/v1', 'claude-sonnet-4-5'],
    ['GOOGLE', 'https://generativelanguage.googleapis.com/v1beta', 'gemini-2.5-flash'],
  ]) {
    expect(await create({ provider, name: provider, baseUrl: undefined })).toMatchObject({ provider, baseUrl });
    const models = await providers.of(identity.workspaceId);
    const slug = provider?.toLowerCase();
    expect(models.list().map(({ id }) => id)).toContain(`${slug}/${model}`);
    expect([models.hasModel(`${slug}/brand-new`), models.hasModel(`${slug}/`)]).toEqual([true, false]);
  }
});

it('What the provider allows in a minute is set, changed and taken away, and goes with each of its models', async () => {
  const { id } = await create({ requestsPerMinute: 60, tokensPerMinute: 10_000 });
  const rate = async () => (await providers.find(identity.workspaceId, 'my-server/llama'))?.rate;
  expect(await rate()).toEqual({ key: id, requestsPerMinute: 60, tokensPerMinute: 10_000 });
  await service.update(identity, { id, requestsPerMinute: 30 });
  expect(await rate()).toEqual({ key: id, requestsPerMinute: 30, tokensPerMinute: 10_000 });
  expect(await service.update(identity, { id, requestsPerMinute: null, tokensPerMinute: null })).toMatchObject({ requestsPerMinute: null, tokensPerMinute: null });
  expect(await rate()).toEqual({ key: id });
  await expect(service.update(identity, { id, requestsPerMinute: 0 })).rejects.toMatchObject({ fields: [expect.objectContaining({ field: 'input.requestsPerMinute' })] });
});

describe('A test of a key', () => {
  it('says that a model answers, and is kept', async () => {
    const { id } = await create({ models: ['llama'] });
    expect(await service.test(identity, id)).toMatchObject({ ok: true, message: 'llama answers.' });
    expect(await service.list(identity.workspaceId)).toEqual([expect.objectContaining({ lastTest: expect.objectContaining({ ok: true }) })]);
  });

  it('says what is wrong and whose key it is, without the key', async () => {
    const { id } = await create();
    modelServer.reply({ kind: 'status', status: 401, message: `bad key ${key}` });
    const { ok, message } = await service.test(identity, id, 'llama');
    expect({ ok, message }).toEqual({ ok: false, message: expect.stringContaining('Check the key of the provider “My Server”.') });
    expect(message).not.toContain(key);
  });

  it('follows no redirect with it', async () => {
    const { id } = await create();
    modelServer.reply({ kind: 'status', status: 307, headers: { location: `${other.baseUrl}/chat/completions` } });
    expect(await service.test(identity, id, 'llama')).toMatchObject({ ok: false, message: expect.stringContaining('redirect') });
    expect(other.requests).toEqual([]);
  });

  it('without a model asks which ones the key reaches', async () => {
    const { id } = await create();
    modelServer.list('llama', 'mini');
    expect(await service.test(identity, id)).toMatchObject({ ok: true, message: 'The key works. It reaches 2 models.' });
    expect(await service.available(identity, id)).toEqual({ names: ['llama', 'mini'] });
    expect(modelServer.requests).toEqual([]);
  });

  it('needs a model where the server lists none', async () => {
    const { id } = await create();
    await expect(service.test(identity, id)).rejects.toMatchObject({ fields: [expect.objectContaining({ field: 'model' })] });
    expect(await service.available(identity, id)).toEqual({ names: [], problem: 'This server does not list its models. Name them yourself.' });
  });
});

it.each([
  [{ name: ' ' }, 'input.name'],
  [{ name: '日本' }, 'input.slug'],
  [{ slug: 'Not a slug' }, 'input.slug'],
  [{ slug: 'simulated' }, 'input.slug'],
  [{ provider: 'NOBODY' }, 'input.provider'],
  [{ baseUrl: undefined }, 'input.baseUrl'],
  [{ key: 'with space' }, 'input.key'],
  [{ key: '' }, 'input.key'],
  [{ requestsPerMinute: 1.5 }, 'input.requestsPerMinute'],
  [{ tokensPerMinute: -1 }, 'input.tokensPerMinute'],
  [{ baseUrl: 'http://127.0.0.1:1/v1' }, 'input.baseUrl'],
  [{ baseUrl: 'http://api.openai.com/v1' }, 'input.baseUrl'],
  [{ baseUrl: 'https://api.openai.com/v1?x=1' }, 'input.baseUrl'],
  [{ baseUrl: 'https://169.254.169.254/latest' }, 'input.baseUrl'],
])('%j is refused at %s', async (more, field) => {
  await expect(create(more)).rejects.toMatchObject({ fields: [expect.objectContaining({ field })] });
});

it('All that is wrong is said at once', async () => {
  await expect(create({ name: '', baseUrl: undefined, key: '' })).rejects.toMatchObject({ fields: ['name', 'baseUrl', 'key'].map((field) => ({ field: `input.${field}` })) });
});

it('Two of one slug are refused', async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ fields: [expect.objectContaining({ field: 'input.slug' })] });
});

it('Whoever is in another workspace finds none', async () => {
  const { id } = await create();
  const neighbour = await createIdentity(created.database);
  expect(await service.list(neighbour.workspaceId)).toEqual([]);
  await expect(service.revoke(neighbour, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(service.rotate(neighbour, { id, key })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(service.test(neighbour, id, 'llama')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
