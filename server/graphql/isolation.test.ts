import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { getNamedType, type GraphQLInputType, isInputObjectType } from 'graphql';
import { z } from 'zod';
import { dataOf } from '../testing/graphql-client.js';
import { signUpUser, startTestServer, type TestServer } from '../testing/test-server.js';
import { resolverClasses } from './resolver-classes.js';
import { buildGraphqlSchema } from './schema.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let owner: User;
let stranger: User;
let ids: { prompt: string; version: string; branch: string; folder: string; workflow: string; workflowVersion: string; execution: string; apiKey: string; credential: string; budget: string; secret: string; preview: string; replay: string; trigger: string; delivery: string; auditEntry: string };

const created = z.object({ id: z.string() });

beforeAll(async () => {
  server = await startTestServer({ environment: 'production' });
  [owner, stranger] = [await signUpUser(server, 'Ada'), await signUpUser(server, 'Eve')];
  const { createApiKey, createProviderCredential, setBudget, createSecret, createPrompt, createPromptFolder, createWorkflow } = await owner.ask(
    `mutation ($workflow: CreateWorkflowInput!) {
      createApiKey(input: { name: "CI" }) { apiKey { id } }
      createProviderCredential(input: { name: "OpenAI", baseUrl: "https://api.openai.com/v1", key: "sk-0123" }) { id }
      setBudget(input: { period: MONTH, limitUsd: 100 }) { id }
      createSecret(input: { name: "TOKEN", value: "0123456789" }) { id }
      createPrompt(input: { name: "Greeting", kind: TEXT, messages: [{ role: USER, content: "Hello" }] }) { id head { id } branch { id } }
      createPromptFolder(input: { name: "Support" }) { id }
      createWorkflow(input: $workflow) { id versions { edges { node { id } } } }
    }`,
    { workflow: { name: 'Sum', definition: { inputs: [], steps: [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }] } } },
  );
  const workflow = created.parse(createWorkflow).id;
  const { executeWorkflow } = await owner.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: workflow });
  const { previewWorkflow } = await owner.ask('mutation ($input: PreviewWorkflowInput!) { previewWorkflow(input: $input) { id } }', {
    input: { definition: { inputs: [], steps: [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }] } },
  });
  ids = {
    prompt: created.parse(createPrompt).id,
    version: z.object({ head: created }).parse(createPrompt).head.id,
    branch: z.object({ branch: created }).parse(createPrompt).branch.id,
    folder: created.parse(createPromptFolder).id,
    workflow,
    workflowVersion: z.object({ versions: z.object({ edges: z.tuple([z.object({ node: created })]) }) }).parse(createWorkflow).versions.edges[0].node.id,
    execution: created.parse(executeWorkflow).id,
    apiKey: z.object({ apiKey: created }).parse(createApiKey).apiKey.id,
    credential: created.parse(createProviderCredential).id,
    budget: created.parse(setBudget).id,
    secret: created.parse(createSecret).id,
    preview: created.parse(previewWorkflow).id,
    replay: await startReplay(created.parse(createPrompt).id),
    ...(await fireTrigger(workflow)),
    auditEntry: z.object({ edges: z.tuple([z.object({ node: created })]) }).parse((await owner.ask('{ auditLog(first: 1) { edges { node { id } } } }')).auditLog).edges[0].node.id,
  };
});
afterAll(() => server.stop());

async function fireTrigger(workflowId: string): Promise<{ trigger: string; delivery: string }> {
  const { createTrigger } = await owner.ask('mutation ($id: ID!) { createTrigger(input: { workflowId: $id, type: MANUAL, name: "By hand" }) { trigger { id } } }', { id: workflowId });
  const trigger = z.object({ trigger: created }).parse(createTrigger).trigger.id;
  const { fireTrigger: fired } = await owner.ask('mutation ($id: ID!) { fireTrigger(input: { triggerId: $id }) { delivery { id } } }', { id: trigger });
  return { trigger, delivery: z.object({ delivery: created }).parse(fired).delivery.id };
}

