import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../testing/execution-kit.js';
import { type ModelServerReply } from '../../testing/model-server.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});

afterEach(async () => {
  await kit.stop();
});

afterAll(() => sandbox.close());

const text = { name: 'text', type: 'TEXT', required: true, description: '' } as const;

async function start(workflowId: string, inputs: unknown = {}) {
  return (await kit.executions.execute(kit.identity, { workflowId, inputs })).id;
}

async function result(executionId: string) {
  const events = await kit.allEvents(executionId);
  const execution = await kit.executions.find(kit.identity, executionId);
  const steps = await kit.executions.steps(kit.identity.workspaceId, [executionId]);
  return { events, execution, steps: steps.get(executionId) ?? [], types: events.map(({ type, stepKey }) => (stepKey ? `${type} ${stepKey}` : type)) };
}

describe('a chain', () => {
  test('gives each step the outputs of those before it, and its last output to the execution', async () => {
    kit.startRunner();
    const workflowId = await kit.createWorkflow({
      inputs: [text],
      steps: [
        transform('words', '$split(text, " ")', { text: 'inputs.text' }),
        transform('count', '$count(words)', { words: 'steps.words.output' }),
        transform('report', 'first & " of " & $string(count)', { first: 'steps.words.output[0]', count: 'steps.count.output' }),
      ],
    });
    const { execution, events, types } = await result(await start(workflowId, { text: 'one two three' }));
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'one of 3', error: undefined });
    expect(types).toEqual([
      'EXECUTION_QUEUED',
      'EXECUTION_STARTED',
      ...['words', 'count', 'report'].flatMap((key) => [`STEP_STARTED ${key}`, `STEP_COMPLETED ${key}`]),
      'EXECUTION_COMPLETED',
    ]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  });

  test('streams what a model says, counts its tokens and keeps what it was sent', async () => {
    kit.startRunner();
    const promptId = await kit.createPrompt('Greet', 'Say hello to {{ who }}.');
    const workflowId = await kit.createWorkflow({ inputs: [text], steps: [promptStep('greet', promptId, { who: 'inputs.text' })] });
    kit.modelServer.reply({ kind: 'ok', tokens: ['Hel', 'lo ', 'Ada'], delayMs: 40 });
    const { execution, events, steps } = await result(await start(workflowId, { text: 'Ada' }));
    const streamed = events.filter(({ type }) => type === 'STEP_OUTPUT').map(({ payload }) => payload.text);
    expect(streamed.join('')).toBe('Hello Ada');
    expect(streamed.length).toBeGreaterThan(1);
    expect(execution).toMatchObject({ output: 'Hello Ada', usage: { inputTokens: 11, outputTokens: 3 } });
    expect(steps[0]).toMatchObject({ input: { who: 'Ada' }, details: { model: 'openai-compatible/test', simulated: false, messages: [{ role: 'USER', content: 'Say hello to Ada.' }], finishReason: 'stop' } });
  });

  test('asks a model for what the output schema of its prompt says', async () => {
    kit.startRunner();
    const outputSchema = { type: 'object', properties: { title: { type: 'string' } } };
    const { id } = await kit.prompts.create(kit.identity, {
      name: 'Title',
      description: '',
      kind: 'TEXT',
      message: 'First version',
      messages: [{ role: 'USER', content: 'Give it a title.' }],
      settings: { model: 'openai-compatible/test' },
      outputSchema,
    });
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('title', id)] });
    kit.modelServer.reply({ kind: 'ok', tokens: ['{"title":', '"Cats"}'] });
    expect((await result(await start(workflowId))).execution).toMatchObject({ status: 'COMPLETED', output: { title: 'Cats' } });
    expect(kit.modelServer.requests[0]?.body.response_format?.json_schema.schema).toEqual(outputSchema);
  });

  test('keeps NUL characters and lone surrogates that a step makes', async () => {
    kit.startRunner();
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('odd', '{ "nul": "a\\u0000b", "lone": "\\ud800" }')] });
    expect((await result(await start(workflowId))).execution.output).toEqual({ nul: 'a\0b', lone: '\ud800' });
  });

  test('uses the prompt version that was the newest at its start, however much is committed since', async () => {
    const promptId = await kit.createPrompt('Greet', 'Old {{ who }}');
    const workflowId = await kit.createWorkflow({ inputs: [text], steps: [promptStep('greet', promptId, { who: 'inputs.text' })] });
    const executionId = await start(workflowId, { text: 'Ada' });
    await kit.commits.commit(kit.identity, { promptId, branch: 'main', message: 'New', messages: [{ role: 'USER', content: 'New {{ who }}' }] });
    kit.startRunner().ring(executionId);
    const { steps, execution } = await result(executionId);
    expect(steps[0]?.details?.messages).toEqual([{ messageId: expect.any(String), role: 'USER', content: 'Old Ada' }]);
    expect(execution.lockfile.prompts.greet).toMatchObject({ promptVersion: '1.0.0', settings: { model: 'openai-compatible/test' } });
  });

  test('fails at the step whose prompt has been deleted since its start, naming it, and is not tried again', async () => {
    const promptId = await kit.createPrompt('Greet', 'Hello');
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('greet', promptId)] });
    const executionId = await start(workflowId);
    await kit.database.prisma.prompt.delete({ where: { id: promptId } });
    kit.startRunner().ring(executionId);
    expect((await result(executionId)).execution).toMatchObject({
      status: 'FAILED',
      error: { code: 'PROMPT_DELETED', stepKey: 'greet', message: expect.stringContaining('Version 1.0.0 of the prompt, which this run was to use, has been deleted with its prompt.') },
    });
  });

  test('is refused at the start when a prompt wants a variable by now that its step does not give', async () => {
    const promptId = await kit.createPrompt('Greet', 'Hello {{ who }}');
    const workflowId = await kit.createWorkflow({ inputs: [text], steps: [promptStep('greet', promptId, { who: 'inputs.text' })] });
    await kit.commits.commit(kit.identity, { promptId, branch: 'main', message: 'More', messages: [{ role: 'USER', content: 'Hello {{ who }} in {{ city }}' }] });
    await expect(start(workflowId, { text: 'Ada' })).rejects.toThrow(/gives no value for city/);
  });

  test('fails with the input named when a reference selects nothing', async () => {
    kit.startRunner();
    const workflowId = await kit.createWorkflow({
      inputs: [],
      steps: [transform('a', '{ "x": 1 }'), transform('b', 'y', { y: 'steps.a.output.nowhere' })],
    });
    const { execution } = await result(await start(workflowId));
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'MISSING_INPUT', stepKey: 'b', message: expect.stringContaining('steps.a.output.nowhere') } });
  });
});

