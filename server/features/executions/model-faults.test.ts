import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit } from '../../testing/execution-kit.js';
import { type ModelServer, type ModelServerReply, startServer } from '../../testing/model-server.js';
import { anthropicWire } from '../../testing/wires/anthropic.wire.js';
import { googleWire } from '../../testing/wires/google.wire.js';
import { openAiWire } from '../../testing/wires/openai.wire.js';
import { type ProviderKindName, providerKinds } from '../providers/kinds/registry.js';
import { callModel } from '../providers/remote/call-model.js';

const sandbox = startSandbox({ workers: 1 });
afterAll(() => sandbox.close());

const kinds: [ProviderKindName, () => Promise<ModelServer<object>>][] = [
  ['OPENAI', () => startServer(openAiWire)],
  ['ANTHROPIC', () => startServer(anthropicWire)],
  ['GOOGLE', () => startServer(googleWire)],
  ['OPENAI_COMPATIBLE', () => startServer(openAiWire)],
];
/** As long as an attempt may take, where it is to come to its end. */
const shortly = 400;
const tenMegabytes = 'x'.repeat(10_000_000);

describe.each(kinds)('What a run makes of %s', (kind, start) => {
  let kit: ExecutionKit;
  let server: ModelServer<object>;

  beforeEach(async () => {
    [kit, server] = [await startExecutionKit(sandbox), await start()];
    const connection = { baseUrl: server.baseUrl, apiKey: 'sk-0123', setBy: { baseUrl: 'its base URL', apiKey: 'its key' } };
    kit.own.push({ id: 'own', simulated: false, takesOthers: true, models: () => [], priceOf: () => undefined, stream: (call) => callModel(providerKinds[kind], connection, call) });
    kit.startRunner();
  });
  afterEach(async () => {
    await server.close();
    await kit.stop();
  });

  async function run(maxAttempts: number, replies: ModelServerReply[], timeoutMs = 30_000): Promise<string> {
    server.reply(...replies);
    const promptId = await kit.createPrompt('Say', 'Say', 'own/some-model');
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId, {}, { timeoutMs, retry: { maxAttempts, initialDelayMs: 0, maxDelayMs: 0 } })] });
    return (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
  }

  /** What is stored of a run once it has ended, and the text that its followers saw. */
  async function ended(id: string) {
    const events = await kit.allEvents(id);
    const execution = await kit.executions.find(kit.identity, id);
    const seen = events.flatMap(({ type, payload }) => (type === 'STEP_OUTPUT' ? [payload['text']] : [])).join('');
    expect(kit.faults).toEqual([]);
    return { status: execution.status, error: execution.error, output: execution.output, seen };
  }

  test.each<[string, ModelServerReply, string, string]>([
    ['an error of the server', { kind: 'status', status: 500, message: 'Oh no' }, 'UNAVAILABLE', 'answered with an error (500). It says: Oh no'],
    ['a request to slow down', { kind: 'status', status: 429, message: 'Slow down' }, 'RATE_LIMITED', 'asks to slow down'],
    ['a key that is refused', { kind: 'status', status: 401, message: 'Bad key' }, 'REFUSED', 'refused the key (401). Check its key'],
    ['a connection that breaks', { kind: 'cut', tokens: ['Half'] }, 'CUT_OFF', 'broke off before its end'],
    ['an answer without its end', { kind: 'end-early', tokens: ['Half'] }, 'CUT_OFF', 'broke off before its end'],
    ['broken JSON', { kind: 'broken-json', tokens: ['Half'] }, 'BAD_RESPONSE', 'not in the format of its API'],
    ['noise', { kind: 'noise', bytes: Buffer.from([0, 255, 10, 10, 0, 58, 10, 10]) }, 'BAD_RESPONSE|CUT_OFF', ''],
    ['a web page', { kind: 'web-page' }, 'BAD_RESPONSE', 'did not answer with a stream of model output. Check its base URL'],
    ['an error within the answer', { kind: 'error-event', tokens: ['Half'], message: 'out of memory' }, 'UNAVAILABLE', 'out of memory'],
  ])('%s: it fails and says so', async (_, reply, code, words) => {
    const { status, error } = await ended(await run(1, [reply]));
    expect({ status, error }).toEqual({ status: 'FAILED', error: { stepKey: 'say', code: expect.stringMatching(new RegExp(`^(${code})$`)), message: expect.stringContaining(words) } });
  });

  test('a broken connection, then an answer: it completes, with the second alone', async () => {
    const { status, output } = await ended(await run(2, [{ kind: 'cut', tokens: ['Half'] }, { kind: 'ok', tokens: ['All', ' of it'] }]));
    expect({ status, output }).toEqual({ status: 'COMPLETED', output: 'All of it' });
    expect(server.requests).toHaveLength(2);
  });

  test('a time to wait: it asks again then, and not before', async () => {
    const id = await run(2, [{ kind: 'status', status: 429, headers: { 'retry-after': '60' } }]);
    const { payload } = await kit.event(id, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
    expect(payload).toMatchObject({ retryAt: new Date(kit.jobs.now.getTime() + 60_000).toISOString(), error: { code: 'RATE_LIMITED' } });
    await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 59_000));
    expect(server.requests).toHaveLength(1);
    await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 60_000));
    expect(await ended(id)).toMatchObject({ status: 'COMPLETED', output: 'Hello world.' });
  });

  test.each<[string, ModelServerReply]>([
    ['silence', { kind: 'hang' }],
    ['silence in the middle', { kind: 'hang', tokens: ['Half'] }],
    ['a trickle without end', { kind: 'ok', tokens: Array.from({ length: 1_000 }, () => '.'), delayMs: 10 }],
  ])('%s: it ends the attempt when its time is over, and the connection', async (_, reply) => {
    const { status, error } = await ended(await run(1, [reply], shortly));
    expect({ status, error }).toMatchObject({ status: 'FAILED', error: { code: 'TIMEOUT', message: 'The attempt took longer than 0.4 s and was ended. Give the step more time, or less to do.' } });
    await server.requests[0]?.closed;
  });

  test('NUL bytes and halves of characters: it keeps what can be kept, and its followers see the same', async () => {
    const { status, output, seen } = await ended(await run(1, [{ kind: 'ok', tokens: ['a\0b', '\ud83d', '\ude00', ' \ud800 c'] }]));
    expect(status).toBe('COMPLETED');
    expect(output).toEqual(expect.stringMatching(/^a.b/));
    expect(seen).toBe(output);
  });

  test('ten megabytes: it completes with all of them', async () => {
    const { status, output, seen } = await ended(await run(1, [{ kind: 'ok', tokens: [tenMegabytes, 'end'] }]));
    expect(status).toBe('COMPLETED');
    expect([output === `${tenMegabytes}end`, seen === output]).toEqual([true, true]);
  });
});
