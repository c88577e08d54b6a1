import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
let workspaceId: string;
let promptId: string;
const sandbox = startSandbox({ workers: 1 });
const model = 'openai-compatible/test';
const atMost = 100;
/** A dollar for a token out, and nothing for one in. Answers are of three tokens. */
const price = { input: 0, output: 1_000_000 };

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  ({ workspaceId } = kit.identity);
  await kit.prices.set(workspaceId, { model, ...price });
  const messages = [{ role: 'USER' as const, content: 'Say' }];
  promptId = (await kit.prompts.create(kit.identity, { name: 'Say', description: '', kind: 'TEXT', message: 'First', messages, settings: { model, maxOutputTokens: atMost } })).id;
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

const say = (more: object = {}) => promptStep('say', promptId, {}, more);

async function start(definition: Parameters<ExecutionKit['createWorkflow']>[0]) {
  const workflowId = await kit.createWorkflow(definition);
  return { workflowId, id: (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id };
}

async function ended(id: string) {
  await kit.allEvents(id);
  const [state] = (await kit.executions.steps(workspaceId, [id])).get(id) ?? [];
  return { execution: await kit.executions.find(kit.identity, id), state };
}

const run = async (definition: Parameters<ExecutionKit['createWorkflow']>[0]) => ended((await start(definition)).id);
const budgets = () => kit.budgets.list(workspaceId);

test('A call that may cost more than is left is not made, and not tried again', async () => {
  await kit.budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 102 });
  expect((await run({ inputs: [], steps: [say()] })).execution).toMatchObject({ status: 'COMPLETED', costUsd: 3 });
  const { execution, state } = await run({ inputs: [], steps: [say()] });
  expect(execution).toMatchObject({ status: 'FAILED', error: { code: 'BUDGET_EXCEEDED', stepKey: 'say', message: expect.stringMatching(/was not called.*\$99\.00 is left of the \$102\.00/) } });
  expect(state?.attempt).toBe(1);
  expect(kit.modelServer.requests).toHaveLength(1);
  await kit.budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 103 });
  expect((await run({ inputs: [], steps: [say()] })).execution.status).toBe('COMPLETED');
  expect(await budgets()).toMatchObject([{ spentUsd: 6, reservedUsd: 0 }]);
});

test('A budget leaves alone a model that costs nothing, and keeps from one that nobody has priced', async () => {
  await kit.budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 1 });
  const inline = { messages: [{ role: 'USER', content: 'Say' }] };
  const asking = (name: string) => ({ inputs: [], steps: [step('say', 'PROMPT', { inline, model: { model: name } })] });
  expect((await run(asking('simulated/instant'))).execution.status).toBe('COMPLETED');
  expect((await run(asking('openai-compatible/new'))).execution).toMatchObject({ status: 'FAILED', error: { code: 'PRICE_UNKNOWN', message: expect.stringContaining('Set its price') } });
  expect(kit.modelServer.requests).toEqual([]);
});

test('Of models that are asked in turn, one that fits into the budget is asked', async () => {
  await kit.prices.set(workspaceId, { model: 'openai-compatible/cheap', input: 0, output: 1 });
  await kit.budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 50 });
  const models = [{ model, maxOutputTokens: atMost }, { model: 'openai-compatible/cheap' }];
  const { execution, state } = await run({ inputs: [], steps: [say({ settings: { promptId, models, mode: 'FALLBACK' } })] });
  expect(execution.status).toBe('COMPLETED');
  expect(state?.details?.calls).toMatchObject([{ error: { code: 'BUDGET_EXCEEDED' } }, { status: 'COMPLETED' }]);
});

test('A call that was turned down gives back what was set aside; of one whose outcome nobody knows it stays', async () => {
  await kit.budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 1_000 });
  kit.modelServer.reply({ kind: 'status', status: 400 });
  await run({ inputs: [], steps: [say()] });
  expect(await budgets()).toMatchObject([{ spentUsd: 0, reservedUsd: 0 }]);
  kit.modelServer.reply({ kind: 'cut', tokens: ['Hel'] });
  await run({ inputs: [], steps: [say({ retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } })] });
  expect(await budgets()).toMatchObject([{ spentUsd: 0, reservedUsd: atMost }]);
});

test('What a process had set aside when it died counts as spent', async () => {
  await kit.budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 150 });
  kit.modelServer.reply({ kind: 'hang' });
  const { id } = await start({ inputs: [], steps: [say()] });
  await kit.modelServer.received(1);
  kit.jobs.now = new Date(kit.jobs.now.getTime() + 15_001);
  kit.startRunner();
  kit.bus.publish('execution.ready', { executionId: id });
  expect((await ended(id)).execution).toMatchObject({ status: 'FAILED', error: { code: 'BUDGET_EXCEEDED', message: expect.stringContaining('$50.00 is left') } });
});

describe('the budget of a run', () => {
  test('is for all of its calls, those for the items of its MAP steps too', async () => {
    const items = [{ name: 'items', value: [1, 2, 3, 4] }];
    const map = step('each', 'MAP', { steps: [say()], maxParallel: 1 }, { inputs: items });
    const { execution } = await run({ inputs: [], budgetUsd: 105, steps: [map] });
    expect(execution).toMatchObject({ status: 'FAILED', error: { message: expect.stringMatching(/\$99\.00 is left of the \$105\.00 that a run of this workflow may cost/) } });
    expect(kit.modelServer.requests).toHaveLength(2);
  });

  test('is for what the workflows that it calls cost, which counts in the budgets of both', async () => {
    const called = await kit.createWorkflow({ inputs: [], steps: [say()] });
    const { workflowId, id } = await start({ inputs: [], budgetUsd: 99, steps: [step('call', 'WORKFLOW', { workflowId: called })] });
    expect((await ended(id)).execution).toMatchObject({ status: 'FAILED', error: { message: expect.stringContaining('$99.00 that a run') } });
    for (const each of [called, workflowId]) await kit.budgets.set(workspaceId, each, { period: 'DAY', limitUsd: 200 });
    const caller = await start({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: called })] });
    expect((await ended(caller.id)).execution.status).toBe('COMPLETED');
    expect(await budgets()).toEqual(expect.arrayContaining([expect.objectContaining({ workflowId: called, spentUsd: 3 }), expect.objectContaining({ workflowId, spentUsd: 0 })]));
  });
});

test('What a run and a prompt version cost is counted for its workflow and its version', async () => {
  const { workflowId, id } = await start({ inputs: [], steps: [say()] });
  const { state } = await ended(id);
  const versionId = state?.details?.promptVersionId ?? '';
  const day = kit.jobs.now.toISOString().slice(0, 10);
  const totals = await kit.spends.between(workspaceId, ['', workflowId, versionId], day, day);
  expect(totals.map(({ subject, spentUsd }) => [subject, spentUsd]).sort()).toEqual([['', 3], [workflowId, 3], [versionId, 3]].sort());
});
