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

type Definition = Parameters<ExecutionKit['createWorkflow']>[0];

const list = { name: 'list', type: 'JSON', required: true, description: '' } as const;
const once = { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } };

async function start(definition: Definition, inputs: unknown = {}): Promise<string> {
  const workflowId = await kit.createWorkflow(definition);
  return (await kit.executions.execute(kit.identity, { workflowId, inputs })).id;
}

async function ended(id: string) {
  const types = (await kit.allEvents(id)).map(({ type, stepKey }) => (stepKey ? `${type} ${stepKey}` : type));
  const execution = await kit.executions.find(kit.identity, id);
  const [first] = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return { execution, types, first };
}

const childrenOf = async (id: string) => (await kit.executions.children(kit.identity, id, {}, { first: 100 })).edges.map(({ node }) => node);

function each(steps: unknown[], settings: object = {}): Definition {
  const inputs = [{ name: 'items', from: 'inputs.list' }];
  return { inputs: [list], steps: [step('each', 'MAP', { steps, ...settings }, { inputs })] };
}

describe('a step that calls a workflow', () => {
  test('gives what that workflow gives, and hides its run from lists', async () => {
    kit.startRunner();
    const called = await kit.createWorkflow({ inputs: [list], steps: [transform('count', '$count(list)', { list: 'inputs.list' })] });
    const id = await start({ inputs: [list], steps: [step('call', 'WORKFLOW', { workflowId: called }, { inputs: [{ name: 'list', from: 'inputs.list' }] })] }, { list: [1, 2, 3] });
    const { execution, types } = await ended(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 3 });
    expect(types).toEqual(['EXECUTION_QUEUED', 'EXECUTION_STARTED', 'STEP_STARTED call', 'STEP_WAITING call', 'EXECUTION_RESUMED', 'STEP_COMPLETED call', 'EXECUTION_COMPLETED']);
    expect(await childrenOf(id)).toMatchObject([{ workflowId: called, trigger: 'WORKFLOW', parentId: id, parentStepKey: 'call' }]);
    expect((await kit.history.list(kit.identity, {}, { first: 10 })).edges.map(({ node }) => node.id)).toEqual([id]);
  });

  test('runs the version and the prompts that were there at the start, and counts what they used', async () => {
    const promptId = await kit.createPrompt('greet', 'hello');
    const called = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] });
    const id = await start({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: called })] });
    await kit.workflows.update(kit.identity, { id: called, definition: { inputs: [], maxParallel: 1, steps: [transform('other', '"other"')] } });
    kit.modelServer.reply({ kind: 'ok', tokens: ['hi'] });
    kit.startRunner().ring(id);
    const { execution, first } = await ended(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'hi' });
    expect(execution.lockfile.workflows?.call?.prompts).toHaveProperty('say');
    expect(execution.usage.outputTokens).toBeGreaterThan(0);
    expect(first?.usage).toEqual(execution.usage);
  });

  test('is refused where that workflow calls this one, also by way of others', async () => {
    const first = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
    const second = await kit.createWorkflow({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: first })] });
    for (const workflowId of [first, second]) {
      const definition = { inputs: [], maxParallel: 1, steps: [step('call', 'WORKFLOW', { workflowId })] };
      await expect(kit.workflows.update(kit.identity, { id: first, definition })).rejects.toThrow('input.definition.steps.0.settings.workflowId: That workflow calls this one');
    }
  });

  test('fails with the reason of the run that failed', async () => {
    kit.startRunner();
    const called = await kit.createWorkflow({ inputs: [], steps: [transform('bad', '$error("no good")', {}, once)] });
    const { execution } = await ended(await start({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: called })] }));
    expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'CHILD_FAILED', stepKey: 'call' } });
    expect(execution.error?.message).toContain('no good');
  });
});

