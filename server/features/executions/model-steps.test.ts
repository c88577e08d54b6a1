import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CreatePromptInput } from '../../../schema/prompts.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });
const leaseMs = 15_000;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

const outputSchema = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };
const model = (name: string) => ({ model: `openai-compatible/${name}` });
const once = { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } };
const twice = { retry: { maxAttempts: 2, initialDelayMs: 0, maxDelayMs: 0 } };

async function createPrompt(path: string, content: string, more: Partial<CreatePromptInput> = {}): Promise<string> {
  const messages = [{ role: 'USER' as const, content }];
  return (await kit.prompts.create(kit.identity, { name: path, path, description: '', kind: 'TEXT', message: 'First', messages, settings: model('test'), ...more })).id;
}

async function start(steps: Parameters<ExecutionKit['createWorkflow']>[0]['steps']): Promise<string> {
  const workflowId = await kit.createWorkflow({ inputs: [], steps });
  return (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
}

async function ended(id: string) {
  const events = await kit.allEvents(id);
  const states = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return { execution: await kit.executions.find(kit.identity, id), events, states, state: states[0] };
}

const models = () => kit.modelServer.requests.map(({ body }) => body.model);

/** As if the process were gone for good, as far as the database can tell. */
async function takeOver(id: string) {
  kit.jobs.now = new Date(kit.jobs.now.getTime() + leaseMs + 1);
  kit.startRunner();
  kit.bus.publish('execution.ready', { executionId: id });
  return ended(id);
}

describe('an answer with an output schema', () => {
  test('comes out as JSON', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'ok', tokens: ['{"title"', ':"Cats"}'] });
    const promptId = await createPrompt('title', 'Say', { outputSchema });
    const { execution } = await ended(await start([promptStep('say', promptId), transform('read', 'said.title', { said: 'steps.say.output' })]));
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'Cats' });
    expect(execution.lockfile.prompts.say).toMatchObject({ repairs: 1 });
  });

  test('that does not fit is sent back with what is wrong, and both calls are counted', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'ok', tokens: ['{"name":', '"Cats"}'] }, { kind: 'ok', tokens: ['{"title":"Cats"}'] });
    const { execution, state, events } = await ended(await start([promptStep('say', await createPrompt('title', 'Say', { outputSchema }))]));
    expect(execution).toMatchObject({ status: 'COMPLETED', output: { title: 'Cats' }, usage: { inputTokens: 22, outputTokens: 3 } });
    expect(kit.modelServer.requests[1]?.body.messages).toEqual([
      { role: 'user', content: 'Say' },
      { role: 'assistant', content: '{"name":"Cats"}' },
      { role: 'user', content: expect.stringContaining('title') },
    ]);
    expect(state?.details?.calls).toMatchObject([{ status: 'COMPLETED', output: '{"name":"Cats"}', problems: [expect.any(String), expect.any(String)] }, { status: 'COMPLETED', output: '{"title":"Cats"}' }]);
    expect(events.filter(({ type }) => type === 'STEP_LOG')).toMatchObject([{ stepKey: 'say', payload: { level: 'warn' } }]);
  });

  test('that never fits fails the step with BAD_OUTPUT, its cost kept, and another attempt asks anew', async () => {
    kit.startRunner();
    const promptId = await createPrompt('title', 'Say', { outputSchema });
    kit.modelServer.reply(...Array.from({ length: 4 }, () => ({ kind: 'ok' as const, tokens: ['no'] })));
    const { execution, state } = await ended(await start([promptStep('say', promptId, {}, twice)]));
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'BAD_OUTPUT', stepKey: 'say', message: expect.stringContaining('is no JSON') }, usage: { inputTokens: 44, outputTokens: 4 } });
    expect(state?.details?.calls).toHaveLength(4);
    expect(kit.modelServer.requests.map(({ body }) => body.messages.length)).toEqual([1, 3, 1, 3]);
  });

  test('is mended as often as the step says, or not at all', async () => {
    kit.startRunner();
    const promptId = await createPrompt('title', 'Say', { outputSchema });
    kit.modelServer.reply({ kind: 'ok', tokens: ['no'] });
    const none = await ended(await start([promptStep('say', promptId, {}, { ...once, settings: { promptId, repairs: 0 } })]));
    expect(none.execution).toMatchObject({ status: 'FAILED', error: { code: 'BAD_OUTPUT' } });
    kit.modelServer.reply({ kind: 'ok', tokens: ['no'] }, { kind: 'ok', tokens: ['{}'] }, { kind: 'ok', tokens: ['[]'] }, { kind: 'ok', tokens: ['{"title":"x"}'] });
    const three = await ended(await start([promptStep('say', promptId, {}, { ...once, settings: { promptId, repairs: 3 } })]));
    expect(three.execution).toMatchObject({ status: 'COMPLETED', output: { title: 'x' } });
  });

  test('stays text, unchecked, in a run whose lockfile is from before', async () => {
    const id = await start([promptStep('say', await createPrompt('title', 'Say', { outputSchema }))]);
    const row = await kit.database.prisma.execution.findUniqueOrThrow({ where: { id } });
    const before = row.lockfile.replace(',"repairs":1', '').replace(',"at":{"branch":"main"}', '');
    expect(before.length).toBe(row.lockfile.length - ',"repairs":1'.length - ',"at":{"branch":"main"}'.length);
    await kit.database.prisma.execution.update({ where: { id }, data: { lockfile: before } });
    kit.modelServer.reply({ kind: 'ok', tokens: ['{"name":1}'] });
    kit.startRunner().ring(id);
    expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: '{"name":1}' });
  });

  test('is not asked for again when the process dies while it is mended', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'ok', tokens: ['no'] }, { kind: 'hang' }, { kind: 'ok', tokens: ['{"title":"x"}'] });
    const id = await start([promptStep('say', await createPrompt('title', 'Say', { outputSchema }))]);
    await kit.modelServer.received(2);
    const { execution } = await takeOver(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: { title: 'x' }, usage: { inputTokens: 22 } });
    expect(kit.modelServer.requests.map(({ body }) => body.messages.length)).toEqual([1, 3, 3]);
  });

  test('is mended, not asked for anew, when mending it failed', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'ok', tokens: ['no'] }, { kind: 'status', status: 500 }, { kind: 'ok', tokens: ['{"title":"x"}'] });
    const { execution } = await ended(await start([promptStep('say', await createPrompt('title', 'Say', { outputSchema }), {}, twice)]));
    expect(execution.status).toBe('COMPLETED');
    expect(kit.modelServer.requests.map(({ body }) => body.messages.length)).toEqual([1, 3, 3]);
  });
});

