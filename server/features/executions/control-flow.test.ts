import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});

afterEach(async () => {
  await kit.stop();
  expect(kit.faults).toEqual([]);
});

afterAll(() => sandbox.close());

const number = { name: 'n', type: 'NUMBER', required: true, description: '' } as const;
const fails = { expression: '$error("no good")' };
const once = { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } };

type Definition = Parameters<ExecutionKit['createWorkflow']>[0];

async function start(definition: Definition, inputs: unknown = {}): Promise<string> {
  const workflowId = await kit.createWorkflow(definition);
  return (await kit.executions.execute(kit.identity, { workflowId, inputs })).id;
}

async function ended(id: string) {
  const types = (await kit.allEvents(id)).map(({ type, stepKey }) => (stepKey ? `${type} ${stepKey}` : type));
  const execution = await kit.executions.find(kit.identity, id);
  const steps = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return { execution, types, steps, statuses: Object.fromEntries(steps.map(({ key, status }) => [key, status])) };
}

const run = async (definition: Definition, inputs: unknown = {}) => ended(await start(definition, inputs));
const wait = (milliseconds: number) => (kit.jobs.now = new Date(kit.jobs.now.getTime() + milliseconds));

describe('a condition', () => {
  const definition: Definition = {
    inputs: [number],
    steps: [
      step('big', 'CONDITION', { expression: 'n > 10' }, { inputs: [{ name: 'n', from: 'inputs.n' }] }),
      transform('much', '"much"', {}, { branches: [{ step: 'big', outcome: 'true' }] }),
      transform('little', '"little"', {}, { branches: [{ step: 'big', outcome: 'false' }] }),
      transform('afterMuch', 'what & "!"', { what: 'steps.much.output' }),
      transform('both', '{ "much": much, "little": little }', { much: 'steps.much.output', little: 'steps.little.output' }, { join: 'ANY' }),
    ],
  };

  test('lets run what hangs on the outcome taken, and skips what hangs on the other and all that depends on it', async () => {
    kit.startRunner();
    const { execution, statuses, types } = await run(definition, { n: 3 });
    expect(statuses).toEqual({ big: 'COMPLETED', much: 'SKIPPED', little: 'COMPLETED', afterMuch: 'SKIPPED', both: 'COMPLETED' });
    expect(execution).toMatchObject({ status: 'COMPLETED', output: { much: null, little: 'little' } });
    expect(types).toContain('STEP_SKIPPED afterMuch');
  });

  test('is true for what JSONata takes for true', async () => {
    kit.startRunner();
    const [empty, full] = await Promise.all(
      ['[]', '["x"]'].map((expression) => run({ inputs: [], steps: [step('is', 'CONDITION', { expression })] })),
    );
    expect([empty?.execution.output, full?.execution.output]).toEqual([false, true]);
  });
});

describe('a step that fails for good', () => {
  test('and continues gives its stated value to those that depend on it, and keeps its error', async () => {
    kit.startRunner();
    const { execution, steps } = await run({
      inputs: [],
      steps: [
        step('call', 'TRANSFORM', fails, { ...once, onError: { action: 'CONTINUE', value: 'nothing' } }),
        transform('use', 'given', { given: 'steps.call.output' }),
      ],
    });
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'nothing' });
    expect(steps[0]).toMatchObject({ status: 'COMPLETED', error: { code: 'TEMPLATE_RUNTIME' } });
  });

  test('and is handled lets its handler run with its error, and skips what depends on it', async () => {
    kit.startRunner();
    const definition = (expression: string): Definition => ({
      inputs: [],
      steps: [
        step('call', 'TRANSFORM', { expression }, { ...once, onError: { action: 'HANDLE', handler: 'tell' } }),
        transform('use', 'given', { given: 'steps.call.output' }),
        transform('tell', 'error.code', { error: 'steps.call.error' }),
      ],
    });
    const failed = await run(definition(fails.expression));
    expect(failed.statuses).toEqual({ call: 'FAILED', use: 'SKIPPED', tell: 'COMPLETED' });
    expect(failed.execution).toMatchObject({ status: 'COMPLETED', output: 'TEMPLATE_RUNTIME' });
    const well = await run(definition('"fine"'));
    expect(well.statuses).toEqual({ call: 'COMPLETED', use: 'COMPLETED', tell: 'SKIPPED' });
    expect(well.execution.output).toBe('fine');
  });

  test('and stops cancels what waits', async () => {
    kit.startRunner();
    const { statuses, execution } = await run({
      inputs: [],
      steps: [step('later', 'DELAY', { durationMs: 60_000 }), step('call', 'TRANSFORM', fails, { ...once, inputs: [] })],
    });
    expect(execution.error).toMatchObject({ stepKey: 'call' });
    expect(statuses).toEqual({ later: 'CANCELLED', call: 'FAILED' });
  });
});

describe('a delay', () => {
  test('holds no runner, survives one that stops, and ends at its time', async () => {
    const first = kit.startRunner();
    const id = await start({ inputs: [], steps: [step('later', 'DELAY', { durationMs: 60_000 }), transform('then', '"done"', {}, { dependsOn: ['later'] })] });
    await kit.event(id, ({ type }) => type === 'STEP_WAITING');
    await first.stop();
    expect(await kit.executions.find(kit.identity, id)).toMatchObject({ status: 'WAITING' });
    kit.startRunner();
    wait(59_000);
    expect(await kit.runStore.findDue(kit.jobs.now, 10)).toEqual([]);
    await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 1_000));
    expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: 'done' });
  });

  test('until a time that has passed does not wait', async () => {
    kit.startRunner();
    const { types } = await run({ inputs: [], steps: [step('later', 'DELAY', { until: '2020-01-01T00:00:00Z' })] });
    expect(types).not.toContain('STEP_WAITING later');
  });
});

