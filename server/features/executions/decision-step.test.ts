import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../testing/execution-kit.js';
import { type InputDefinition } from '../workflows/definition.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });
const amount: InputDefinition = { name: 'amount', type: 'NUMBER', required: true, description: '' };
const inputs = [{ name: 'amount', from: 'inputs.amount' }];
const byAmount = [{ name: 'small', expression: 'amount < 20' }, { name: 'large', expression: 'amount > 100' }];
const byModel = {
  mode: 'MODEL',
  question: 'Is this much?',
  outcomes: [{ name: 'yes', description: 'more than a cat costs' }, { name: 'no' }],
  model: { model: 'openai-compatible/test' },
};

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

async function decide(settings: { mode: string; outcomes: { name: string; expression?: string; description?: string }[] } & Record<string, unknown>, value: number) {
  const branch = (outcome: string) => transform(`when_${outcome}`, `"${outcome}"`, {}, { branches: [{ step: 'choose', outcome }] });
  const once = { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } };
  const workflowId = await kit.createWorkflow({ inputs: [amount], steps: [step('choose', 'DECISION', settings, { inputs, ...once }), ...settings.outcomes.map(({ name }) => branch(name))] });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { amount: value } });
  await kit.allEvents(id);
  return kit.executions.find(kit.identity, id);
}

test('A decision gives the first outcome whose expression is true, and only what hangs on it runs', async () => {
  kit.startRunner();
  expect(await decide({ mode: 'EXPRESSION', outcomes: byAmount }, 5)).toMatchObject({ status: 'COMPLETED', output: 'small' });
  expect(await decide({ mode: 'EXPRESSION', outcomes: [...byAmount, { name: 'huge', expression: 'amount > 1000' }] }, 5_000)).toMatchObject({ output: 'large' });
});

test('A decision for which no expression is true gives what holds otherwise, or fails', async () => {
  kit.startRunner();
  expect(await decide({ mode: 'EXPRESSION', outcomes: [...byAmount, { name: 'usual' }], otherwise: 'usual' }, 50)).toMatchObject({ output: 'usual' });
  expect(await decide({ mode: 'EXPRESSION', outcomes: byAmount }, 50)).toMatchObject({ status: 'FAILED', error: { code: 'NO_OUTCOME', stepKey: 'choose' } });
});

test('A model decides by name, and its call is pinned, counted and shown', async () => {
  kit.startRunner();
  kit.modelServer.reply({ kind: 'ok', tokens: ['{"outcome":"yes"}'] });
  const execution = await decide(byModel, 5_000);
  expect(execution).toMatchObject({ status: 'COMPLETED', output: 'yes', usage: { inputTokens: 11, outputTokens: 1 }, lockfile: { models: { choose: byModel.model } } });
  expect(kit.modelServer.requests[0]?.body).toMatchObject({
    messages: [{ role: 'system', content: expect.stringContaining('- yes: more than a cat costs\n- no') }, { role: 'user', content: expect.stringMatching(/^Is this much\?[^]*5000/) }],
    response_format: { json_schema: { schema: { properties: { outcome: { enum: ['yes', 'no'] } } } } },
  });
  const [state] = (await kit.executions.steps(kit.identity.workspaceId, [execution.id])).get(execution.id) ?? [];
  expect(state?.details?.calls).toMatchObject([{ status: 'COMPLETED', model: 'openai-compatible/test' }]);
});

test('A model that names no outcome is asked once more, and then the step fails', async () => {
  kit.startRunner();
  kit.modelServer.reply({ kind: 'ok', tokens: ['{"outcome":"perhaps"}'] }, { kind: 'ok', tokens: ['{"outcome":"no"}'] });
  expect(await decide(byModel, 1)).toMatchObject({ output: 'no', usage: { inputTokens: 22 } });
  kit.modelServer.reply({ kind: 'ok', tokens: ['perhaps'] }, { kind: 'ok', tokens: ['perhaps'] });
  expect(await decide(byModel, 1)).toMatchObject({ status: 'FAILED', error: { code: 'BAD_OUTPUT' } });
});

test('A decision that could not be made is refused when it is saved', async () => {
  await expect(decide({ mode: 'EXPRESSION', outcomes: [{ name: 'a' }, { name: 'a', expression: '1' }] }, 1)).rejects.toThrow(
    /outcomes\.1\.name: Outcome 1 has this name already.*outcomes\.0\.expression: Write the JSONata expression/,
  );
  await expect(decide({ mode: 'MODEL', outcomes: [{ name: 'a' }, { name: 'b' }] }, 1)).rejects.toThrow(/settings\.model: Choose a model/);
});