async function startReplay(promptId: string): Promise<string> {
  const definition = { inputs: [], steps: [{ key: 'one', name: 'One', type: 'PROMPT', settings: { promptId, model: { model: 'simulated/instant' } } }] };
  const { createWorkflow } = await owner.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Greet', definition } });
  const { id } = created.parse(createWorkflow);
  const { executeWorkflow } = await owner.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id });
  const events = owner.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { seq } }', { id: created.parse(executeWorkflow).id });
  for await (const _ of events);
  const { replayWorkflow } = await owner.ask('mutation ($id: ID!) { replayWorkflow(input: { workflowId: $id, branch: "main" }) { id } }', { id });
  return created.parse(replayWorkflow).id;
}

/** Each root field that takes an id, asked for the id of an object. */
const byId: Record<string, { query: string; object: keyof typeof ids }> = {
  prompt: { query: 'query ($id: ID!) { prompt(id: $id) { id } }', object: 'prompt' },
  workflow: { query: 'query ($id: ID!) { workflow(id: $id) { id } }', object: 'workflow' },
  execution: { query: 'query ($id: ID!) { execution(id: $id) { id } }', object: 'execution' },
  validateWorkflow: { query: 'query ($id: ID!) { validateWorkflow(input: { workflowId: $id, definition: { inputs: [], steps: [] } }) { valid } }', object: 'workflow' },
  checkWorkflowInputs: { query: 'query ($id: ID!) { checkWorkflowInputs(input: { workflowId: $id }) { name } }', object: 'workflow' },
  workflowVersion: { query: 'query ($id: ID!) { workflowVersion(id: $id) { id } }', object: 'workflowVersion' },
  compareWorkflowVersions: { query: 'query ($id: ID!) { compareWorkflowVersions(fromId: $id, toId: $id) { steps { key } } }', object: 'workflowVersion' },
  previewWorkflow: { query: 'mutation ($id: ID!) { previewWorkflow(input: { workflowId: $id, definition: { inputs: [], steps: [] } }) { id } }', object: 'workflow' },
  workflowPreview: { query: 'query ($id: ID!) { workflowPreview(id: $id) { id } }', object: 'preview' },
  cancelWorkflowPreview: { query: 'mutation ($id: ID!) { cancelWorkflowPreview(id: $id) { id } }', object: 'preview' },
  workflowPreviewEvents: { query: 'subscription ($id: ID!) { workflowPreviewEvents(previewId: $id) { seq } }', object: 'preview' },
  cancelExecution: { query: 'mutation ($id: ID!) { cancelExecution(id: $id) { id } }', object: 'execution' },
  cancelExecutions: { query: 'mutation ($id: ID!) { cancelExecutions(input: { ids: [$id] }) { cancelled } }', object: 'execution' },
  setExecutionLabels: { query: 'mutation ($id: ID!) { setExecutionLabels(input: { id: $id, labels: [] }) { id } }', object: 'execution' },
  pauseExecution: { query: 'mutation ($id: ID!) { pauseExecution(id: $id) { id } }', object: 'execution' },
  resumeExecution: { query: 'mutation ($id: ID!) { resumeExecution(id: $id) { id } }', object: 'execution' },
  replay: { query: 'query ($id: ID!) { replay(id: $id) { id } }', object: 'replay' },
  cancelReplay: { query: 'mutation ($id: ID!) { cancelReplay(id: $id) { id } }', object: 'replay' },
  replays: { query: 'query ($id: ID!) { replays(workflowId: $id) { edges { node { id } } } }', object: 'workflow' },
  replayWorkflow: { query: 'mutation ($id: ID!) { replayWorkflow(input: { workflowId: $id, branch: "main" }) { id } }', object: 'workflow' },
  compareExecutions: { query: 'query ($id: ID!) { compareExecutions(baseId: $id, otherId: $id) { steps { key } } }', object: 'execution' },
  rerunExecution: { query: 'mutation ($id: ID!) { rerunExecution(input: { executionId: $id }) { id } }', object: 'execution' },
  createApiKey: { query: 'mutation ($id: ID!) { createApiKey(input: { name: "Mine", triggerIds: [$id] }) { secret } }', object: 'workflow' },
  revokeApiKey: { query: 'mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', object: 'apiKey' },
  rotateProviderCredential: { query: 'mutation ($id: ID!) { rotateProviderCredential(input: { id: $id, key: "sk-mine" }) { id } }', object: 'credential' },
  setBudget: { query: 'mutation ($id: ID!) { setBudget(input: { workflowId: $id, period: DAY, limitUsd: 1 }) { id } }', object: 'workflow' },
  removeBudget: { query: 'mutation ($id: ID!) { removeBudget(id: $id) { id } }', object: 'budget' },
  updateProviderCredential: { query: 'mutation ($id: ID!) { updateProviderCredential(input: { id: $id, name: "Mine" }) { id } }', object: 'credential' },
  testProviderCredential: { query: 'mutation ($id: ID!) { testProviderCredential(id: $id, model: "x") { ok } }', object: 'credential' },
  availableModels: { query: 'query ($id: ID!) { availableModels(credentialId: $id) { names } }', object: 'credential' },
  revokeProviderCredential: { query: 'mutation ($id: ID!) { revokeProviderCredential(id: $id) { id } }', object: 'credential' },
  setSecret: { query: 'mutation ($id: ID!) { setSecret(input: { id: $id, value: "mine now" }) { id } }', object: 'secret' },
  deleteSecret: { query: 'mutation ($id: ID!) { deleteSecret(id: $id) { id } }', object: 'secret' },
  commitPromptVersion: {
    query: 'mutation ($id: ID!) { commitPromptVersion(input: { promptId: $id, message: "x", messages: [{ role: USER, content: "x" }] }) { id } }',
    object: 'prompt',
  },
  updatePrompt: { query: 'mutation ($id: ID!) { updatePrompt(input: { id: $id, name: "Mine" }) { id } }', object: 'prompt' },
  archivePrompt: { query: 'mutation ($id: ID!) { archivePrompt(id: $id) { id } }', object: 'prompt' },
  unarchivePrompt: { query: 'mutation ($id: ID!) { unarchivePrompt(id: $id) { id } }', object: 'prompt' },
  movePrompts: { query: 'mutation ($id: ID!) { movePrompts(ids: [$id]) { id } }', object: 'prompt' },
  deletePrompt: { query: 'mutation ($id: ID!) { deletePrompt(id: $id, acceptBroken: true) { id } }', object: 'prompt' },
  createPromptFolder: { query: 'mutation ($id: ID!) { createPromptFolder(input: { name: "Mine", parentId: $id }) { id } }', object: 'folder' },
  updatePromptFolder: { query: 'mutation ($id: ID!) { updatePromptFolder(input: { id: $id, name: "Mine" }) { id } }', object: 'folder' },
  deletePromptFolder: { query: 'mutation ($id: ID!) { deletePromptFolder(id: $id) { id } }', object: 'folder' },
  restorePromptVersion: { query: 'mutation ($id: ID!) { restorePromptVersion(input: { versionId: $id }) { id } }', object: 'version' },
  comparePromptVersions: { query: 'query ($id: ID!) { comparePromptVersions(fromId: $id, toId: $id) { identical } }', object: 'version' },
  previewPromptCommit: { query: 'query ($id: ID!) { previewPromptCommit(input: { promptId: $id, content: { messages: [] } }) { changed } }', object: 'prompt' },
  previewPromptMerge: { query: 'query ($id: ID!) { previewPromptMerge(input: { promptId: $id, source: "draft" }) { version } }', object: 'prompt' },
  mergePromptBranch: { query: 'mutation ($id: ID!) { mergePromptBranch(input: { promptId: $id, source: "draft" }) { id } }', object: 'prompt' },
  createPromptBranch: { query: 'mutation ($id: ID!) { createPromptBranch(input: { promptId: $id, fromVersionId: $id, name: "draft" }) { id } }', object: 'prompt' },
  renamePromptBranch: { query: 'mutation ($id: ID!) { renamePromptBranch(input: { id: $id, name: "draft" }) { id } }', object: 'branch' },
  archivePromptBranch: { query: 'mutation ($id: ID!) { archivePromptBranch(id: $id) { id } }', object: 'branch' },
  unarchivePromptBranch: { query: 'mutation ($id: ID!) { unarchivePromptBranch(id: $id) { id } }', object: 'branch' },
  promptVersion: { query: 'query ($id: ID!) { promptVersion(id: $id) { id } }', object: 'version' },
  renderPrompt: { query: 'query ($id: ID!) { renderPrompt(input: { source: { versionId: $id } }) { tokens } }', object: 'version' },
  savePromptDraft: { query: 'mutation ($id: ID!) { savePromptDraft(input: { promptId: $id, content: { messages: [] } }) { revision } }', object: 'prompt' },
  discardPromptDraft: { query: 'mutation ($id: ID!) { discardPromptDraft(input: { promptId: $id }) { id } }', object: 'prompt' },
  setPromptLabel: { query: 'mutation ($id: ID!) { setPromptLabel(input: { promptId: $id, versionId: $id, name: "production" }) { name } }', object: 'prompt' },
  previewPromptLabelMove: { query: 'query ($id: ID!) { previewPromptLabelMove(input: { promptId: $id, versionId: $id, name: "production" }) { label } }', object: 'prompt' },
  removePromptLabel: { query: 'mutation ($id: ID!) { removePromptLabel(input: { promptId: $id, name: "production" }) { id } }', object: 'prompt' },
  rollBackPromptLabel: { query: 'mutation ($id: ID!) { rollBackPromptLabel(input: { promptId: $id, name: "production" }) { name } }', object: 'prompt' },
  promptLabelMoved: { query: 'subscription ($id: ID!) { promptLabelMoved(promptId: $id) { id } }', object: 'prompt' },
  promptRuns: { query: 'query ($id: ID!) { promptRuns(promptId: $id) { pageInfo { hasNextPage } } }', object: 'prompt' },
  runPrompt: { query: 'mutation ($id: ID!) { runPrompt(input: { source: { versionId: $id } }) { id } }', object: 'version' },
  promptRunEvents: {
    query: 'subscription ($id: ID!) { promptRunEvents(input: { source: { promptId: $id, content: { messages: [] } } }) { type } }',
    object: 'prompt',
  },
  exportPrompts: { query: 'query ($id: ID!) { exportPrompts(ids: [$id]) }', object: 'prompt' },
  updateWorkflow: { query: 'mutation ($id: ID!) { updateWorkflow(input: { id: $id, name: "Mine" }) { id } }', object: 'workflow' },
  executeWorkflow: { query: 'mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', object: 'workflow' },
  decideApproval: { query: 'mutation ($id: ID!) { decideApproval(input: { executionId: $id, stepKey: "one", outcome: APPROVED }) { id } }', object: 'execution' },
  resolveUnknownOutcome: { query: 'mutation ($id: ID!) { resolveUnknownOutcome(input: { executionId: $id, stepKey: "one", resolution: RETRY }) { id } }', object: 'execution' },
  executionStats: {
    query: 'query ($id: ID!) { executionStats(input: { workflowId: $id, from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", buckets: 1 }) { total { total } } }',
    object: 'workflow',
  },
  executionFeed: { query: 'subscription ($id: ID!) { executionFeed(workflowId: $id) { type } }', object: 'workflow' },
  trigger: { query: 'query ($id: ID!) { trigger(id: $id) { id } }', object: 'trigger' },
  createTrigger: { query: 'mutation ($id: ID!) { createTrigger(input: { workflowId: $id, type: MANUAL, name: "Mine" }) { secret } }', object: 'workflow' },
  updateTrigger: { query: 'mutation ($id: ID!) { updateTrigger(input: { id: $id, name: "Mine" }) { id } }', object: 'trigger' },
  pauseTrigger: { query: 'mutation ($id: ID!) { pauseTrigger(id: $id) { id } }', object: 'trigger' },
  resumeTrigger: { query: 'mutation ($id: ID!) { resumeTrigger(id: $id) { id } }', object: 'trigger' },
  deleteTrigger: { query: 'mutation ($id: ID!) { deleteTrigger(id: $id) { id } }', object: 'trigger' },
  fireTrigger: { query: 'mutation ($id: ID!) { fireTrigger(input: { triggerId: $id }) { delivery { id } } }', object: 'trigger' },
  rotateTriggerSecret: { query: 'mutation ($id: ID!) { rotateTriggerSecret(input: { triggerId: $id }) { secret } }', object: 'trigger' },
  listenForTestEvents: { query: 'mutation ($id: ID!) { listenForTestEvents(triggerId: $id) { id } }', object: 'trigger' },
  stopListeningForTestEvents: { query: 'mutation ($id: ID!) { stopListeningForTestEvents(triggerId: $id) { id } }', object: 'trigger' },
  deliveryFeed: { query: 'subscription ($id: ID!) { deliveryFeed(triggerId: $id) { id } }', object: 'trigger' },
  delivery: { query: 'query ($id: ID!) { delivery(id: $id) { id } }', object: 'delivery' },
  redeliver: { query: 'mutation ($id: ID!) { redeliver(deliveryId: $id) { delivery { id } } }', object: 'delivery' },
  previewTriggerInputs: { query: 'query ($id: ID!) { previewTriggerInputs(input: { workflowId: $id, type: MANUAL, mapping: [] }) { inputs } }', object: 'workflow' },
  auditEntry: { query: 'query ($id: ID!) { auditEntry(id: $id) { id } }', object: 'auditEntry' },
  executionEvents: { query: 'subscription ($id: ID!) { executionEvents(executionId: $id) { seq } }', object: 'execution' },
};

