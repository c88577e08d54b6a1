import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

const value = 'whsec_0123456789abcdef';
const secretSchema = z.object({ id: z.string(), name: z.string(), fingerprint: z.string() });

let server: TestServer;
let owner: Awaited<ReturnType<typeof signUpUser>>;

beforeAll(async () => {
  server = await startTestServer();
  owner = await signUpUser(server);
});
afterAll(() => server.stop());

const createMutation = 'mutation ($input: CreateSecretInput!) { createSecret(input: $input) { id name fingerprint createdAt updatedAt createdBy { name } } }';
const create = async (name: string, given = value) => secretSchema.parse((await owner.ask(createMutation, { input: { name, value: given } })).createSecret);
const refusal = async (input: object) => (await owner.client.query(createMutation, { input }, { token: owner.token })).errors?.[0]?.extensions;

it('A secret is listed by what tells it apart, and its value never comes back', async () => {
  await create('SLACK_HOOK');
  const answer = await owner.ask('{ secrets { id name fingerprint createdAt updatedAt createdBy { name } } }');
  expect(answer.secrets).toEqual([expect.objectContaining({ name: 'SLACK_HOOK', fingerprint: expect.stringMatching(/^…cdef [0-9a-f]{8}$/), createdBy: { name: 'Ada' } })]);
  expect(JSON.stringify(answer)).not.toContain(value);
});

it('A new value has another fingerprint, and a deleted secret leaves its name free', async () => {
  const { id, fingerprint } = await create('ROTATED');
  const { setSecret } = await owner.ask('mutation ($id: ID!) { setSecret(input: { id: $id, value: "another value" }) { id name fingerprint } }', { id });
  expect(secretSchema.parse(setSecret)).toMatchObject({ id, name: 'ROTATED' });
  expect(secretSchema.parse(setSecret).fingerprint).not.toBe(fingerprint);
  expect(await owner.ask('mutation ($id: ID!) { deleteSecret(id: $id) { id } }', { id })).toEqual({ deleteSecret: { id } });
  expect((await create('ROTATED')).id).not.toBe(id);
});

it.each([
  [{ name: 'no spaces', value }, 'input.name'],
  [{ name: '1st', value }, 'input.name'],
  [{ name: 'A'.repeat(51), value }, 'input.name'],
  [{ name: 'SHORT', value: 'abc' }, 'input.value'],
  [{ name: 'BLANK', value: '     ' }, 'input.value'],
  [{ name: 'LONG', value: 'x'.repeat(10_001) }, 'input.value'],
  [{ name: 'NUL', value: 'abc\0def' }, 'input.value'],
])('%j is refused', async (input, field) => {
  expect(await refusal(input)).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
});

it('A name is taken once, whoever writes it differently', async () => {
  await create('TAKEN');
  expect(await refusal({ name: 'TAKEN', value })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'input.name' }] });
  await create('taken');
});