describe('several models at the same time', () => {
  const both = (promptId: string) => ({ promptId, models: [model('one'), model('two')], mode: 'PARALLEL' });

  test('each answer for themselves, and what they used is summed', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    const { execution, state, events } = await ended(await start([promptStep('say', promptId, {}, { settings: both(promptId) })]));
    const usage = { inputTokens: 11, outputTokens: 3, cachedInputTokens: 0, reasoningTokens: 0 };
    const entry = { output: 'Hello world.', error: null, usage, costUsd: null, durationMs: expect.any(Number) };
    expect(execution).toMatchObject({ status: 'COMPLETED', usage: { inputTokens: 22, outputTokens: 6 } });
    expect(execution.output).toEqual([{ model: 'openai-compatible/one', ...entry }, { model: 'openai-compatible/two', ...entry }]);
    expect(state?.details).toMatchObject({ model: 'openai-compatible/one, openai-compatible/two', calls: [{ status: 'COMPLETED' }, { status: 'COMPLETED' }] });
    expect(events.some(({ type }) => type === 'STEP_OUTPUT')).toBe(false);
    expect(execution.lockfile.prompts.say).toMatchObject({ models: [model('one'), model('two')], mode: 'PARALLEL' });
  });

  test('fail together only', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    kit.modelServer.reply({ kind: 'status', status: 400 }, { kind: 'ok', tokens: ['yes'] });
    const { execution } = await ended(await start([promptStep('say', promptId, {}, { settings: both(promptId) })]));
    expect(execution.status).toBe('COMPLETED');
    expect(execution.output).toEqual(expect.arrayContaining([expect.objectContaining({ output: null, error: { code: 'REFUSED', message: expect.any(String) } }), expect.objectContaining({ output: 'yes', error: null })]));
    kit.modelServer.reply({ kind: 'status', status: 400 }, { kind: 'status', status: 400 });
    const failed = await ended(await start([promptStep('say', promptId, {}, { settings: both(promptId) })]));
    expect(failed.execution).toMatchObject({ status: 'FAILED', error: { code: 'REFUSED', message: expect.stringMatching(/^None of the 2 models answered\. openai-compatible\/one: /) } });
    expect(failed.state?.details?.calls).toHaveLength(2);
  });

  test('are not asked again, where they have answered, when the process dies', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    let answered: () => void = () => undefined;
    const seen = new Promise<void>((resolve) => (answered = resolve));
    const [commit] = [kit.runStore.commit.bind(kit.runStore)];
    kit.runStore.commit = async (commits) => {
      const stale = await commit(commits);
      if (commits.some(({ steps }) => steps.some(({ details }) => details?.calls.length === 1))) answered();
      return stale;
    };
    kit.modelServer.reply({ kind: 'ok', tokens: ['paid'] }, { kind: 'hang' }, { kind: 'ok', tokens: ['later'] });
    const id = await start([promptStep('say', promptId, {}, { settings: both(promptId) })]);
    await kit.modelServer.received(2);
    await seen;
    const { execution } = await takeOver(id);
    expect(execution.status).toBe('COMPLETED');
    expect(models()).toHaveLength(3);
    const [first, , third] = models();
    expect(third).not.toBe(first);
    expect(execution.output).toEqual(expect.arrayContaining([expect.objectContaining({ output: 'paid' }), expect.objectContaining({ output: 'later' })]));
  });

  test('where one never answers, give what the others did when the time is over', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['yes'] });
    const { execution } = await ended(await start([promptStep('say', promptId, {}, { settings: both(promptId), timeoutMs: 1_000 })]));
    expect(execution.output).toEqual(expect.arrayContaining([expect.objectContaining({ error: { code: 'TIMEOUT', message: expect.any(String) } }), expect.objectContaining({ output: 'yes' })]));
  });
});