describe('steps that do not depend on one another', () => {
  test('run at the same time, up to the limit', async () => {
    kit.startRunner();
    const promptId = await kit.createPrompt('Say', 'Say it');
    const steps = ['a', 'b', 'c'].map((key) => promptStep(key, promptId));
    const workflowId = await kit.createWorkflow({ inputs: [], maxParallel: 2, steps });
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'hang' });
    const executionId = await start(workflowId);
    await kit.modelServer.received(2);
    const running = (await kit.executions.steps(kit.identity.workspaceId, [executionId])).get(executionId);
    expect(running?.map(({ status }) => status)).toEqual(['RUNNING', 'RUNNING', 'PENDING']);
  });

  test('are ended when one of them fails for good, and nothing more is started', async () => {
    kit.startRunner();
    const promptId = await kit.createPrompt('Say', 'Say it');
    const workflowId = await kit.createWorkflow({
      inputs: [],
      steps: [promptStep('slow', promptId), promptStep('bad', promptId), transform('after', 's', { s: 'steps.slow.output' })],
    });
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'status', status: 401 });
    const { execution, steps } = await result(await start(workflowId));
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'REFUSED' } });
    expect(steps.map(({ status, error }) => [status, error?.code]).sort()).toEqual([
      ['FAILED', 'REFUSED'],
      ['FAILED', 'STOPPED'],
      ['PENDING', undefined],
    ]);
  });
});