/** Root fields where an id only narrows a list, or names a model; and one that answers each of several ids for itself. */
const others = ['prompts', 'importPrompts', 'executions', 'createPrompt', 'rerunExecutions', 'triggers', 'deliveries', 'auditLog'];

async function errorOf(user: User, query: string, id: string): Promise<{ message: string; extensions?: unknown } | undefined> {
  if (!query.startsWith('subscription')) return (await user.client.query(query, { id }, { token: user.token })).errors?.[0];
  for await (const { errors } of user.subscribe(query, { id })) return errors?.[0];
  return undefined;
}

test.each(Object.entries(byId))("%s answers another workspace's id as one that does not exist", async (_field, { query, object }) => {
  const theirs = await errorOf(stranger, query, ids[object]);
  expect(theirs).toMatchObject({ message: expect.stringMatching(/^There is no such .* in this workspace\.$/), extensions: { code: 'NOT_FOUND' } });
  const nowhere = await errorOf(stranger, query, '01890000-0000-7000-8000-000000000000');
  const impossible = await errorOf(stranger, query, "' OR 1=1 --\0");
  for (const absent of [nowhere, impossible]) expect(absent).toMatchObject({ message: theirs?.message, extensions: { code: 'NOT_FOUND' } });
});

test("A workflow can not refer to another workspace's prompt", async () => {
  const steps = [{ key: 'one', name: 'One', type: 'PROMPT', settings: { promptId: ids.prompt } }];
  const answer = await stranger.client.query('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Spy', definition: { inputs: [], steps } } }, { token: stranger.token });
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: expect.stringMatching(/^input\.definition\.steps\.0\.settings/) }] });
});

