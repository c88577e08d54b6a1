import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ReplayWorkflowInput } from '../../../../schema/replays.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';

let kit: ExecutionKit;
let promptId: string;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  promptId = await kit.createPrompt('letter', 'long {{ text }}', 'simulated/instant');
  const { workspaceId } = kit.identity;
  const headVersionId = (await kit.prompts.heads(workspaceId, [promptId])).get(promptId)?.id ?? '';
  await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId, name: 'shorter', headVersionId } });
});
afterEach(async () => {
  await kit.stop();
  expect(kit.faults).toEqual([]);
});
afterAll(() => sandbox.close());

type Definition = Omit<Parameters<ExecutionKit['createWorkflow']>[0], 'inputs'>;

const text = { name: 'text', type: 'STRING', required: true, description: '' } as const;
const say = () => promptStep('say', promptId, { text: 'inputs.text' });
const pause = step('pause', 'DELAY', { durationMs: 60_000 });

const createWorkflow = (definition: Partial<Definition> = {}) => kit.createWorkflow({ inputs: [text], steps: [say()], ...definition });
const save = (id: string, definition: Partial<Definition>) => kit.workflows.update(kit.identity, { id, definition: { inputs: [text], maxParallel: 1, steps: [say()], ...definition } });

async function run(workflowId: string, value = 'x'): Promise<string> {
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { text: value } });
  await kit.allEvents(id);
  return id;
}

const replay = (workflowId: string, more: Partial<ReplayWorkflowInput> = {}) => kit.replays.start(kit.identity, { workflowId, branch: 'shorter', last: 20, ...more });

async function executionsOf(id: string) {
  const { edges } = await kit.replays.executionsOf(kit.identity, id, { first: 100 });
  return edges.map(({ node }) => node);
}

async function ended(id: string) {
  for (const execution of await executionsOf(id)) await kit.allEvents(execution.id);
  return executionsOf(id);
}

const summary = async (id: string) => (await kit.replays.summaries(kit.identity.workspaceId, [id])).get(id);

describe('a replay', () => {
  test('runs what the last executions were given on the branch, each beside the one it repeats', async () => {
    const workflowId = await createWorkflow();
    const originals = [await run(workflowId, 'a'), await run(workflowId, 'b'), await run(workflowId, 'c')];
    const rerun = await kit.reruns.rerun(kit.identity, { executionId: originals[0] ?? '' });
    await kit.allEvents(rerun.id);
    await kit.commits.commit(kit.identity, { promptId, branch: 'shorter', message: 'x', messages: [{ role: 'USER', content: 'short {{ text }}' }] });
    const { id } = await replay(workflowId, { last: 2 });
    const executions = await ended(id);
    expect(executions).toMatchObject([
      { rerunOfId: originals[2], inputs: { text: 'c' }, trigger: 'REPLAY', status: 'COMPLETED', branch: 'shorter', lockfile: { prompts: { say: { at: { branch: 'shorter' } } } } },
      { rerunOfId: originals[1], inputs: { text: 'b' } },
    ]);
    expect(await summary(id)).toMatchObject({ total: 2, completed: 2, queued: 0, running: 0, failed: 0, compared: 2, changedOutputs: 2, p50Ms: expect.any(Number), baseP50Ms: expect.any(Number) });
  });

  test('tells outputs that are the same from those that differ, the order of keys aside', async () => {
    const output = (keys: string) => ({ steps: [say(), transform('end', keys, { text: 'inputs.text' }, { dependsOn: ['say'] })] });
    const workflowId = await createWorkflow(output('{ "a": 1, "b": text }'));
    await run(workflowId, 'same');
    await save(workflowId, output('{ "b": text, "a": text = "same" ? 1 : 2 }'));
    const { id } = await replay(workflowId);
    const [execution] = await ended(id);
    expect(await summary(id)).toMatchObject({ compared: 1, changedOutputs: 0 });
    expect([...(await kit.replays.outputChanges(kit.identity.workspaceId, [execution?.id ?? '']))]).toEqual([[execution?.id, false]]);
  });

  test('passes over inputs that the newest version does not take, and is refused where none are left', async () => {
    const workflowId = await createWorkflow();
    await run(workflowId);
    await save(workflowId, { steps: [promptStep('say', promptId, { text: 'inputs.other' })], inputs: [{ ...text, name: 'other' }] } as Partial<Definition>);
    const { id: newer } = await kit.executions.execute(kit.identity, { workflowId, inputs: { other: 'y' } });
    await kit.allEvents(newer);
    const { id } = await replay(workflowId);
    expect(await ended(id)).toMatchObject([{ rerunOfId: newer }]);
    await expect(replay(workflowId, { statuses: ['FAILED'] })).rejects.toThrow('No run that has ended so has inputs which the newest version takes.');
  });

  test('is refused with what is wrong of it', async () => {
    const workflowId = await createWorkflow();
    await run(workflowId);
    await expect(replay(workflowId, { last: 101 })).rejects.toThrow('input.last: Give a whole number from 1 to 100.');
    await expect(replay(workflowId, { branch: 'nowhere' })).rejects.toThrow('input.branch: No prompt of this workflow has a branch named "nowhere".');
    await expect(replay(workflowId, { statuses: ['RUNNING'] })).rejects.toThrow('Give statuses of runs that have ended');
  });

  test('asked for at the same time with one idempotency key is one', async () => {
    const workflowId = await createWorkflow();
    await run(workflowId);
    const replays = await Promise.all(Array.from({ length: 10 }, () => replay(workflowId, { idempotencyKey: 'once' })));
    expect(new Set(replays.map(({ id }) => id)).size).toBe(1);
    expect(await ended(replays[0]?.id ?? '')).toHaveLength(1);
    await expect(replay(workflowId, { idempotencyKey: 'once', branch: 'main' })).rejects.toThrow('This idempotency key was used to start something else');
  });
});