describe('a failed attempt', () => {
  async function promptWorkflow(more: object = {}) {
    const promptId = await kit.createPrompt('Say', 'Say it');
    return kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId, {}, { retry: { maxAttempts: 3, initialDelayMs: 1_000, maxDelayMs: 2_000 }, ...more })] });
  }

  const retryOf = (executionId: string, attempt: number) => kit.event(executionId, (event) => event.type === 'STEP_RETRY_SCHEDULED' && event.attempt === attempt);

  /** Settles when the runner has let go of the execution, so that only the alarm clock can bring it back. */
  async function untilWaiting(executionId: string) {
    for (;;) {
      if ((await kit.executions.find(kit.identity, executionId)).status === 'WAITING') return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  test('that was told to wait is made again by the alarm clock, not before its time', async () => {
    kit.startRunner();
    const workflowId = await promptWorkflow();
    kit.modelServer.reply({ kind: 'status', status: 429, headers: { 'retry-after': '7' } }, { kind: 'ok', tokens: ['done'] });
    const began = kit.jobs.now.getTime();
    const executionId = await start(workflowId);
    const { payload } = await retryOf(executionId, 1);
    expect(Date.parse(String(payload.retryAt))).toBeGreaterThanOrEqual(began + 7_000);
    await untilWaiting(executionId);
    await kit.jobs.advanceTo(new Date(began + 6_900));
    expect(kit.modelServer.requests).toHaveLength(1);
    await kit.jobs.advanceTo(new Date(began + 20_000));
    const { execution, steps } = await result(executionId);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'done' });
    expect(steps[0]).toMatchObject({ attempt: 2, retryAt: undefined, error: undefined });
  });

  const worthRetrying: [string, ModelServerReply, string][] = [
    ['a server error', { kind: 'status', status: 500 }, 'UNAVAILABLE'],
    ['a stream cut in the middle', { kind: 'cut', tokens: ['half'] }, 'CUT_OFF'],
    ['an answer that is not in the format', { kind: 'broken-json' }, 'BAD_RESPONSE'],
  ];

  test.each(worthRetrying)('after %s is made again', async (_what, reply, code) => {
    kit.startRunner();
    const workflowId = await promptWorkflow();
    kit.modelServer.reply(reply, { kind: 'ok', tokens: ['whole'] });
    const executionId = await start(workflowId);
    expect((await retryOf(executionId, 1)).payload.error).toMatchObject({ code });
    await untilWaiting(executionId);
    await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 10_000));
    expect((await result(executionId)).execution).toMatchObject({ status: 'COMPLETED', output: 'whole' });
  });

  test('that hangs is ended after its time and made again', async () => {
    kit.startRunner();
    const workflowId = await promptWorkflow({ timeoutMs: 100 });
    kit.modelServer.reply({ kind: 'hang' });
    const executionId = await start(workflowId);
    expect((await retryOf(executionId, 1)).payload.error).toMatchObject({ code: 'TIMEOUT' });
    await kit.modelServer.requests[0]?.closed;
  });

  test('is the last when as many were made as the policy allows', async () => {
    kit.startRunner();
    const workflowId = await promptWorkflow();
    kit.modelServer.reply(...Array.from({ length: 3 }, () => ({ kind: 'status', status: 503 }) as const));
    const executionId = await start(workflowId);
    for (const attempt of [1, 2]) {
      await retryOf(executionId, attempt);
      await untilWaiting(executionId);
      await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 10_000));
      await kit.modelServer.received(attempt + 1);
    }
    expect((await result(executionId)).execution).toMatchObject({ status: 'FAILED', error: { code: 'UNAVAILABLE', stepKey: 'say' } });
    expect(kit.modelServer.requests).toHaveLength(3);
  });

  test('whose alarm was lost is found by the sweep', async () => {
    kit.startRunner();
    const workflowId = await promptWorkflow();
    kit.modelServer.reply({ kind: 'status', status: 500 }, { kind: 'ok', tokens: ['found'] });
    const executionId = await start(workflowId);
    await retryOf(executionId, 1);
    await untilWaiting(executionId);
    kit.jobs.now = new Date(kit.jobs.now.getTime() + 10_000);
    await kit.executionJobs.sweep();
    expect((await result(executionId)).execution.output).toBe('found');
  });
});
