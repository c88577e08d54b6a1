import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../../database/open-database.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { ManualJobQueue } from '../../../testing/manual-job-queue.js';
import { startTriggerKit, type TriggerKit } from '../../../testing/trigger-kit.js';

const named = { name: 'name', type: 'STRING', description: '', required: true } as const;
const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;
let triggers: TriggerKit;
let workflowId: string;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  triggers = startTriggerKit(kit);
  workflowId = await kit.createWorkflow({ inputs: [named], steps: [transform('say', '"Hello " & name', { name: 'inputs.name' })] });
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

const executionsOf = (triggerId: string) => kit.database.prisma.execution.findMany({ where: { triggerId }, orderBy: { id: 'asc' } });
const later = (ms: number) => new Date(kit.jobs.now.getTime() + ms);

/** No prompt of the workflow has the branch until `mend` is called, so that nothing can be launched. */
async function brokenTrigger(more: Partial<Parameters<TriggerKit['createTrigger']>[0]> = {}) {
  const promptId = await kit.createPrompt(`letter ${Math.random()}`, 'Dear {{ name }}');
  const broken = await kit.createWorkflow({ inputs: [named], steps: [promptStep('write', promptId, { name: 'inputs.name' })] });
  const trigger = await triggers.createTrigger({ workflowId: broken, branch: 'later', ...more });
  const mend = async () => {
    const { workspaceId } = kit.identity;
    const headVersionId = (await kit.prompts.heads(workspaceId, [promptId])).get(promptId)?.id ?? '';
    await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId, name: 'later', headVersionId } });
  };
  return { trigger, mend };
}

describe('a launch that fails', () => {
  test('is tried again, waiting longer each time, and is dead after six attempts', async () => {
    const { trigger } = await brokenTrigger();
    const { id } = await triggers.accept(trigger, { name: 'Ada' });
    const waits: number[] = [];
    for (let before = kit.jobs.now; ; ) {
      const { retryAt } = await triggers.delivery(id);
      if (!retryAt) break;
      waits.push(retryAt.getTime() - before.getTime());
      await kit.jobs.advanceTo(retryAt);
      before = retryAt;
    }
    expect(waits).toEqual([1_000, 5_000, 30_000, 120_000, 600_000]);
    expect(await triggers.delivery(id)).toMatchObject({ verdict: 'ACCEPTED', state: 'DEAD', attempts: 6, launchError: expect.stringContaining('No prompt of this workflow has a branch named "later"') });
    expect(await executionsOf(trigger.id)).toEqual([]);
    expect(kit.faults).toEqual([]);
  });

  test('is launched once when what was wrong has been mended, however many try it', async () => {
    const { trigger, mend } = await brokenTrigger();
    const { id } = await triggers.accept(trigger, { name: 'Ada' });
    await mend();
    const another = startTriggerKit(kit, { jobs: new ManualJobQueue(later(60_000)) });
    await Promise.all([kit.jobs.advanceTo(later(2_000)), another.launchJobs.sweep(), another.launchJobs.sweep()]);
    const executions = await executionsOf(trigger.id);
    expect(executions).toHaveLength(1);
    expect(await triggers.delivery(id)).toMatchObject({ state: 'LAUNCHED', executionId: executions[0]?.id, retryAt: undefined, launchError: undefined });
  });

  test('is found by the sweep when every job has been lost', async () => {
    const { trigger, mend } = await brokenTrigger();
    const waiting = await Promise.all(Array.from({ length: 20 }, (_, index) => triggers.accept(trigger, { name: `${index}` })));
    expect(waiting.every(({ state }) => state === 'RETRYING')).toBe(true);
    await mend();

    const empty = new ManualJobQueue(later(1_500));
    const afterwards = startTriggerKit(kit, { jobs: empty });
    await afterwards.launchJobs.start();

    const launched = (await executionsOf(trigger.id)).map(({ inputs }) => inputs);
    expect(launched.toSorted()).toEqual(waiting.map((_, index) => JSON.stringify({ name: `${index}` })).toSorted());
    expect(empty.waiting.map(({ name }) => name)).toEqual(['trigger.sweep']);
  });

  test('of a trigger that can not be read, as another version of the product wrote it, stands in no other one’s way', async () => {
    const [odd, { trigger, mend }] = [await brokenTrigger(), await brokenTrigger()];
    const first = await triggers.accept(odd.trigger, { name: 'Ada' });
    const second = await triggers.accept(trigger, { name: 'Grace' });
    await mend();
    await kit.database.prisma.trigger.update({ where: { id: odd.trigger.id }, data: { overlap: 'FROM_THE_FUTURE' } });
    await startTriggerKit(kit, { jobs: new ManualJobQueue(later(1_500)) }).launchJobs.sweep();
    expect(await triggers.delivery(first.id)).toMatchObject({ state: 'RETRYING', attempts: 2 });
    expect(await triggers.delivery(second.id)).toMatchObject({ state: 'LAUNCHED' });
    expect(kit.faults.splice(0)).toHaveLength(1);
  });

  test('skips what was to be launched late while another run of a trigger that skips is under way', async () => {
    const { trigger, mend } = await brokenTrigger({ overlap: 'SKIP' });
    const first = await triggers.accept(trigger, { name: 'first' });
    const second = await triggers.accept(trigger, { name: 'second' });
    expect([first.state, second.state]).toEqual(['RETRYING', 'RETRYING']);
    await mend();
    await kit.jobs.advanceTo(later(2_000));
    expect(await executionsOf(trigger.id)).toHaveLength(1);
    const verdicts = (await Promise.all([first, second].map(({ id }) => triggers.delivery(id)))).map(({ verdict }) => verdict);
    expect(verdicts.toSorted()).toEqual(['ACCEPTED', 'SKIPPED']);
  });

  test('whose body is not what a launch can read is dead with a reason, never an accident', async () => {
    const trigger = await triggers.createTrigger({ workflowId });
    const refused = await triggers.intake.refuse({ trigger, receivedAt: kit.jobs.now, source: 'test', body: Buffer.from('{ not JSON') }, 'INVALID_PAYLOAD', 'The body is not JSON.');
    const again = await triggers.deliveries.redeliver(kit.identity, refused.id);
    expect(again).toMatchObject({ verdict: 'ACCEPTED', state: 'DEAD', redeliveryOfId: refused.id, launchError: expect.stringContaining('name') });
    expect(kit.faults).toEqual([]);
  });
});

