import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { startTriggerKit } from '../../../testing/trigger-kit.js';
import { type Claim } from '../../executions/claim.js';

const named = { name: 'name', type: 'STRING', description: '', required: true } as const;
const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;
/** What was told to runners. */
let rung: string[];

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  rung = [];
  kit.bus.subscribe('execution.ready', ({ executionId }) => rung.push(executionId));
});
afterEach(async () => {
  await kit.stop();
  expect(kit.faults).toEqual([]);
});
afterAll(() => sandbox.close());

const leaseMs = 15_000;

/** A process that has room, and that dies before it runs what it has stored. */
function dyingProcess() {
  const claims: Claim[] = [];
  let given = 0;
  const reserve = () => ({ owner: 'dies', leaseMs, begin: (claimOf: () => Claim) => void claims.push(claimOf()), giveUp: () => void given++ });
  return { ...startTriggerKit(kit, { runner: { reserve } }), claims, givenUp: () => given };
}

async function launched(definition: Parameters<ExecutionKit['createWorkflow']>[0], triggers: Pick<ReturnType<typeof startTriggerKit>, 'createTrigger'>) {
  return triggers.createTrigger({ workflowId: await kit.createWorkflow(definition) });
}

const twoSteps = async () => {
  const promptId = await kit.createPrompt('Greet', 'Hello {{ name }}');
  return { inputs: [named], steps: [promptStep('greet', promptId, { name: 'inputs.name' }), transform('loud', '$uppercase(said)', { said: 'steps.greet.output' })] };
};

test('what is launched here is stored as if it had been claimed', async () => {
  const triggers = dyingProcess();
  const trigger = await launched(await twoSteps(), triggers);
  const { executionId = '' } = await triggers.accept(trigger, { name: 'Zoë', more: [null, { deep: '☃' }] });
  kit.jobs.now = new Date(kit.jobs.now.getTime() + leaseMs + 1);
  const [claimed] = await kit.runStore.claim([executionId], { owner: 'next', now: kit.jobs.now, leaseExpiresAt: kit.jobs.now });
  const [given] = triggers.claims;
  expect(given).toMatchObject({ epoch: 1, claims: 1, lastSeq: 1, execution: { status: 'RUNNING', inputs: { name: 'Zoë' }, triggerId: trigger.id } });
  expect({ ...claimed, epoch: 1, claims: 1 }).toEqual(given);
  expect(claimed).toMatchObject({ epoch: 2, claims: 2 });
});

test('what a process had launched when it died is run by another one when the lease is over', async () => {
  const triggers = dyingProcess();
  const trigger = await launched({ inputs: [named], steps: [transform('say', '"Hello " & name', { name: 'inputs.name' })] }, triggers);
  const { executionId = '' } = await triggers.accept(trigger, { name: 'Ada' });
  let takenOver = 0;
  kit.startRunner({ onTakeover: () => takenOver++ });
  await kit.executionJobs.sweep();
  expect(rung).toEqual([]);
  kit.jobs.now = new Date(kit.jobs.now.getTime() + leaseMs + 1);
  await kit.executionJobs.sweep();
  await kit.allEvents(executionId);
  expect(await kit.executions.find(kit.identity, executionId)).toMatchObject({ status: 'COMPLETED', output: 'Hello Ada' });
  expect(takenOver).toBe(1);
});

test('what is launched where it runs begins at once, without anybody being told to claim it', async () => {
  const triggers = startTriggerKit(kit, { runner: kit.startRunner() });
  const trigger = await launched({ inputs: [named], steps: [transform('say', '"Hello " & name', { name: 'inputs.name' })] }, triggers);
  const { executionId = '' } = await triggers.accept(trigger, { name: 'Ada' });
  const types = (await kit.allEvents(executionId)).map(({ type }) => type);
  expect(types.slice(0, 3)).toEqual(['EXECUTION_QUEUED', 'EXECUTION_STARTED', 'STEP_STARTED']);
  expect(types.at(-1)).toBe('EXECUTION_COMPLETED');
  expect(await kit.executions.find(kit.identity, executionId)).toMatchObject({ status: 'COMPLETED', output: 'Hello Ada' });
  expect(rung).toEqual([]);
});

test('who cancels it before it has begun is heard', async () => {
  const runner = kit.startRunner();
  const begun: (() => void)[] = [];
  const reserve = (executionId: string) => {
    const reservation = runner.reserve(executionId);
    return reservation && { ...reservation, begin: (claimOf: () => Claim) => void begun.push(() => reservation.begin(claimOf)) };
  };
  const triggers = startTriggerKit(kit, { runner: { reserve } });
  const trigger = await launched({ inputs: [named], steps: [step('wait', 'DELAY', { durationMs: 60_000 })] }, triggers);
  const { executionId = '' } = await triggers.accept(trigger, { name: 'Ada' });
  await kit.control.cancel(kit.identity, executionId);
  for (const begin of begun) begin();
  await kit.allEvents(executionId);
  expect(await kit.executions.find(kit.identity, executionId)).toMatchObject({ status: 'CANCELLED' });
});

test('what limits may hold back has no place kept for it', async () => {
  const triggers = dyingProcess();
  const definition = { inputs: [named], steps: [transform('say', '1')] };
  const limited = await launched({ ...definition, concurrency: { maxRuns: 1 } }, triggers);
  const queued = await triggers.createTrigger({ workflowId: (await launched(definition, triggers)).workflowId, overlap: 'QUEUE', maxRuns: 1 });
  const ids = [];
  for (const trigger of [limited, queued]) ids.push((await triggers.accept(trigger, { name: 'Ada' })).executionId);
  expect(triggers.claims).toEqual([]);
  expect(rung).toEqual(ids);
  expect(await kit.database.prisma.execution.findMany({ select: { status: true, leaseEpoch: true } })).toEqual([0, 0].map((leaseEpoch) => ({ status: 'QUEUED', leaseEpoch })));
});

test('a place that was kept for a duplicate, for what is skipped or for what can not be stored is free again', async () => {
  const triggers = dyingProcess();
  const trigger = await launched({ inputs: [named], steps: [transform('say', '1')] }, triggers);
  const same = await Promise.all([1, 2, 3].map(() => triggers.accept(trigger, { name: 'Ada' }, { dedupKey: 'same' })));
  expect(same.map(({ verdict }) => verdict).sort()).toEqual(['ACCEPTED', 'DUPLICATE', 'DUPLICATE']);
  expect([triggers.claims.length, triggers.givenUp()]).toEqual([1, 2]);

  const alone = await triggers.createTrigger({ workflowId: trigger.workflowId, overlap: 'SKIP', maxRuns: 1 });
  for (let arrival = 0; arrival < 2; arrival++) await triggers.accept(alone, { name: 'Ada' });
  expect([triggers.claims.length, triggers.givenUp()]).toEqual([2, 3]);

  // An error of better-sqlite3 is not always one of this file’s own kind.
  expect(await triggers.accept({ ...trigger, id: 'absent' }, { name: 'Ada' }).catch(() => 'refused')).toBe('refused');
  expect([triggers.claims.length, triggers.givenUp()]).toEqual([2, 4]);
});

test('places are kept where little runs; the rest is claimed together', async () => {
  const runner = kit.startRunner();
  const reserved = Array.from({ length: 20 }, (_, index) => runner.reserve(`execution ${index}`));
  expect(reserved.filter((reservation) => reservation !== undefined)).toHaveLength(8);
  for (const reservation of reserved) reservation?.giveUp();
  await runner.stop();
  expect(runner.running).toBe(0);
  expect(runner.reserve('another')).toBeUndefined();
});