describe('a step that runs others for each item', () => {
  const double = transform('double', 'item * by + index', { item: 'item', index: 'index', by: 'inputs.by' });

  test('gives their outputs in the order of the items', async () => {
    kit.startRunner();
    const inputs = [
      { name: 'items', from: 'inputs.list' },
      { name: 'by', value: 10 },
    ];
    const { execution } = await ended(await start({ inputs: [list], steps: [step('each', 'MAP', { steps: [double], maxParallel: 2 }, { inputs })] }, { list: [3, 1, 2] }));
    expect(execution).toMatchObject({ status: 'COMPLETED', output: [30, 11, 22] });
  });

  test('runs within one that does the same, and pins the prompts of all', async () => {
    const promptId = await kit.createPrompt('inner', 'say {{ word }}');
    kit.modelServer.reply(...['a', 'b', 'c'].map((token) => ({ kind: 'ok' as const, tokens: [token] })));
    kit.startRunner();
    const inner = step('inner', 'MAP', { steps: [promptStep('say', promptId, { word: 'item' })], maxParallel: 1 }, { inputs: [{ name: 'items', from: 'item' }] });
    const { execution } = await ended(await start(each([inner], { maxParallel: 1 }), { list: [['x', 'y'], ['z']] }));
    expect(execution).toMatchObject({ status: 'COMPLETED', output: [['a', 'b'], ['c']] });
    expect(Object.keys(execution.lockfile.prompts)).toEqual(['each/inner/say']);
  });

  test('gives null for an item that failed where it is to go on, and fails with its reason where not', async () => {
    kit.startRunner();
    const picky = transform('picky', 'item = 2 ? $error("not two") : item', { item: 'item' }, once);
    const goesOn = await ended(await start(each([picky], { onItemError: 'CONTINUE' }), { list: [1, 2, 3] }));
    expect(goesOn.execution).toMatchObject({ status: 'COMPLETED', output: [1, null, 3] });
    const stops = await ended(await start(each([picky], { maxParallel: 1 }), { list: [1, 2, 3] }));
    expect(stops.execution).toMatchObject({ status: 'FAILED', error: { code: 'CHILD_FAILED' } });
    expect(stops.execution.error?.message).toContain('Item 1');
    expect(await childrenOf(stops.execution.id)).toHaveLength(2);
  });

  test('says what is wrong with the steps within it, by their place', async () => {
    const definition = each([transform('bad', 'item', { item: 'inputs.nothing' }), transform('bad', 'item', { item: 'item' })]);
    const problems = /steps\.0\.settings\.steps\.1\.key: "bad" .* input\.definition\.steps\.0\.settings\.steps\.0\.inputs\.0\.from: /;
    await expect(kit.createWorkflow(definition)).rejects.toThrow(problems);
    await expect(kit.createWorkflow({ inputs: [list], steps: [transform('out', 'item', { item: 'item' })] })).rejects.toThrow('input.definition.steps.0.inputs.0.from: Only the steps of a MAP have an item');
  });

  test('runs a thousand items, never more at a time than it may', async () => {
    kit.startRunner();
    const items = Array.from({ length: 1_000 }, (_, index) => index);
    const { execution, types } = await ended(await start(each([transform('same', 'item', { item: 'item' })], { maxParallel: 16 }), { list: items }));
    expect(execution).toMatchObject({ status: 'COMPLETED', output: items });
    expect(types.filter((type) => type === 'STEP_WAITING each')).toHaveLength(1);
  }, 120_000);

  test('that loses its process in the middle runs no item twice', async () => {
    const promptId = await kit.createPrompt('slow', 'say {{ word }}');
    kit.modelServer.reply({ kind: 'ok', tokens: ['a'] }, { kind: 'ok', tokens: ['b'] }, { kind: 'ok', tokens: ['c'] });
    const first = kit.startRunner();
    const id = await start(each([promptStep('say', promptId, { word: 'item' })], { maxParallel: 1 }), { list: ['x', 'y', 'z'] });
    await kit.modelServer.received(2);
    await first.stop();
    kit.startRunner();
    kit.jobs.now = new Date(kit.jobs.now.getTime() + 60_000);
    await kit.executionJobs.sweep();
    const { execution } = await ended(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: ['a', 'b', 'c'] });
    expect(kit.modelServer.requests).toHaveLength(3);
    expect(await childrenOf(id)).toHaveLength(3);
  });

  test('passes on that its run is cancelled', async () => {
    kit.startRunner();
    const id = await start(each([step('later', 'DELAY', { durationMs: 60_000 })]), { list: [1, 2] });
    await kit.event(id, ({ type }) => type === 'STEP_WAITING');
    await kit.control.cancel(kit.identity, id);
    const { execution } = await ended(id);
    expect(execution.status).toBe('CANCELLED');
    for (const child of await childrenOf(id)) expect((await ended(child.id)).execution.status).toBe('CANCELLED');
  });

  test('passes on that its run is paused, and that it goes on', async () => {
    kit.startRunner();
    const id = await start(each([step('later', 'DELAY', { durationMs: 60_000 })]), { list: [1, 2] });
    await kit.event(id, ({ type }) => type === 'STEP_WAITING');
    const children = await childrenOf(id);
    for (const child of children) await kit.event(child.id, ({ type }) => type === 'STEP_WAITING');
    await kit.control.pause(kit.identity, id);
    for (const child of children) await kit.event(child.id, ({ type }) => type === 'EXECUTION_PAUSED');
    await kit.event(id, ({ type }) => type === 'EXECUTION_PAUSED');
    await kit.control.resume(kit.identity, id);
    for (const child of children) await kit.event(child.id, ({ type }) => type === 'EXECUTION_UNPAUSED');
    kit.jobs.now = new Date(kit.jobs.now.getTime() + 61_000);
    await kit.executionJobs.sweep();
    expect((await ended(id)).execution.status).toBe('COMPLETED');
  });
});