describe('what is launched', () => {
  test('is what the workflow and its prompts are at that time: a change that has been answered counts for the next arrival', async () => {
    const trigger = await triggers.createTrigger({ workflowId });
    await triggers.accept(trigger, { name: 'before' });
    await kit.workflows.update(kit.identity, { id: workflowId, message: 'Second version', definition: { inputs: [named], maxParallel: 1, steps: [transform('bye', '"Bye " & name', { name: 'inputs.name' })] } });
    kit.bus.publish('workspace.changed', { workspaceId: kit.identity.workspaceId });
    await triggers.accept(trigger, { name: 'after' });
    const [before, after] = await executionsOf(trigger.id);
    expect(before?.workflowVersionId).not.toBe(after?.workflowVersionId);
  });

  test('takes each prompt at the label that the trigger names, where the prompt has it', async () => {
    const { workspaceId, userId } = kit.identity;
    const [labelled, other] = [await kit.createPrompt('labelled', 'first'), await kit.createPrompt('other', 'untouched')];
    const versionId = (await kit.prompts.heads(workspaceId, [labelled])).get(labelled)?.id ?? '';
    await kit.database.prisma.promptLabel.create({ data: { workspaceId, promptId: labelled, name: 'production', versionId, movedById: userId } });
    await kit.commits.commit(kit.identity, { promptId: labelled, branch: 'main', message: 'x', messages: [{ role: 'USER', content: 'newest' }] });
    const both = await kit.createWorkflow({ inputs: [], steps: [promptStep('one', labelled), promptStep('two', other)] });
    const trigger = await triggers.createTrigger({ workflowId: both, promptLabel: 'production' });
    const { executionId } = await triggers.accept(trigger, {});
    const { lockfile } = await kit.executions.find(kit.identity, executionId ?? '');
    expect(lockfile.prompts).toMatchObject({ one: { promptVersion: '1.0.0', at: { label: 'production' } }, two: { at: { branch: 'main' } } });
  });

  test('is read once for many arrivals at once, and not for each', async () => {
    const trigger = await triggers.createTrigger({ workflowId });
    await triggers.accept(trigger, { name: 'first' });
    const before = kit.queryCount();
    await Promise.all(Array.from({ length: 100 }, (_, index) => triggers.accept(trigger, { name: `${index}` })));
    expect(kit.queryCount() - before).toBeLessThanOrEqual(4);
    expect(await executionsOf(trigger.id)).toHaveLength(101);
  });
});

// On SQLite one process alone writes.
if (process.env.TEST_DATABASE_URL) describe('two processes', () => {
  test('that take in the same arrivals in different orders launch each once, and neither stands in the way of the other', async () => {
    const trigger = await triggers.createTrigger({ workflowId });
    const database = await openDatabase(kit.databaseConfig);
    try {
      const other = startTriggerKit(kit, { database });
      const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
      for (let round = 0; round < 10; round++) {
        const accept = (at: TriggerKit, ordered: readonly string[]) => Promise.all(ordered.map((key) => at.accept(trigger, { name: key }, { dedupKey: `${round} ${key}` })));
        const [here, there] = await Promise.all([accept(triggers, keys), accept(other, keys.toReversed())]);
        expect([...here, ...there].filter(({ verdict }) => verdict === 'ACCEPTED')).toHaveLength(keys.length);
      }
      expect(await executionsOf(trigger.id)).toHaveLength(keys.length * 10);
    } finally {
      await database.close();
    }
  });

  test('that skip overlaps count the runs of each other', async () => {
    const slow = await kit.createWorkflow({ inputs: [], steps: [step('wait', 'DELAY', { durationMs: 60_000 })] });
    const database = await openDatabase(kit.databaseConfig);
    try {
      const other = startTriggerKit(kit, { database });
      for (let round = 0; round < 20; round++) {
        const trigger = await triggers.createTrigger({ workflowId: slow, overlap: 'SKIP' });
        const stored = await Promise.all([triggers, other, triggers, other].map((at) => at.accept(trigger, {})));
        expect(stored.map(({ verdict }) => verdict).toSorted()).toEqual(['ACCEPTED', 'SKIPPED', 'SKIPPED', 'SKIPPED']);
      }
    } finally {
      await database.close();
    }
  });
});
