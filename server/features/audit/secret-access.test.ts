import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { parseAllowedTargets } from '../../outgoing/allowed-targets.js';
import { type ModelServer, startModelServer } from '../../testing/model-server.js';
import { type RecordingServer, startRecordingServer } from '../../testing/recording-server.js';
import { signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

const created = z.object({ id: z.string() });
const entrySchema = z.object({ action: z.string(), actorType: z.string(), actorName: z.string(), subjectName: z.string().nullable(), subjectId: z.string(), executionId: z.string().nullable(), after: z.unknown(), address: z.string().nullable() });
const logSchema = z.object({ auditLog: z.object({ edges: z.array(z.object({ node: entrySchema })) }) });
const query = 'query ($filter: AuditFilterInput) { auditLog(filter: $filter) { edges { node { action actorType actorName subjectName subjectId executionId after address } } } }';

type User = Awaited<ReturnType<typeof signUpUser>>;

let receiver: RecordingServer;
let models: ModelServer;
let server: TestServer;

beforeAll(async () => {
  receiver = await startRecordingServer((_, response) => void response.end('fine'));
  models = await startModelServer();
  server = await startTestServer({ outgoingAllow: parseAllowedTargets('127.0.0.0/8') });
});
afterAll(async () => {
  await server.stop();
  await models.close();
  receiver.close();
});
afterEach(() => void receiver.received.splice(0));

async function logOf(user: User, action: string) {
  return logSchema.parse(await user.ask(query, { filter: { action } })).auditLog.edges.map(({ node }) => node);
}

async function run(user: User, steps: object[]): Promise<string> {
  const { createWorkflow } = await user.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: `Flow ${Math.random()}`, definition: { inputs: [], steps } } });
  const { executeWorkflow } = await user.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: created.parse(createWorkflow).id });
  const { id } = created.parse(executeWorkflow);
  // It ends with the run.
  for await (const { errors } of user.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { seq } }', { id })) expect(errors).toBeUndefined();
  return id;
}

const call = (key: string, dependsOn: string[] = []) => ({ key, name: key, type: 'WEBHOOK', dependsOn, settings: { method: 'POST', url: receiver.url, headers: [{ name: 'X-Token', value: '{{ secrets.TOKEN }}' }] } });

test('A run that sends a secret is told once, however many of its steps send it', async () => {
  const ada = await signUpUser(server, 'Ada');
  const { createSecret } = await ada.ask('mutation { createSecret(input: { name: "TOKEN", value: "very-secret" }) { id } }');
  const executionId = await run(ada, [call('one'), call('two', ['one'])]);
  expect(receiver.received.map(({ headers }) => headers['x-token'])).toEqual(['very-secret', 'very-secret']);
  expect(await logOf(ada, 'secret.read')).toEqual([
    { action: 'secret.read', actorType: 'PERSON', actorName: 'Ada', subjectName: 'TOKEN', subjectId: created.parse(createSecret).id, executionId, after: null, address: null },
  ]);
});

test("A provider's key is told of each run that calls it, and of whoever asks what it reaches", async () => {
  const ada = await signUpUser(server, 'Ada');
  const { createProviderCredential } = await ada.ask('mutation ($url: String!) { createProviderCredential(input: { name: "Mine", baseUrl: $url, key: "sk-very-secret", models: ["m"] }) { id } }', { url: models.baseUrl });
  const { id } = created.parse(createProviderCredential);
  const { runPrompt } = await ada.ask('mutation { runPrompt(input: { source: { kind: TEXT, content: { messages: [{ role: USER, content: "Hello" }], settings: { model: "mine/m" } } } }) { status } }');
  expect(runPrompt).toEqual({ status: 'COMPLETED' });
  await ada.ask('query ($id: ID!) { availableModels(credentialId: $id) { names } }', { id });
  expect(await logOf(ada, 'provider.key.use')).toMatchObject([{ actorName: 'Ada', subjectId: id, subjectName: 'Mine' }, { actorName: 'Ada', subjectId: id, subjectName: 'Mine' }]);
});

test('A link to an approval is told when it is shown, and what is decided by it as done by whoever held it', async () => {
  const ada = await signUpUser(server, 'Ada');
  const { createWorkflow } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', {
    input: { name: 'Release', definition: { inputs: [], steps: [{ key: 'ok', name: 'OK', type: 'APPROVAL', settings: { title: 'Release?' } }] } },
  });
  const { executeWorkflow } = await ada.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: created.parse(createWorkflow).id });
  const { id } = created.parse(executeWorkflow);
  for await (const { data } of ada.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { type } }', { id })) {
    if (JSON.stringify(data).includes('STEP_WAITING')) break;
  }
  const shown = await ada.ask('query ($id: ID!) { execution(id: $id) { steps { waitingFor { approval { link } } } } }', { id });
  const { link } = z.object({ execution: z.object({ steps: z.tuple([z.object({ waitingFor: z.object({ approval: z.object({ link: z.string() }) }) })]) }) }).parse(shown).execution.steps[0].waitingFor.approval;
  const token = link.slice(link.lastIndexOf('/') + 1);
  await ada.client.query('mutation ($token: String!) { decideApprovalByLink(input: { token: $token, outcome: APPROVED, name: "Grace" }) { status } }', { token });
  expect(await logOf(ada, 'approval.link.show')).toMatchObject([{ actorType: 'PERSON', actorName: 'Ada', subjectId: id, executionId: id }]);
  let decided = await logOf(ada, 'approval.decide');
  while (decided.length === 0) decided = await logOf(ada, 'approval.decide');
  expect(decided).toMatchObject([{ actorType: 'LINK', actorName: 'Grace', subjectName: 'Release', executionId: id, after: { stepKey: 'ok', outcome: 'APPROVED' }, address: expect.stringContaining('127.0.0.1') }]);
});
