import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });
const model = 'openai-compatible/test';

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

async function run() {
  const promptId = await kit.createPrompt(`Say ${crypto.randomUUID()}`, 'Say');
  const { id } = await kit.executions.execute(kit.identity, { workflowId: await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] }), inputs: {} });
  await kit.allEvents(id);
  return id;
}

async function read(id: string) {
  const [step] = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return { execution: await kit.executions.find(kit.identity, id), step };
}

test('A run keeps what it cost and the price that this was computed with, whatever the model costs later', async () => {
  await kit.prices.set(kit.identity.workspaceId, { model, input: 1_000, cachedInput: 100, output: 10_000 });
  kit.modelServer.reply({ kind: 'ok', tokens: ['one', ' two'], cachedTokens: 10 });
  const id = await run();
  const costUsd = (1 * 1_000 + 10 * 100 + 2 * 10_000) / 1_000_000;
  const expected = {
    execution: { costUsd: expect.closeTo(costUsd, 9) },
    step: { costUsd: expect.closeTo(costUsd, 9), details: { calls: [{ usage: { inputTokens: 11, cachedInputTokens: 10, outputTokens: 2 }, prices: { input: 1_000, cachedInput: 100, output: 10_000 } }] } },
  };
  expect(await read(id)).toMatchObject(expected);
  await kit.prices.set(kit.identity.workspaceId, { model, input: 1, output: 1 });
  expect(await read(id)).toMatchObject(expected);
  expect((await read(await run())).step?.costUsd).toBeCloseTo(14e-6, 12);
});

test('A run of a model that nobody has priced has no cost', async () => {
  expect(await read(await run())).toMatchObject({ execution: { costUsd: undefined }, step: { costUsd: undefined } });
});
