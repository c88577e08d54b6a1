import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RerunExecutionInput } from '../../../../schema/reruns.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
});
afterEach(async () => {
  await kit.stop();
  expect(kit.faults).toEqual([]);
});
afterAll(() => sandbox.close());

const once = { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } };
const text = { name: 'text', type: 'STRING', required: true, description: '' } as const;

type Steps = Parameters<ExecutionKit['createWorkflow']>[0]['steps'];

async function run(workflowId: string, inputs: unknown = {}): Promise<string> {
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs });
  await kit.allEvents(id);
  return id;
}

async function rerun(executionId: string, changes: Partial<RerunExecutionInput> = {}) {
  const { id } = await kit.reruns.rerun(kit.identity, { executionId, ...changes });
  const types = (await kit.allEvents(id)).map(({ type, stepKey }) => (stepKey ? `${type} ${stepKey}` : type));
  return { types, ...(await kit.executions.find(kit.identity, id)), steps: await stepsOf(id) };
}

async function stepsOf(id: string) {
  const states = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return Object.fromEntries(states.map((state) => [state.key, state]));
}

const save = (id: string, steps: Steps) => kit.workflows.update(kit.identity, { id, definition: { inputs: [], maxParallel: 1, steps } });
const commit = (promptId: string, content: string, branch = 'main') => kit.commits.commit(kit.identity, { promptId, branch, message: 'x', messages: [{ role: 'USER', content }] });
const sent = () => kit.modelServer.requests.map(({ body }) => body.messages[0]?.content);

describe('an execution that is run again', () => {
  test('takes the same inputs, and what the first one pinned, whatever has been saved since', async () => {
    const promptId = await kit.createPrompt('letter', 'first {{ text }}');
    const workflowId = await kit.createWorkflow({ inputs: [text], steps: [promptStep('say', promptId, { text: 'inputs.text' })] });
    const first = await run(workflowId, { text: 'one' });
    await commit(promptId, 'second');
    await save(workflowId, [transform('other', '1')]);
    const { lockfile } = await kit.executions.find(kit.identity, first);
    expect(await rerun(first)).toMatchObject({ status: 'COMPLETED', trigger: 'RERUN', rerunOfId: first, inputs: { text: 'one' }, lockfile });
    expect(sent()).toEqual(['first one', 'first one']);
  });

  test('asked for at the same time with one idempotency key is one', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
    const [first, second] = [await run(workflowId), await run(workflowId)];
    const request = { executionId: first, idempotencyKey: 'once' };
    const reruns = await Promise.all(Array.from({ length: 10 }, () => kit.reruns.rerun(kit.identity, request)));
    expect(new Set(reruns.map(({ id }) => id)).size).toBe(1);
    await kit.allEvents(reruns[0]?.id ?? '');
    await expect(kit.reruns.rerun(kit.identity, { ...request, executionId: second })).rejects.toThrow('This idempotency key was used to start something else');
  });

  test('must have ended', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('wait', 'DELAY', { durationMs: 60_000 })] });
    const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
    await kit.event(id, ({ type }) => type === 'STEP_WAITING');
    await expect(kit.reruns.rerun(kit.identity, { executionId: id })).rejects.toThrow(/^The run is (waiting|running)\. Cancel it or wait for its end, then run it again\.$/);
  });

  test('may be one that was called, but no item of a list', async () => {
    const called = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
    const inputs = [{ name: 'items', value: [1] }];
    const id = await run(await kit.createWorkflow({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: called }), step('each', 'MAP', { steps: [transform('two', '2')] }, { inputs })] }));
    const children = (await kit.executions.children(kit.identity, id, {}, { first: 10 })).edges.map(({ node }) => node);
    const [one, item] = ['call', 'each'].map((key) => children.find(({ parentStepKey }) => parentStepKey === key)?.id ?? '');
    expect(await rerun(one ?? '')).toMatchObject({ status: 'COMPLETED', output: 1, parentId: undefined });
    await expect(kit.reruns.rerun(kit.identity, { executionId: item ?? '' })).rejects.toThrow('This is one item of a MAP step');
  });

  test('on a branch pins its prompts anew', async () => {
    const promptId = await kit.createPrompt('letter', 'long');
    const { workspaceId } = kit.identity;
    const headVersionId = (await kit.prompts.heads(workspaceId, [promptId])).get(promptId)?.id ?? '';
    await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId, name: 'shorter', headVersionId } });
    const first = await run(await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] }));
    await commit(promptId, 'short', 'shorter');
    const again = await rerun(first, { branch: 'shorter' });
    expect(again).toMatchObject({ branch: 'shorter', lockfile: { prompts: { say: { at: { branch: 'shorter' } } } } });
    await commit(promptId, 'shortest', 'shorter');
    expect(await rerun(again.id, { workflowVersion: 'LATEST' })).toMatchObject({ branch: 'shorter', lockfile: again.lockfile });
    expect(sent()).toEqual(['long', 'short', 'short']);
    await expect(kit.reruns.rerun(kit.identity, { executionId: first, branch: 'nowhere' })).rejects.toThrow('No prompt of this workflow has a branch named "nowhere".');
  });

  test('on the newest version of its workflow needs inputs that fit it', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [text], steps: [transform('one', '1')] });
    const first = await run(workflowId, { text: 'x' });
    await save(workflowId, [transform('two', '2')]);
    await expect(kit.reruns.rerun(kit.identity, { executionId: first, workflowVersion: 'LATEST' })).rejects.toThrow('input.inputs.text: The workflow has no input of this name.');
  });
});

