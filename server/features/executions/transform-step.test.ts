import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox } from '../../sandbox/sandbox.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step } from '../../testing/execution-kit.js';

let sandbox: Sandbox;
let kit: ExecutionKit;

beforeAll(() => {
  sandbox = startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});
afterEach(() => kit.stop());

const names = { name: 'names', type: 'JSON' as const, required: true, description: '' };
const inputs = [{ name: 'names', from: 'inputs.names' }];

it('A template makes a text of the inputs', async () => {
  const workflowId = await kit.createWorkflow({ inputs: [names], steps: [step('greet', 'TRANSFORM', { template: '{% for name in names %}Dear {{ name }}, {% endfor %}{{ names }}' }, { inputs })] });
  kit.startRunner();
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { names: ['Ada', 'Grace'] } });
  const events = await kit.allEvents(id);
  expect(events.find(({ type }) => type === 'STEP_COMPLETED')?.payload).toMatchObject({ output: 'Dear Ada, Dear Grace, ["Ada","Grace"]' });
  expect(kit.faults).toEqual([]);
});

it.each([
  [{}, 'settings.expression', /JSONata expression, or a Liquid/],
  [{ expression: 'names', template: 'x' }, 'settings.template', /not both/],
  [{ template: 'Dear {{ names' }, 'settings.template', /^Line 1, column/],
  [{ template: 'Dear {{ nobody }}' }, 'settings.template', /no input named "nobody"/],
  [{ template: '{% prompt "demo/other" %}' }, 'settings.template', /Only prompts can include prompts/],
])('Settings that can not be run are refused when they are saved: %j', async (settings, field, message) => {
  const saved = kit.createWorkflow({ inputs: [names], steps: [step('greet', 'TRANSFORM', settings, { inputs })] });
  await expect(saved).rejects.toMatchObject({ fields: [{ field: `input.definition.steps.0.${field}`, message: expect.stringMatching(message) }] });
});
