import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit } from '../../testing/execution-kit.js';
import { OpenAiCompatibleProvider } from '../providers/openai-compatible.provider.js';
import { type RateBudget } from '../providers/rates/rate-line.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });
const minute = 60_000;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

/** A provider of the workspace's own, at the model server. */
function addProvider(id: string, budget: RateBudget = {}): void {
  const server = new OpenAiCompatibleProvider({ baseUrl: kit.modelServer.baseUrl, apiKey: 'sk-own', models: [] });
  const rate = { key: id, ...budget };
  kit.own.push({ id, simulated: false, rate, takesOthers: true, models: () => [], priceOf: () => undefined, stream: (call) => server.stream(call) });
}

async function createWorkflow(model: string, settings: object = {}, more: object = {}): Promise<string> {
  const promptId = await kit.createPrompt(`Say ${crypto.randomUUID()}`, 'Say', model);
  return kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId, {}, { settings: { promptId, ...settings }, ...more })] });
}

const start = async (workflowId: string) => (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
const statusOf = async (id: string) => (await kit.executions.find(kit.identity, id)).status;
const waiting = (id: string) => kit.event(id, ({ type }) => type === 'STEP_WAITING');
const advance = (ms: number) => kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + ms));

async function stepOf(id: string) {
  const [state] = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return state;
}

test('A hundred runs at a provider that takes ten calls a minute all wait for their turn, and none is refused', async () => {
  const taken: number[] = [];
  let refused = 0;
  kit.modelServer.otherwise(() => {
    const now = kit.jobs.now.getTime();
    if (taken.filter((at) => at > now - minute).length >= 10) {
      refused++;
      return { kind: 'status', status: 429 };
    }
    taken.push(now);
    return { kind: 'ok', tokens: ['Hello'] };
  });
  addProvider('own', { requestsPerMinute: 10 });
  kit.startRunner();
  const workflowId = await createWorkflow('own/model');
  const ids: string[] = [];
  for (let index = 0; index < 100; index++) {
    const id = await start(workflowId);
    ids.push(id);
    await kit.event(id, ({ type }) => type === 'STEP_STARTED' || type === 'STEP_WAITING');
  }
  // Those that asked first are served first.
  for (let served = 10; served <= 100; served += 10) {
    await kit.modelServer.received(served);
    await Promise.all(ids.slice(served - 10, served).map((id) => kit.allEvents(id)));
    await Promise.all(ids.slice(served).map(waiting));
    await advance(minute + 1_000);
  }
  expect(await Promise.all(ids.map(statusOf))).toEqual(ids.map(() => 'COMPLETED'));
  expect(refused).toBe(0);
  expect((await stepOf(ids.at(-1) ?? ''))?.attempt).toBe(1);
}, 90_000);

describe('A step that waits for its turn', () => {
  test('holds no worker, has made no attempt, and says until when it waits', async () => {
    addProvider('own', { requestsPerMinute: 1 });
    kit.startRunner({ capacity: 1 });
    const [first, second] = [await createWorkflow('own/model'), await createWorkflow('simulated/instant')];
    await kit.allEvents(await start(first));
    const id = await start(first);
    const until = new Date(kit.jobs.now.getTime() + 61_000);
    expect((await waiting(id)).payload).toEqual({ reason: 'RATE_LIMIT', until: until.toISOString() });
    expect(await stepOf(id)).toMatchObject({ status: 'WAITING', attempt: 0, retryAt: until });
    const other = await start(second);
    await kit.allEvents(other);
    expect(await statusOf(other)).toBe('COMPLETED');
    await kit.jobs.advanceTo(until);
    const events = await kit.allEvents(id);
    expect(events.filter(({ stepKey }) => stepKey === 'say').map(({ type }) => type)).toEqual(['STEP_WAITING', 'STEP_STARTED', 'STEP_OUTPUT', 'STEP_COMPLETED']);
  });

  test('keeps the calls that it has finished: an answer is mended in the next minute', async () => {
    addProvider('own', { requestsPerMinute: 1 });
    kit.startRunner();
    const inline = { messages: [{ role: 'USER', content: 'Say' }], outputSchema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] } };
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [{ ...promptStep('say', ''), settings: { inline, model: { model: 'own/model' } }, retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } }] });
    kit.modelServer.reply({ kind: 'ok', tokens: ['no'] }, { kind: 'ok', tokens: ['{"title":"yes"}'] });
    const id = await start(workflowId);
    await kit.event(id, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
    expect(kit.modelServer.requests).toHaveLength(1);
    await advance(61_000);
    await kit.allEvents(id);
    expect(await stepOf(id)).toMatchObject({ status: 'COMPLETED', output: { title: 'yes' }, details: { calls: [{ problems: [expect.any(String)] }, { status: 'COMPLETED' }] } });
    expect(kit.modelServer.requests).toHaveLength(2);
  });

  test('waits until all of the models that it asks at the same time can be asked', async () => {
    addProvider('own', { requestsPerMinute: 2 });
    kit.startRunner();
    await kit.allEvents(await start(await createWorkflow('own/model')));
    const models = [{ model: 'own/one' }, { model: 'own/two' }];
    const id = await start(await createWorkflow('own/model', { models, mode: 'PARALLEL' }));
    await waiting(id);
    expect(kit.modelServer.requests).toHaveLength(1);
    await advance(61_000);
    await kit.allEvents(id);
    expect(kit.modelServer.requests.map(({ body }) => body.model).sort()).toEqual(['model', 'one', 'two']);
  });
});

test('A provider that asks to slow down is left alone by every run, not only by the one that it refused', async () => {
  addProvider('own');
  kit.startRunner();
  const workflowId = await createWorkflow('own/model');
  kit.modelServer.reply({ kind: 'status', status: 429, headers: { 'retry-after': '30' } });
  const refused = await start(workflowId);
  await kit.event(refused, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
  const other = await start(workflowId);
  expect((await waiting(other)).payload).toMatchObject({ until: new Date(kit.jobs.now.getTime() + 30_000).toISOString() });
  expect(kit.modelServer.requests).toHaveLength(1);
  await advance(31_000);
  await Promise.all([refused, other].map((id) => kit.allEvents(id)));
  expect(await Promise.all([refused, other].map(statusOf))).toEqual(['COMPLETED', 'COMPLETED']);
  expect(kit.modelServer.requests).toHaveLength(3);
});