describe('an execution', () => {
  test('that is cancelled ends its model call within a second, and calls nothing more', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'hang' });
    const promptId = await kit.createPrompt('Say', 'Say it');
    const id = await start({ inputs: [], steps: [promptStep('say', promptId), transform('after', '1', {}, { dependsOn: ['say'] })] });
    await kit.modelServer.received(1);
    const began = performance.now();
    await kit.control.cancel(kit.identity, id);
    const { execution, statuses, types } = await ended(id);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(execution.status).toBe('CANCELLED');
    expect(statuses).toEqual({ say: 'CANCELLED', after: 'PENDING' });
    expect(types.at(-1)).toBe('EXECUTION_CANCELLED');
    await expect(kit.control.cancel(kit.identity, id)).rejects.toThrow('The run is cancelled, so it can not be cancelled any more.');
  });

  test('that is cancelled while it waits, or before it begins, ends too', async () => {
    const queued = await start({ inputs: [], steps: [transform('one', '1')] });
    await kit.control.cancel(kit.identity, queued);
    kit.startRunner();
    kit.bus.publish('execution.ready', { executionId: queued });
    const waiting = await start({ inputs: [], steps: [step('later', 'DELAY', { durationMs: 60_000 })] });
    await kit.event(waiting, ({ type }) => type === 'STEP_WAITING');
    await kit.control.cancel(kit.identity, waiting);
    expect([(await ended(queued)).execution.status, (await ended(waiting)).execution.status]).toEqual(['CANCELLED', 'CANCELLED']);
    expect((await ended(queued)).statuses).toEqual({ one: 'PENDING' });
  });

  test('that is paused lets finish what runs, starts nothing more, and goes on when it is resumed', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'ok', tokens: ['said'], delayMs: 100 });
    const promptId = await kit.createPrompt('Say', 'Say it');
    const id = await start({ inputs: [], steps: [promptStep('say', promptId), transform('after', 'said', { said: 'steps.say.output' })] });
    await kit.modelServer.received(1);
    await kit.control.pause(kit.identity, id);
    await kit.event(id, ({ type }) => type === 'EXECUTION_PAUSED');
    const paused = await kit.executions.steps(kit.identity.workspaceId, [id]);
    expect(paused.get(id)?.map(({ status }) => status)).toEqual(['COMPLETED', 'PENDING']);
    expect(await kit.runStore.findDue(kit.jobs.now, 10)).toEqual([]);
    await kit.control.resume(kit.identity, id);
    const { execution, types } = await ended(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'said' });
    expect(types).toContain('EXECUTION_UNPAUSED');
  });

  test('past its deadline fails, and ends what runs', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'hang' });
    const promptId = await kit.createPrompt('Say', 'Say it');
    const id = await start({ inputs: [], deadlineMs: 60_000, steps: [promptStep('say', promptId)] });
    await kit.modelServer.received(1);
    wait(60_000);
    kit.bus.publish('execution.ready', { executionId: id });
    const { execution, statuses } = await ended(id);
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'DEADLINE' } });
    expect(statuses).toEqual({ say: 'CANCELLED' });
  });

  test('waits in the queue while its limit holds it back, and begins when another ends', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'ok', tokens: ['one'], delayMs: 100 }, { kind: 'ok', tokens: ['two'] });
    const promptId = await kit.createPrompt('Say', 'Say it');
    const workflowId = await kit.createWorkflow({ inputs: [], concurrency: { maxRuns: 1 }, steps: [promptStep('say', promptId)] });
    const execute = async () => (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
    const first = await execute();
    await kit.modelServer.received(1);
    const second = await execute();
    expect(await kit.runStore.claim([second], { owner: 'other', now: kit.jobs.now, leaseExpiresAt: kit.jobs.now })).toEqual([]);
    const [one, two] = [await ended(first), await ended(second)];
    expect(two.execution.startedAt?.getTime()).toBeGreaterThanOrEqual(one.execution.finishedAt?.getTime() ?? Infinity);
  });

  test('with another key is not held back by a limit for each key', async () => {
    kit.startRunner();
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'hang' });
    const promptId = await kit.createPrompt('Say', 'Say it');
    const workflowId = await kit.createWorkflow({ inputs: [number], concurrency: { key: 'inputs.n', maxRunsPerKey: 1 }, steps: [promptStep('say', promptId)] });
    const execute = async (n: number) => (await kit.executions.execute(kit.identity, { workflowId, inputs: { n } })).id;
    await execute(1);
    const again = await execute(1);
    await execute(2);
    await kit.modelServer.received(2);
    expect(await kit.executions.find(kit.identity, again)).toMatchObject({ status: 'QUEUED' });
  });
});

describe('a call of unknown outcome', () => {
  const interrupted = async (onUnknownOutcome: 'FAIL' | 'HOLD') => {
    const runner = kit.startRunner();
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['again'] });
    const promptId = await kit.createPrompt('Say', 'Say it');
    const id = await start({ inputs: [], steps: [promptStep('say', promptId, {}, { onUnknownOutcome })] });
    await kit.modelServer.received(1);
    await runner.stop();
    kit.startRunner();
    kit.bus.publish('execution.ready', { executionId: id });
    return id;
  };

  test('fails where the step says so', async () => {
    const { execution, types } = await ended(await interrupted('FAIL'));
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'UNKNOWN_OUTCOME' } });
    expect(types).toContain('STEP_OUTCOME_UNKNOWN say');
  });

  test('is held for a person where the step says so', async () => {
    const id = await interrupted('HOLD');
    await kit.event(id, ({ type, payload }) => type === 'STEP_WAITING' && payload.reason === 'UNKNOWN_OUTCOME');
    expect(kit.modelServer.requests.length).toBe(1);
  });
});
