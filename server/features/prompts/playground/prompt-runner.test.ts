import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox } from '../../../sandbox/sandbox.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { meteredCalls } from '../../../testing/metered-calls.js';
import { type ModelServer, startModelServer } from '../../../testing/model-server.js';
import { createTestDatabase } from '../../../testing/test-database.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { OpenAiCompatibleProvider } from '../../providers/openai-compatible.provider.js';
import { ProvidersService } from '../../providers/providers.service.js';
import { SimulatedProvider } from '../../providers/simulated.provider.js';
import { hashOfContent, type PromptContent } from '../content/content.js';
import { AnswerChecker } from './answer-check.js';
import { type PromptRunRecord } from './prompt-run.js';
import { PromptRunStore } from './prompt-run.store.js';
import { type PreparedRun, PromptRunner, type PromptRunnerOptions } from './prompt-runner.js';

const model = 'openai-compatible/test';

let sandbox: Sandbox;
let modelServer: ModelServer;
let created: Awaited<ReturnType<typeof createTestDatabase>>;
let store: PromptRunStore;
let identity: Identity;
let promptId: string;
let faults: unknown[];

beforeAll(() => {
  sandbox = startSandbox();
});
afterAll(() => sandbox.close());

beforeEach(async () => {
  [modelServer, created] = await Promise.all([startModelServer(), createTestDatabase()]);
  store = new PromptRunStore(created.database);
  identity = await createIdentity(created.database);
  const { workspaceId } = identity;
  const { id } = await created.database.prisma.prompt.create({ data: { workspaceId, path: 'greet', name: 'Greet', kind: 'TEXT', updatedAt: new Date() } });
  promptId = id;
  faults = [];
});
afterEach(async () => {
  await modelServer.close();
  await created.drop();
});

function runnerOf(options: Partial<PromptRunnerOptions> = {}): PromptRunner {
  const server = new OpenAiCompatibleProvider({ baseUrl: modelServer.baseUrl, apiKey: undefined, models: [], prices: { test: { input: 1, output: 2 } } });
  const providers = new ProvidersService([new SimulatedProvider(), server]);
  const { models } = meteredCalls(created.database, providers);
  return new PromptRunner({ store, providers, models, checker: new AnswerChecker(sandbox), onFault: (error) => faults.push(error), ...options });
}

function prepared(more: Partial<PromptContent> = {}): PreparedRun {
  const content: PromptContent = { kind: 'TEXT', messages: [{ id: 'm1', role: 'USER', content: 'Hi' }], variables: [], settings: { model }, tools: [], ...more };
  const { workspaceId, userId } = identity;
  const facts = { workspaceId, promptId, versionId: undefined, contentHash: hashOfContent(content), runById: userId, model: content.settings.model, simulated: false };
  return { ...facts, content, values: {}, messages: [{ role: 'USER', content: 'Hi' }] };
}

const start = (runner: PromptRunner, run = prepared()) => runner.start(run.workspaceId, () => Promise.resolve(run));

async function kept(): Promise<PromptRunRecord[]> {
  return (await store.list(identity.workspaceId, { promptId }, { first: 100 })).edges.map(({ node }) => node);
}

it('A model that takes too long is ended', async () => {
  const messages = [{ role: 'USER' as const, content: `Summarise in one sentence: ${'and so on '.repeat(1_000)}` }];
  const slow = { ...prepared({ settings: { model: 'simulated/extract' } }), messages };
  const run = await (await start(runnerOf({ timeoutMs: 100 }), slow)).finished;
  expect(run).toMatchObject({ status: 'FAILED', error: { code: 'TIMEOUT', message: expect.stringContaining('0.1 s') }, finishReason: undefined });
  expect(await kept()).toEqual([run]);
});

it('A run that is cancelled keeps what had arrived, and about what it used', async () => {
  modelServer.reply({ kind: 'hang', tokens: ['Half'] });
  const { events, finished, cancel } = await start(runnerOf());
  for await (const event of events) if (event.type === 'TEXT') cancel();
  await modelServer.requests[0]?.closed;
  const run = await finished;
  expect(run).toMatchObject({ status: 'CANCELLED', error: undefined, finishReason: undefined, usage: { inputTokens: 1, outputTokens: 1 }, cost: 3e-6, output: 'Half' });
  expect(await kept()).toEqual([run]);
});

it('Cancelling what has ended changes nothing', async () => {
  const { finished, cancel } = await start(runnerOf());
  await finished;
  cancel();
  expect(await kept()).toEqual([expect.objectContaining({ status: 'COMPLETED' })]);
});

