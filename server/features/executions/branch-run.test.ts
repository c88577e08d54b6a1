import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });
let promptId: string;
let other: string;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  promptId = await kit.createPrompt('letter', 'first');
  other = await kit.createPrompt('other', 'untouched');
  const { workspaceId, userId } = kit.identity;
  const versionId = (await kit.prompts.heads(workspaceId, [promptId])).get(promptId)?.id ?? '';
  await kit.database.prisma.promptLabel.create({ data: { workspaceId, promptId, name: 'production', versionId, movedById: userId } });
  await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId, name: 'shorter', headVersionId: versionId } });
  await commit('main', 'newest');
  await commit('shorter', 'short');
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

const commit = (branch: string, content: string) => kit.commits.commit(kit.identity, { promptId, branch, message: 'x', messages: [{ role: 'USER', content }] });
const settings = (at: object) => ({ settings: { promptId, at } });

async function run(steps: Parameters<ExecutionKit['createWorkflow']>[0]['steps'], branch?: string) {
  const workflowId = await kit.createWorkflow({ inputs: [], maxParallel: 1, steps });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {}, branch });
  kit.startRunner().ring(id);
  await kit.allEvents(id);
  return kit.executions.find(kit.identity, id);
}

const sent = () => kit.modelServer.requests.map(({ body }) => body.messages[0]?.content);

describe('a step at a place', () => {
  test('runs the version that is there when the run starts, and the lockfile says where that was', async () => {
    const steps = [promptStep('label', promptId, {}, settings({ label: 'production' })), promptStep('branch', promptId, {}, settings({ branch: 'shorter' })), promptStep('main', promptId)];
    const { lockfile } = await run(steps);
    expect(sent()).toEqual(['first', 'short', 'newest']);
    expect(lockfile.prompts).toMatchObject({
      label: { promptVersion: '1.0.0', at: { label: 'production' } },
      branch: { at: { branch: 'shorter' } },
      main: { at: { branch: 'main' } },
    });
  });

  test('that is gone keeps the run from starting', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId, {}, settings({ label: 'production' }))] });
    await kit.database.prisma.promptLabel.deleteMany({ where: { promptId } });
    await expect(kit.executions.execute(kit.identity, { workflowId, inputs: {} })).rejects.toThrow('Step "say" can\'t run. The prompt letter has no label "production". It has no label yet.');
  });
});

describe('a run on a branch', () => {
  test('takes every prompt that has it from there, and the others from where the step says', async () => {
    const execution = await run([promptStep('one', promptId), promptStep('two', promptId, {}, settings({ label: 'production' })), promptStep('three', other)], 'shorter');
    expect(sent()).toEqual(['short', 'short', 'untouched']);
    expect(execution).toMatchObject({ branch: 'shorter', lockfile: { prompts: { one: { at: { branch: 'shorter' } }, three: { at: { branch: 'main' } } } } });
  });

  test('that no prompt has is refused', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', other)] });
    await expect(kit.executions.execute(kit.identity, { workflowId, inputs: {}, branch: 'shorter' })).rejects.toThrow('input.branch: No prompt of this workflow has a branch named "shorter".');
  });
});
