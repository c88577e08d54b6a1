import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { callsWith, signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

const entrySchema = z.object({
  actorType: z.string(),
  actorName: z.string(),
  action: z.string(),
  subjectType: z.string().nullable(),
  subjectId: z.string().nullable(),
  subjectName: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  outcome: z.string(),
  code: z.string().nullable(),
  address: z.string().nullable(),
  requestId: z.string().nullable(),
  executionId: z.string().nullable(),
});
type Entry = z.infer<typeof entrySchema>;
const answerSchema = z.object({ auditLog: z.object({ edges: z.array(z.object({ node: entrySchema })) }) });
const logQuery = `query ($filter: AuditFilterInput) { auditLog(first: 100, filter: $filter) { edges { node {
  actorType actorName action subjectType subjectId subjectName before after outcome code address requestId executionId } } } }`;
const created = z.object({ id: z.string() });

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

async function logOf(user: Pick<User, 'ask'>, filter: Record<string, unknown> = {}): Promise<Entry[]> {
  return answerSchema.parse(await user.ask(logQuery, { filter })).auditLog.edges.map(({ node }) => node);
}

/** Some entries follow their answer: asks until there are so many. */
async function logOnceItHas(count: number, user: Pick<User, 'ask'>, filter: Record<string, unknown>): Promise<Entry[]> {
  for (;;) {
    const found = await logOf(user, filter);
    if (found.length >= count) return found;
  }
}

test('A change is told with who made it, from where, and what it changed', async () => {
  const ada = await signUpUser(server, 'Ada');
  const { createSecret } = await ada.ask('mutation { createSecret(input: { name: "TOKEN", value: "first-value" }) { id } }');
  const { id } = created.parse(createSecret);
  await ada.ask('mutation ($id: ID!) { setSecret(input: { id: $id, value: "second-value" }) { id } }', { id });
  await ada.ask('mutation ($id: ID!) { deleteSecret(id: $id) { id } }', { id });
  const [deleted, set, made] = await logOf(ada, { action: 'secret.*' });
  const common = { actorType: 'PERSON', actorName: 'Ada', subjectType: 'secret', subjectId: id, subjectName: 'TOKEN', outcome: 'DONE', address: expect.stringContaining('127.0.0.1') };
  expect(made).toMatchObject({ ...common, action: 'secret.create', before: null, after: { name: 'TOKEN', value: expect.any(String) } });
  expect(set).toMatchObject({ ...common, action: 'secret.set', before: { value: expect.any(String) }, after: { value: expect.any(String) } });
  expect(deleted).toMatchObject({ ...common, action: 'secret.delete', before: { name: 'TOKEN' }, after: null });
  expect(JSON.stringify([deleted, set, made])).not.toMatch(/first-value|second-value/);
});

test('All that one request does has its id, which its answer told', async () => {
  const ada = await signUpUser(server);
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` },
    body: JSON.stringify({ query: 'mutation { a: setModelPrice(input: { model: "x/y", input: 1, output: 2 }) { model } b: protectPromptLabel(name: "production") }' }),
  });
  expect(response.status).toBe(200);
  const requestId = response.headers.get('x-request-id');
  const told = await logOnceItHas(3, ada, { actorType: 'PERSON', from: new Date(Date.now() - 60_000).toISOString() });
  expect(told.sort((one, other) => one.action.localeCompare(other.action))).toMatchObject([
    { action: 'account.create' },
    { action: 'price.set', subjectId: 'x/y', before: null, requestId },
    { action: 'prompt.label.protect', before: { names: [] }, after: { names: ['production'] }, requestId },
  ]);
});

test('A key acts under its own name, and its first use from an address is told once', async () => {
  const ada = await signUpUser(server, 'Ada');
  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "Deploys" }) { apiKey { id } secret } }');
  const { apiKey, secret } = z.object({ apiKey: created, secret: z.string() }).parse(createApiKey);
  const key = callsWith(ada.client, secret);
  await key.ask('mutation { createSecret(input: { name: "A", value: "abcd" }) { id } }');
  await key.ask('mutation { createSecret(input: { name: "B", value: "abcd" }) { id } }');
  expect(await logOf(ada, { actorId: apiKey.id, action: 'secret.create' })).toMatchObject([{ actorType: 'API_KEY', actorName: 'Deploys' }, { actorType: 'API_KEY', actorName: 'Deploys' }]);
  expect(await logOnceItHas(1, ada, { action: 'api-key.use-from-new-address' })).toMatchObject([{ actorName: 'Deploys', subjectId: apiKey.id, address: expect.stringContaining('127.0.0.1') }]);
  await ada.ask('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id: apiKey.id });
  await expect(key.ask('{ secrets { id } }')).rejects.toThrow(/revoked/);
  expect(await logOnceItHas(1, ada, { action: 'api-key.use' })).toMatchObject([{ outcome: 'REFUSED', code: 'UNAUTHENTICATED' }]);
  expect(JSON.stringify(await logOf(ada))).not.toContain(secret);
});

test('What is refused is told: what the role does not allow, and the id of another workspace', async () => {
  const [ada, eve] = [await signUpUser(server, 'Ada'), await signUpUser(server, 'Eve')];
  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "CI" }) { secret } }');
  const key = callsWith(ada.client, z.object({ secret: z.string() }).parse(createApiKey).secret);
  await expect(key.ask('mutation { protectPromptLabel(name: "x") }')).rejects.toThrow(/permission/);
  expect(await logOf(ada, { outcome: 'REFUSED' })).toMatchObject([{ action: 'prompt.label.protect', actorType: 'API_KEY', code: 'FORBIDDEN', before: null, after: null }]);

  const { createSecret } = await ada.ask('mutation { createSecret(input: { name: "A", value: "abcd" }) { id } }');
  const { id } = created.parse(createSecret);
  await expect(eve.ask('mutation ($id: ID!) { deleteSecret(id: $id) { id } }', { id })).rejects.toThrow(/no such secret/);
  expect(await logOf(eve, { outcome: 'REFUSED' })).toMatchObject([{ action: 'secret.delete', subjectId: id, subjectName: null, code: 'NOT_FOUND' }]);
});

test('An input that was wrong changed nothing, and is no entry', async () => {
  const ada = await signUpUser(server);
  await expect(ada.ask('mutation { createSecret(input: { name: "1", value: "" }) { id } }')).rejects.toThrow();
  expect((await logOf(ada)).map(({ action }) => action)).not.toContain('secret.create');
});

test('Who signs in and out is told, and who fails to, be it for the password or for having failed too often', async () => {
  const ada = await signUpUser(server, 'Ada');
  const signIn = (password: string) => ada.client.query('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: ada.email, password } });
  await signIn(ada.password);
  for (let attempt = 1; attempt <= 11; attempt++) await signIn('wrong wrong wrong');
  const tries = await logOnceItHas(12, ada, { action: 'session.open' });
  expect(tries.filter(({ outcome }) => outcome === 'DONE')).toMatchObject([{ actorName: 'Ada', subjectId: ada.userId }]);
  expect(tries.map(({ code }) => code).filter((code) => code !== null).sort()).toEqual(['RATE_LIMITED', ...Array.from({ length: 10 }, () => 'UNAUTHENTICATED')]);
  await ada.ask('mutation { signOut { signedOut } }');
  expect(JSON.stringify(tries)).not.toContain('wrong wrong');
});

test('A run that is launched over the API is told with its execution', async () => {
  const ada = await signUpUser(server);
  const definition = { inputs: [], steps: [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }] };
  const { createWorkflow } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Sum', definition } });
  const { id } = created.parse(createWorkflow);
  const { executeWorkflow } = await ada.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id });
  expect(await logOnceItHas(1, ada, { action: 'workflow.execute' })).toMatchObject([{ subjectId: id, subjectName: 'Sum', executionId: created.parse(executeWorkflow).id, outcome: 'DONE' }]);
});

test('Only owners read the log, and each that of their own workspace', async () => {
  const [ada, eve] = [await signUpUser(server), await signUpUser(server)];
  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "CI" }) { secret } }');
  const key = callsWith(ada.client, z.object({ secret: z.string() }).parse(createApiKey).secret);
  await expect(key.ask(logQuery)).rejects.toThrow(/audit:read/);
  expect((await logOnceItHas(1, eve, {})).map(({ action }) => action)).toEqual(['account.create']);
});
