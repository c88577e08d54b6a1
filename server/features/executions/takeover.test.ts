import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });
const leaseMs = 15_000;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});

afterEach(async () => {
  await kit.stop();
});

afterAll(() => sandbox.close());

/** A free step, then a model call, then a step that shows what the call gave. */
async function startChain() {
  const promptId = await kit.createPrompt('Say', 'Say it');
  const workflowId = await kit.createWorkflow({
    inputs: [],
    steps: [transform('before', '"ready"'), promptStep('say', promptId, {}, { dependsOn: ['before'] }), transform('after', 'said', { said: 'steps.say.output' })],
  });
  return (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
}

const wait = (milliseconds: number) => (kit.jobs.now = new Date(kit.jobs.now.getTime() + milliseconds));
const find = (id: string) => kit.executions.find(kit.identity, id);

describe('a process that is stopped past its lease and then wakes', () => {
  test('writes nothing over the one that took the execution over', async () => {
    const stopped = kit.startRunner();
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['from the second'] });
    const executionId = await startChain();
    await kit.modelServer.received(1);

    wait(leaseMs + 1);
    kit.startRunner();
    kit.bus.publish('execution.ready', { executionId });
    const events = await kit.allEvents(executionId);
    await stopped.stop();

    expect(await find(executionId)).toMatchObject({ status: 'COMPLETED', output: 'from the second' });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect((await kit.allEvents(executionId)).length).toBe(events.length);
    expect(kit.faults).toEqual([]);
  });

  test('is refused by the commit itself, whatever it believes', async () => {
    kit.modelServer.reply({ kind: 'hang' });
    const executionId = await startChain();
    const claim = (owner: string) => kit.runStore.claim([executionId], { owner, now: kit.jobs.now, leaseExpiresAt: new Date(kit.jobs.now.getTime() + leaseMs) });
    const [first] = await claim('first');
    wait(leaseMs + 1);
    const [second] = await claim('second');
    expect([first?.epoch, second?.epoch]).toEqual([1, 2]);
    const commitAs = (epoch: number) => kit.runStore.commit([{ executionId, epoch, events: [], steps: [], transition: { to: 'WAITING', wakeAt: kit.jobs.now } }]);
    expect(await commitAs(1)).toEqual(new Set([executionId]));
    expect((await find(executionId)).status).toBe('RUNNING');
    expect(await commitAs(2)).toEqual(new Set());
    expect((await find(executionId)).status).toBe('WAITING');
  });
});

describe('an execution whose process died', () => {
  async function dieDuringCall() {
    // The runner hangs in the call for good, as a killed process would as far as the database can tell.
    kit.startRunner();
    kit.modelServer.reply({ kind: 'hang' });
    const executionId = await startChain();
    await kit.modelServer.received(1);
    return executionId;
  }

  test('is left alone while its lease holds', async () => {
    const executionId = await dieDuringCall();
    wait(leaseMs - 1);
    expect(await kit.runStore.findDue(kit.jobs.now, 10)).toEqual([]);
    expect(await kit.runStore.claim([executionId], { owner: 'other', now: kit.jobs.now, leaseExpiresAt: kit.jobs.now })).toEqual([]);
  });

  test('goes on with what was not done, and records that the outcome of its call is unknown', async () => {
    const executionId = await dieDuringCall();
    wait(leaseMs + 1);
    kit.modelServer.reply({ kind: 'ok', tokens: ['again'] });
    kit.startRunner();
    await kit.executionJobs.sweep();
    const events = await kit.allEvents(executionId);
    expect(events.map(({ type, stepKey, attempt }) => [type, stepKey, attempt].filter(Boolean).join(' '))).toEqual([
      'EXECUTION_QUEUED',
      'EXECUTION_STARTED',
      'STEP_STARTED before 1',
      'STEP_COMPLETED before 1',
      'STEP_STARTED say 1',
      'EXECUTION_RESUMED',
      'STEP_OUTCOME_UNKNOWN say 1',
      'STEP_STARTED say 2',
      'STEP_OUTPUT say 2',
      'STEP_COMPLETED say 2',
      'STEP_STARTED after 1',
      'STEP_COMPLETED after 1',
      'EXECUTION_COMPLETED',
    ]);
    expect((await find(executionId)).output).toBe('again');
  });

  test('is given up with a reason when claim after claim gets nothing done', async () => {
    const executionId = await startChain();
    for (let claims = 0; claims < 5; claims++) {
      await kit.runStore.claim([executionId], { owner: 'dies', now: kit.jobs.now, leaseExpiresAt: new Date(kit.jobs.now.getTime() + leaseMs) });
      wait(leaseMs + 1);
    }
    kit.startRunner().ring(executionId);
    await kit.allEvents(executionId);
    expect(await find(executionId)).toMatchObject({ status: 'FAILED', error: { code: 'INTERRUPTED' } });
  });
});

describe('a process that is told to stop', () => {
  test('lets the running step finish and gives the execution back, so that another goes on at once', async () => {
    const stopping = kit.startRunner({ drainMs: 10_000 });
    kit.modelServer.reply({ kind: 'ok', tokens: ['a', 'b', 'c', 'd'], delayMs: 50 });
    const executionId = await startChain();
    await kit.modelServer.received(1);
    await stopping.stop();
    expect((await find(executionId)).status).toBe('RUNNING');
    kit.startRunner().ring(executionId);
    await kit.allEvents(executionId);
    expect((await find(executionId)).output).toBe('abcd');
    expect(kit.modelServer.requests).toHaveLength(1);
  });

  test('ends a call that takes longer than it may wait', async () => {
    const stopping = kit.startRunner({ drainMs: 50 });
    kit.modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['later'] });
    const executionId = await startChain();
    await kit.modelServer.received(1);
    await stopping.stop();
    await kit.modelServer.requests[0]?.closed;
    kit.startRunner().ring(executionId);
    await kit.allEvents(executionId);
    expect((await find(executionId)).output).toBe('later');
  });
});

test('two processes that are rung for the same execution run it once', async () => {
  kit.startRunner();
  kit.startRunner();
  const executionId = await startChain();
  await kit.allEvents(executionId);
  expect((await find(executionId)).status).toBe('COMPLETED');
  expect(kit.modelServer.requests).toHaveLength(1);
});

test('more executions than a process has room for all run', async () => {
  const runner = kit.startRunner({ capacity: 2 });
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
  const ids = await Promise.all(Array.from({ length: 9 }, () => kit.executions.execute(kit.identity, { workflowId, inputs: {} })));
  for (const { id } of ids) await kit.allEvents(id);
  await runner.stop();
  const { edges } = await kit.history.list(kit.identity, { statuses: ['COMPLETED'] }, { first: 20 });
  expect(edges).toHaveLength(9);
});
