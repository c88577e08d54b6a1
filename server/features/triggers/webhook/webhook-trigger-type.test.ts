import { afterAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { Vault } from '../../../vault/vault.js';
import { InputSchemas } from '../../workflows/input-schemas.js';
import { type TriggerRecord } from '../trigger.types.js';
import { type SavedTrigger } from '../types/trigger-type.js';
import { webhookTriggerType } from '../types/webhook.trigger-type.js';
import { PayloadSchemas } from './payload-schemas.js';
import { TriggerSecrets } from './trigger-secrets.js';

const sandbox = startSandbox({ workers: 2 });
afterAll(() => sandbox.close());

const secrets = new TriggerSecrets(new Vault('an encryption key for tests, long enough', 'trigger-secret'));
const type = webhookTriggerType(secrets, new InputSchemas(sandbox));
const now = new Date('2026-03-01T09:00:00Z');
const owner = { id: 't1', workspaceId: 'w1' };

function save(scheme: string, more: Partial<SavedTrigger> = {}) {
  return type.save?.({ ...owner, settings: { scheme }, active: true, before: undefined, secret: undefined, now, ...more });
}

const before = (secret: string | undefined) => ({ ...owner, secret, previousSecret: undefined, previousSecretExpiresAt: undefined }) as TriggerRecord;

test('A new trigger is given a secret that fits its scheme, which is stored so that only the trigger opens it', async () => {
  const saved = await save('STANDARD');
  expect(saved?.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const sealed = saved?.columns.secret;
  expect(sealed).not.toContain(saved?.secret);
  expect(await secrets.goodAt(before(sealed), now)).toEqual([saved?.secret]);
  await expect(secrets.goodAt({ ...before(sealed), id: 't2' }, now)).rejects.toThrow('stored for another purpose');
});

test('A secret that the sender made is taken, or refused with what it must be', async () => {
  const given = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect((await save('STANDARD', { secret: given }))?.secret).toBe(given);
  await expect(save('STANDARD', { secret: 'MfKQ9r8' })).rejects.toThrow('input.secret: Give the whole secret: whsec_ and then base64.');
  await expect(save('GITHUB', { secret: 'short' })).rejects.toThrow('Give a secret of 8 characters at least.');
});

test('A trigger whose sender makes the secret once it knows the address has none at first; one that is not signed has none ever', async () => {
  for (const scheme of ['STRIPE', 'SLACK', 'NONE']) expect(await save(scheme)).toEqual({ columns: { secret: undefined, previousSecret: undefined, previousSecretExpiresAt: undefined } });
});

test('A secret stays when the settings change, unless the new scheme has no use for it', async () => {
  const sealed = (await save('GITHUB'))?.columns.secret;
  expect(await save('HMAC', { before: before(sealed) })).toEqual({ columns: {} });
  expect(await save('STANDARD', { before: before(sealed) })).toMatchObject({ columns: { secret: undefined } });
});

test('The secret before is good until it expires', async () => {
  const [old, fresh] = await Promise.all(['the old secret', 'the new secret'].map((secret) => secrets.seal(owner, secret)));
  const rotated = { ...before(fresh), previousSecret: old, previousSecretExpiresAt: new Date(now.getTime() + 1) };
  expect(await secrets.goodAt(rotated, now)).toEqual(['the new secret', 'the old secret']);
  expect(await secrets.goodAt(rotated, new Date(now.getTime() + 1))).toEqual(['the new secret']);
});

test('Settings are refused with the field that is wrong', async () => {
  const problems = (settings: unknown) => type.settings.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  expect(problems({ scheme: 'MAGIC' })).toEqual(['scheme: Choose one of STANDARD, GITHUB, STRIPE, SLACK, HMAC, HEADER, NONE.']);
  expect(problems({ scheme: 'HMAC', signature: { header: 'not a header', template: '{id}{body}' } })).toEqual(['signature.header: Give the name of an HTTP header, such as X-Signature.']);
  expect(problems({ scheme: 'GITHUB', windowSeconds: 1 })).toEqual(['windowSeconds: Give a whole number of seconds from 10 to 86400.']);
  expect(await type.check?.({ scheme: 'GITHUB', payloadSchema: { type: 'nothing' } }, 'w1')).toEqual([{ field: 'settings.payloadSchema', message: expect.stringContaining('The schema is no JSON Schema') }]);
  expect(type.settings.parse({ scheme: 'HMAC' })).toMatchObject({ windowSeconds: 300, signature: { header: 'X-Signature', template: '{body}' } });
});

test('A payload is held against the schema, and one whose check does not end blocks nobody else’s', async () => {
  const schemas = new PayloadSchemas(sandbox);
  const order = { type: 'object', required: ['id'], properties: { id: { type: 'integer' }, text: { pattern: '^(a+)+$' } } };
  const check = (value: unknown) => schemas.misfits(owner, order, value);
  expect(await Promise.all([check({ id: 1 }), check({ id: 'x' }), check({}), check(null)])).toEqual([
    [],
    ['id: must be a whole number'],
    ['The whole: "id" is missing'],
    ['The whole: must be an object'],
  ]);
  const began = performance.now();
  const [endless, fine] = await Promise.all([check({ id: 1, text: `${'a'.repeat(40)}!` }), check({ id: 2 })]);
  expect(endless).toEqual(['The schema could not be held against it within 2 s.']);
  expect(fine).toEqual([]);
  expect(performance.now() - began).toBeLessThan(10_000);
});