describe('with another prompt version or model', () => {
  let promptId: string;
  let first: string;
  let already: number;

  beforeEach(async () => {
    promptId = await kit.createPrompt('letter', 'first');
    const inputs = [{ name: 'items', value: ['a'] }];
    const inner = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] });
    const steps = [promptStep('one', promptId), step('each', 'MAP', { steps: [promptStep('two', promptId)] }, { inputs, dependsOn: ['one'] }), step('call', 'WORKFLOW', { workflowId: inner }, { dependsOn: ['each'] })];
    first = await run(await kit.createWorkflow({ inputs: [], maxParallel: 1, steps }));
    await commit(promptId, 'second');
    already = kit.modelServer.requests.length;
  });

  test('only the steps that are named change, those of a MAP and of a called workflow too', async () => {
    const before = (await kit.executions.find(kit.identity, first)).lockfile;
    const { lockfile } = await rerun(first, { promptVersions: [{ stepKey: 'each/two', version: '1.0.1' }], models: [{ stepKey: 'call/say', model: 'simulated/instant' }] });
    expect(sent().slice(already)).toEqual(['first', 'second']);
    expect(lockfile.prompts['one']).toEqual(before.prompts['one']);
    expect(lockfile).toMatchObject({ prompts: { 'each/two': { promptVersion: '1.0.1' } }, workflows: { call: { prompts: { say: { promptVersion: '1.0.0', settings: { model: 'simulated/instant' } } } } } });
  });

  test('a version may be given by its id', async () => {
    const promptVersionId = (await kit.prompts.heads(kit.identity.workspaceId, [promptId])).get(promptId)?.id ?? '';
    await rerun(first, { promptVersions: [{ stepKey: 'one', promptVersionId }] });
    expect(sent()[already]).toBe('second');
  });

  test('what does not fit is refused with its field', async () => {
    const other = await kit.createPrompt('other', 'x');
    const foreign = (await kit.prompts.heads(kit.identity.workspaceId, [other])).get(other)?.id ?? '';
    const refusal = async (changes: Partial<RerunExecutionInput>) => kit.reruns.rerun(kit.identity, { executionId: first, ...changes }).then(() => undefined, String);
    expect(await refusal({ promptVersions: [{ stepKey: 'constructor', version: '1.0.0' }] })).toContain('input.promptVersions.0.stepKey: This run has no such step');
    expect(await refusal({ promptVersions: [{ stepKey: 'one', promptVersionId: foreign }] })).toContain('input.promptVersions.0.promptVersionId: The prompt of step "one" has no such version.');
    expect(await refusal({ promptVersions: [{ stepKey: 'one', version: '9.0.0' }] })).toContain('The prompt letter has no version 9.0.0.');
    expect(await refusal({ promptVersions: [{ stepKey: 'one' }] })).toContain('Give a version by its number or by its id.');
    expect(await refusal({ models: [{ stepKey: 'one', model: 'simulated/none' }] })).toContain('input.models.0.model: There is no model named simulated/none.');
  });
});

