import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../../testing/execution-kit.js';

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

/** A run whose model call was cut off, and that waits for somebody to say what became of it. */
async function startHeld(more: Parameters<typeof promptStep>[3] = {}): Promise<string> {
  const runner = kit.startRunner();
  kit.modelServer.reply({ kind: 'hang' }, { kind: 'ok', tokens: ['again'] });
  const promptId = await kit.createPrompt('Say', 'Say it');
  const steps = [promptStep('say', promptId, {}, { onUnknownOutcome: 'HOLD', ...more }), transform('after', 'said', { said: 'steps.say.output' })];
  const workflowId = await kit.createWorkflow({ inputs: [], steps });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  await kit.modelServer.received(1);
  await runner.stop();
  kit.startRunner();
  kit.bus.publish('execution.ready', { executionId: id });
  await kit.event(id, ({ type, payload }) => type === 'STEP_WAITING' && payload.reason === 'UNKNOWN_OUTCOME');
  return id;
}

const resolve = (executionId: string, resolution: 'RETRY' | 'COMPLETE' | 'FAIL', output?: unknown, identity = kit.identity) =>
  kit.held.resolve(identity, { executionId, stepKey: 'say', resolution, output });

async function ended(id: string) {
  const events = await kit.allEvents(id);
  return { execution: await kit.executions.find(kit.identity, id), logs: events.filter(({ type }) => type === 'STEP_LOG').map(({ payload }) => payload.message) };
}

test('a held call that is to run again is made once more, and the log says who decided', async () => {
  const id = await startHeld();
  await resolve(id, 'RETRY');
  expect(await ended(id)).toMatchObject({ execution: { status: 'COMPLETED', output: 'again' }, logs: ['Ada decided that it runs again.'] });
  expect(kit.modelServer.requests.length).toBe(2);
});

test('a held call that has happened gives what is told, and is not made again', async () => {
  const id = await startHeld();
  await resolve(id, 'COMPLETE', 'told');
  expect(await ended(id)).toMatchObject({ execution: { status: 'COMPLETED', output: 'told' } });
  expect(kit.modelServer.requests.length).toBe(1);
});

test('a held call that has failed fails its step, which goes on where it says so', async () => {
  const stopped = await startHeld();
  await resolve(stopped, 'FAIL');
  expect((await ended(stopped)).execution).toMatchObject({ status: 'FAILED', error: { code: 'UNKNOWN_OUTCOME', stepKey: 'say' } });
});

test('a held call that has failed goes on with the value that its step states', async () => {
  const id = await startHeld({ onError: { action: 'CONTINUE', value: 'nothing' } });
  await resolve(id, 'FAIL');
  expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: 'nothing' });
});

test('who says the same twice is answered twice, and who says otherwise hears who decided', async () => {
  const grace = await kit.member('Grace');
  const id = await startHeld();
  const twice = await Promise.all([resolve(id, 'COMPLETE', 'told'), resolve(id, 'COMPLETE', 'told')]);
  expect(twice.map((execution) => execution.id)).toEqual([id, id]);
  await ended(id);
  await resolve(id, 'COMPLETE', 'told');
  for (const other of [() => resolve(id, 'COMPLETE', 'other'), () => resolve(id, 'RETRY', undefined, grace)]) {
    await expect(other()).rejects.toMatchObject({ code: 'CONFLICT', message: 'Ada decided that it has succeeded, so there is nothing left to decide.' });
  }
});

test('a decision that was made before the process died is acted on by the next one', async () => {
  const id = await startHeld();
  await kit.stopRunners();
  await resolve(id, 'COMPLETE', 'told');
  await expect(resolve(id, 'FAIL')).rejects.toThrow('Ada decided that it has succeeded');
  // One process claims it and dies before it acts; the next one finds the decision still there.
  await kit.runStore.claim([id], { owner: 'dies', now: kit.jobs.now, leaseExpiresAt: kit.jobs.now });
  kit.jobs.now = new Date(kit.jobs.now.getTime() + 1);
  kit.startRunner();
  await kit.executionJobs.sweep();
  expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: 'told' });
});

test('a step that waits for nothing of the kind is left alone', async () => {
  kit.startRunner();
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('say', '1')] });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  await kit.allEvents(id);
  await expect(resolve(id, 'RETRY')).rejects.toMatchObject({ code: 'CONFLICT', message: 'The step does not wait for this decision.' });
  await expect(kit.held.resolve(kit.identity, { executionId: id, stepKey: 'other', resolution: 'RETRY' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(resolve(id, 'RETRY', 'an output')).rejects.toMatchObject({ fields: [{ field: 'input.output', message: 'An output goes with COMPLETE. Leave it out.' }] });
});