test("Of several executions to be run again, another workspace's are refused as ones that do not exist", async () => {
  const answer = await stranger.ask('mutation ($id: ID!) { rerunExecutions(ids: [$id]) { execution { id } refusal } }', { id: ids.execution });
  expect(answer).toEqual({ rerunExecutions: [{ execution: null, refusal: 'There is no such execution in this workspace.' }] });
});

test('Lists hold what is of the workspace and nothing else', async () => {
  const lists = '{ prompts { edges { node { id } } } workflows { edges { node { id } } } executions { edges { node { id } } } apiKeys { edges { node { id } } } providerCredentials { id } secrets { id } triggers { edges { node { id } } } deliveries { edges { node { id } } } }';
  expect(JSON.stringify(await owner.ask(lists))).toContain(ids.execution);
  expect(await stranger.ask(lists)).toEqual({ prompts: { edges: [] }, workflows: { edges: [] }, executions: { edges: [] }, apiKeys: { edges: [] }, providerCredentials: [], secrets: [], triggers: { edges: [] }, deliveries: { edges: [] } });
  expect(dataOf(await stranger.client.query('query ($id: ID) { executions(workflowId: $id) { edges { node { id } } } }', { id: ids.workflow }, { token: stranger.token }))).toEqual({ executions: { edges: [] } });
});

test('Every root field that takes an id is asked above', () => {
  const schema = buildGraphqlSchema(resolverClasses);
  const takesId = (type: GraphQLInputType, seen = new Set<string>()): boolean => {
    const named = getNamedType(type);
    if (named.name === 'ID') return true;
    if (!isInputObjectType(named) || seen.has(named.name)) return false;
    seen.add(named.name);
    return Object.values(named.getFields()).some((field) => takesId(field.type, seen));
  };
  const fields = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => Object.values(type?.getFields() ?? {}));
  const withId = fields.filter(({ args }) => args.some(({ type }) => takesId(type))).map(({ name }) => name);
  expect(withId.sort()).toEqual([...Object.keys(byId), ...others].sort());
});