describe('several models one after the other', () => {
  const inTurn = (promptId: string) => ({ promptId, models: [model('one'), model('two')], mode: 'FALLBACK' });

  test('are asked only until one answers', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    const { execution, state } = await ended(await start([promptStep('say', promptId, {}, { settings: inTurn(promptId) })]));
    expect(execution.output).toBe('Hello world.');
    expect(models()).toEqual(['one']);
    expect(state?.details).toMatchObject({ model: 'openai-compatible/one' });
  });

  test('take over when the one before is refused, or its attempts are used up', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    kit.modelServer.reply({ kind: 'status', status: 400 }, { kind: 'ok', tokens: ['two'] });
    const refused = await ended(await start([promptStep('say', promptId, {}, { ...twice, settings: inTurn(promptId) })]));
    expect(refused.execution.output).toBe('two');
    expect(refused.state?.details).toMatchObject({ model: 'openai-compatible/two', calls: [{ model: 'openai-compatible/one', status: 'FAILED', error: { code: 'REFUSED' } }, { status: 'COMPLETED' }] });
    kit.modelServer.reply(...Array.from({ length: 3 }, () => ({ kind: 'status' as const, status: 500 })), { kind: 'ok', tokens: ['at last'] });
    const worn = await ended(await start([promptStep('say', promptId, {}, { ...twice, settings: inTurn(promptId) })]));
    expect(worn.execution.output).toBe('at last');
    expect(models().slice(2)).toEqual(['one', 'one', 'two', 'two']);
  });

  test('take over from one that never answers', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['two'] });
    const { execution } = await ended(await start([promptStep('say', promptId, {}, { ...once, settings: inTurn(promptId), timeoutMs: 1_000 })]));
    expect(execution.output).toBe('two');
    expect(models()).toEqual(['one', 'two']);
  });

  test('fail when none is left', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    kit.modelServer.reply({ kind: 'status', status: 500 }, { kind: 'status', status: 400 });
    const { execution } = await ended(await start([promptStep('say', promptId, {}, { ...once, settings: inTurn(promptId) })]));
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'REFUSED', message: expect.stringMatching(/openai-compatible\/one: .*500.* openai-compatible\/two: /) } });
  });

  test('do not go back to one that was given up when the process dies', async () => {
    kit.startRunner();
    const promptId = await createPrompt('p', 'Say');
    kit.modelServer.reply({ kind: 'status', status: 400 }, { kind: 'hang' }, { kind: 'ok', tokens: ['two'] });
    const id = await start([promptStep('say', promptId, {}, { settings: inTurn(promptId) })]);
    await kit.modelServer.received(2);
    expect((await takeOver(id)).execution.output).toBe('two');
    expect(models()).toEqual(['one', 'two', 'two']);
  });
});

describe('a prompt written in the step', () => {
  test('is rendered with what the step is given, and pinned', async () => {
    const inline = { messages: [{ role: 'SYSTEM', content: 'Be {{ tone }}.' }, { role: 'USER', content: 'Hi' }], outputSchema };
    const inputs = [{ name: 'tone', value: 'kind' }];
    const id = await start([step('say', 'PROMPT', { inline, model: model('test') }, { inputs })]);
    kit.modelServer.reply({ kind: 'ok', tokens: ['{"title":"x"}'] });
    kit.startRunner().ring(id);
    const { execution, state } = await ended(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: { title: 'x' } });
    expect(kit.modelServer.requests[0]?.body.messages).toEqual([{ role: 'system', content: 'Be kind.' }, { role: 'user', content: 'Hi' }]);
    expect(state?.details).not.toHaveProperty('promptVersionId');
    expect(execution.lockfile.prompts.say).toMatchObject({ content: { messages: [{ content: 'Be {{ tone }}.' }, { content: 'Hi' }] }, settings: model('test') });
  });
});