describe('while a replay is under way', () => {
  async function startReplay(definition: Partial<Definition> = {}, count = 7) {
    const workflowId = await createWorkflow();
    for (let index = 0; index < count; index++) await run(workflowId, `run ${index}`);
    await save(workflowId, { steps: [pause, say()], ...definition });
    return replay(workflowId);
  }

  const waiting = (executionId: string) => kit.event(executionId, ({ type }) => type === 'STEP_WAITING');

  test('five of it run at a time, the next as soon as one has ended', async () => {
    const { id } = await startReplay();
    const oldestFirst = (await executionsOf(id)).toReversed();
    await Promise.all(oldestFirst.slice(0, 5).map((execution) => waiting(execution.id)));
    await kit.executionJobs.sweep();
    expect(await summary(id)).toMatchObject({ total: 7, queued: 2, running: 5 });
    await kit.control.cancel(kit.identity, oldestFirst[0]?.id ?? '');
    await waiting(oldestFirst[5]?.id ?? '');
    expect(await summary(id)).toMatchObject({ queued: 1, running: 5, cancelled: 1 });
  });

  test('runs that the same limit holds back go first', async () => {
    const { id, workflowId } = await startReplay({ concurrency: { maxRuns: 1 } }, 2);
    const [second, first] = await executionsOf(id);
    await waiting(first?.id ?? '');
    const live = await kit.executions.execute(kit.identity, { workflowId, inputs: { text: 'live' } });
    await kit.control.cancel(kit.identity, first?.id ?? '');
    await waiting(live.id);
    expect((await kit.executions.find(kit.identity, second?.id ?? '')).status).toBe('QUEUED');
    await kit.control.cancel(kit.identity, live.id);
    await waiting(second?.id ?? '');
  });

  test('to cancel it ends all that has not ended, and nothing once it is over', async () => {
    const { id } = await startReplay();
    await kit.replays.cancel(kit.identity, id);
    expect((await ended(id)).map(({ status }) => status)).toEqual(Array(7).fill('CANCELLED'));
    expect(await kit.replays.cancel(kit.identity, id)).toMatchObject({ id });
  });

  test('no more than three are begun', async () => {
    const { workflowId } = await startReplay({}, 1);
    await replay(workflowId);
    const last = await replay(workflowId);
    await expect(replay(workflowId)).rejects.toThrow('3 replays of this workspace are under way. Wait until one has ended, or cancel one.');
    await kit.replays.cancel(kit.identity, last.id);
    await ended(last.id);
    await expect(replay(workflowId)).resolves.toMatchObject({ workflowId });
  });
});