describe('from a step', () => {
  const steps: Steps = [
    transform('a', '"a"'),
    transform('b', 'a & "b"', { a: 'steps.a.output' }),
    transform('c', '$error("no")', {}, { ...once, dependsOn: ['a'] }),
    transform('d', '"d"', {}, { dependsOn: ['c'] }),
  ];

  test('what completed and hangs on nothing that runs again is taken over, and costs nothing', async () => {
    const promptId = await kit.createPrompt('letter', 'hello');
    const first = await run(await kit.createWorkflow({ inputs: [], steps: [promptStep('paid', promptId), transform('last', 'said & "!"', { said: 'steps.paid.output' })] }));
    const { steps: again, types, usage, ...execution } = await rerun(first, { fromStep: 'last' });
    expect(sent()).toHaveLength(1);
    expect(types).toEqual(['EXECUTION_QUEUED', 'EXECUTION_STARTED', 'STEP_REUSED paid', 'STEP_STARTED last', 'STEP_COMPLETED last', 'EXECUTION_COMPLETED']);
    const before = (await stepsOf(first))['paid'];
    expect(again['paid']).toEqual({ ...before, reused: true });
    expect(again['last']?.reused).toBe(false);
    expect(execution.output).toBe((await kit.executions.find(kit.identity, first)).output);
    expect(usage).toMatchObject({ inputTokens: 0, outputTokens: 0 });
  });

  test('steps that did not complete run again with it', async () => {
    const first = await run(await kit.createWorkflow({ inputs: [], maxParallel: 1, steps }));
    const { types, steps: again } = await rerun(first, { fromStep: 'b' });
    expect(types.filter((type) => /REUSED|STARTED ./.test(type))).toEqual(['STEP_REUSED a', 'STEP_STARTED b', 'STEP_STARTED c']);
    expect(again).toMatchObject({ a: { status: 'COMPLETED' }, c: { status: 'FAILED' }, d: { status: 'PENDING' } });
  });

  test('a step that was mended in the newest version runs as it is there, and what it does not touch is kept', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [], maxParallel: 1, steps });
    const first = await run(workflowId);
    await save(workflowId, [...steps.slice(0, 2), transform('c', '"c"', {}, { ...once, dependsOn: ['a'] }), steps[3] ?? transform('d', '1')]);
    const { types, output } = await rerun(first, { fromStep: 'c', workflowVersion: 'LATEST' });
    expect(types.filter((type) => type.startsWith('STEP_REUSED'))).toEqual(['STEP_REUSED a', 'STEP_REUSED b']);
    expect(output).toEqual({ b: 'ab', d: 'd' });
  });

  test('what a decision has ruled out stays so, and a handler runs again with what it handles', async () => {
    const first = await run(
      await kit.createWorkflow({
        inputs: [],
        maxParallel: 1,
        steps: [
          step('ask', 'CONDITION', { expression: 'true' }),
          transform('yes', '"yes"', {}, { dependsOn: ['ask'], branches: [{ step: 'ask', outcome: 'true' }] }),
          transform('no', '"no"', {}, { dependsOn: ['ask'], branches: [{ step: 'ask', outcome: 'false' }] }),
          transform('risky', '$error("x")', {}, { ...once, onError: { action: 'HANDLE', handler: 'rescue' } }),
          transform('rescue', '"saved"'),
          transform('end', '1', {}, { dependsOn: ['yes'] }),
        ],
      }),
    );
    const { types } = await rerun(first, { fromStep: 'end' });
    expect(types.filter((type) => /REUSED|SKIPPED|STEP_STARTED/.test(type)).sort()).toEqual(['STEP_REUSED ask', 'STEP_REUSED yes', 'STEP_SKIPPED no', 'STEP_STARTED end', 'STEP_STARTED rescue', 'STEP_STARTED risky']);
    await expect(kit.reruns.rerun(kit.identity, { executionId: first, fromStep: 'no' })).rejects.toThrow('Step "no" was skipped, and would be again.');
    await expect(kit.reruns.rerun(kit.identity, { executionId: first, fromStep: 'none' })).rejects.toThrow('The workflow has no step "none".');
  });

  test('on a branch, what is taken over stays pinned as it ran, and a changed step runs again', async () => {
    const promptId = await kit.createPrompt('letter', 'long');
    const { workspaceId } = kit.identity;
    const headVersionId = (await kit.prompts.heads(workspaceId, [promptId])).get(promptId)?.id ?? '';
    await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId, name: 'shorter', headVersionId } });
    await commit(promptId, 'short', 'shorter');
    const first = await run(await kit.createWorkflow({ inputs: [], maxParallel: 1, steps: [promptStep('one', promptId), promptStep('two', promptId, {}, { dependsOn: ['one'] }), promptStep('three', promptId)] }));
    const request = { fromStep: 'two', branch: 'shorter', models: [{ stepKey: 'three', model: 'simulated/instant' }] };
    const { lockfile, steps: again } = await rerun(first, request);
    expect(lockfile).toMatchObject({ prompts: { one: { at: { branch: 'main' } }, two: { at: { branch: 'shorter' } }, three: { at: { branch: 'shorter' }, settings: { model: 'simulated/instant' } } } });
    expect(again).toMatchObject({ one: { reused: true }, two: { reused: false }, three: { reused: false, details: { model: 'simulated/instant' } } });
  });
});

describe('several executions', () => {
  test('are run again whatever becomes of the others', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
    const [one, two] = [await run(workflowId), await run(workflowId)];
    const nowhere = '01900000-0000-7000-8000-000000000000';
    const results = await kit.reruns.rerunAll(kit.identity, [one, nowhere, two, one]);
    expect(results).toMatchObject([{ executionId: one, execution: { rerunOfId: one } }, { executionId: nowhere, refusal: 'There is no such execution in this workspace.' }, { executionId: two, execution: { rerunOfId: two } }]);
    for (const { execution } of results) if (execution) await kit.allEvents(execution.id);
    await expect(kit.reruns.rerunAll(kit.identity, [])).rejects.toThrow('ids: Give 1 to 100 runs at a time.');
  });
});