it('When the server stops, what runs is ended and kept as such', async () => {
  modelServer.reply({ kind: 'hang' }, { kind: 'hang', tokens: ['Half'] });
  const runner = runnerOf();
  const runs = await Promise.all([start(runner), start(runner)]);
  await modelServer.received(2);
  await runner.stop();
  expect(await kept()).toEqual([1, 2].map(() => expect.objectContaining({ status: 'FAILED', error: { code: 'STOPPED', message: expect.stringContaining('Run it again') } })));
  await Promise.all(runs.map(({ finished }) => finished));
  expect(await (await start(runner)).finished).toMatchObject({ status: 'FAILED', error: { code: 'STOPPED' } });
  expect(modelServer.requests).toHaveLength(2);
});

it('A workspace has so many runs under way and no more; another workspace has its own', async () => {
  const runner = runnerOf({ mostAtOnce: 2 });
  modelServer.reply({ kind: 'hang' }, { kind: 'hang' });
  const [first, second] = [await start(runner), await start(runner)];
  await expect(start(runner)).rejects.toMatchObject({ code: 'RATE_LIMITED', message: expect.stringContaining('runs 2 prompts already') });
  const other = await createIdentity(created.database, 'Eve');
  await modelServer.received(2);
  expect(await (await start(runner, { ...prepared(), workspaceId: other.workspaceId, promptId: undefined })).finished).toMatchObject({ status: 'COMPLETED' });
  first.cancel();
  await first.finished;
  expect(await (await start(runner)).finished).toMatchObject({ status: 'COMPLETED' });
  second.cancel();
  await second.finished;
});

it('Something that can not be prepared is not kept, and leaves room for others', async () => {
  const runner = runnerOf({ mostAtOnce: 1 });
  await expect(runner.start(identity.workspaceId, () => Promise.reject(new Error('wrong input')))).rejects.toThrow('wrong input');
  expect(await kept()).toEqual([]);
  expect(await (await start(runner)).finished).toMatchObject({ status: 'COMPLETED' });
});

it('A fault of the product is reported, and told without its details', async () => {
  const runner = runnerOf();
  const run = await (await start(runner, { ...prepared(), failure: new TypeError('secret detail') })).finished;
  expect(run).toMatchObject({ status: 'FAILED', error: { code: 'INTERNAL', message: expect.not.stringContaining('secret') } });
  expect(faults).toEqual([new TypeError('secret detail')]);
});

it('What can not be stored in text is replaced', async () => {
  modelServer.reply({ kind: 'ok', tokens: ['a\0b', '\ud83d', '\ude00', '\ud83d'] });
  const run = await (await start(runnerOf())).finished;
  expect(run.output).toBe('a\uFFFDb😀\uFFFD');
  expect(await kept()).toEqual([run]);
});

describe('Runs that a process left behind', () => {
  it('are failed when it starts anew, those that have ended are not', async () => {
    modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['Hi'] });
    const left = await start(runnerOf());
    await modelServer.received(1);
    await (await start(runnerOf())).finished;
    await store.failInterrupted(new Date(Date.now() + 1_000));
    expect(await kept()).toEqual([
      expect.objectContaining({ status: 'COMPLETED' }),
      expect.objectContaining({ status: 'FAILED', error: { code: 'INTERRUPTED', message: expect.stringContaining('Run it again') } }),
    ]);
    left.cancel();
    await left.finished;
  });

  it('are left alone while another process may be at them', async () => {
    modelServer.reply({ kind: 'hang' });
    const running = await start(runnerOf());
    await store.failInterrupted(new Date(Date.now() - 60_000));
    expect(await kept()).toEqual([expect.objectContaining({ status: 'RUNNING' })]);
    running.cancel();
    await running.finished;
  });
});

it('Of a prompt the newest 1,000 runs are kept', async () => {
  const { workspaceId, userId } = identity;
  const old = { workspaceId, promptId, contentHash: 'x', runById: userId, model, simulated: false, status: 'COMPLETED', values: '{}', messages: '[]' };
  await created.database.prisma.promptRun.createMany({ data: Array.from({ length: 1_001 }, (_, index) => ({ ...old, output: String(index) })) });
  await (await start(runnerOf())).finished;
  expect(await created.database.prisma.promptRun.count()).toBe(1_000);
  const oldest = await created.database.prisma.promptRun.findFirst({ orderBy: { id: 'asc' } });
  expect(oldest?.output).toBe('2');
});

it('Content that is a version already counts as that version', async () => {
  const run = prepared();
  const { workspaceId, userId } = identity;
  const number = { major: 1, minor: 0, patch: 0 };
  const data = { workspaceId, promptId, ...number, message: '', authorId: userId, content: JSON.stringify(run.content), contentHash: run.contentHash };
  const { id } = await created.database.prisma.promptVersion.create({ data });
  expect(await (await start(runnerOf(), run)).finished).toMatchObject({ versionId: id });
  expect((await (await start(runnerOf(), prepared({ settings: { model, seed: 1 } }))).finished).versionId).toBeUndefined();
});
