import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type WorkflowInputInput } from '../../../schema/workflow-definition.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../testing/execution-kit.js';
import { WorkflowValidationResolver } from '../workflows/workflow-validation.resolver.js';
import { WorkflowValidations } from '../workflows/workflow-validation.service.js';

const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const input = (more: Partial<WorkflowInputInput>): WorkflowInputInput => ({ name: 'order', type: 'JSON', required: true, description: '', ...more });

const order = {
  type: 'object',
  properties: { id: { type: 'string', pattern: '^o-' }, items: { type: 'array', items: { type: 'object', properties: { price: { type: 'number', minimum: 0 } } } } },
  required: ['id'],
};

const workflowWith = (...inputs: WorkflowInputInput[]) => kit.createWorkflow({ inputs, steps: [transform('a', 'order', { order: 'inputs.order' })] });

describe('an input with a JSON Schema', () => {
  test('takes values that fit it, and names the place of each thing that does not', async () => {
    const workflowId = await workflowWith(input({ schema: order }));
    const run = (value: unknown) => kit.executions.execute(kit.identity, { workflowId, inputs: { order: value } });
    expect((await run({ id: 'o-1', items: [{ price: 2 }] })).inputs).toEqual({ order: { id: 'o-1', items: [{ price: 2 }] } });
    await expect(run({ id: 'x', items: [{ price: 1 }, { price: -1 }] })).rejects.toMatchObject({
      fields: [
        { field: 'input.inputs.order', message: 'id: must match the pattern ^o-.' },
        { field: 'input.inputs.order', message: 'items[1].price: must be at least 0.' },
      ],
    });
    await expect(run([])).rejects.toMatchObject({ fields: [{ field: 'input.inputs.order', message: 'Must be an object.' }] });
  });

  test('is not held against a value that is not given, and holds for one that another workflow gives', async () => {
    const called = await workflowWith(input({ schema: order, required: false }));
    expect((await kit.executions.execute(kit.identity, { workflowId: called, inputs: {} })).inputs).toEqual({ order: null });

    const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: called }, { inputs: [{ name: 'order', value: { id: 1 } }] })] });
    kit.startRunner();
    const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
    expect(await kit.event(id, ({ type }) => type === 'EXECUTION_FAILED')).toBeDefined();
    const [call] = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
    expect(call?.error).toMatchObject({ message: expect.stringContaining('id: must be text') });
  });

  test('is saved only when it is a schema, and when the default and the sample fit it', async () => {
    await expect(workflowWith(input({ schema: { type: 'objekt' } }))).rejects.toMatchObject({ fields: [{ field: 'input.definition.inputs.0.schema', message: expect.stringContaining('no JSON Schema') }] });
    await expect(workflowWith(input({ schema: order, defaultValue: { id: 1 }, sample: {} }))).rejects.toMatchObject({
      fields: [
        { field: 'input.definition.inputs.0.defaultValue', message: 'id: must be text.' },
        { field: 'input.definition.inputs.0.sample', message: '"id" is missing.' },
      ],
    });
    await expect(workflowWith(input({ type: 'NUMBER', schema: { type: 'string' } }))).rejects.toMatchObject({
      fields: [{ field: 'input.definition.inputs.0.schema', message: 'No value of this input\'s type fits "type": "string". Write "number" or "integer", or leave it out.' }],
    });
    await expect(workflowWith(input({ type: 'NUMBER', sample: 'x' }))).rejects.toMatchObject({ fields: [{ field: 'input.definition.inputs.0.sample', message: 'Give a number.' }] });
  });

  test('is held against values before a run is started, too', async () => {
    const workflowId = await workflowWith(input({ schema: order }), input({ name: 'note', type: 'TEXT' }));
    const ask = graphqlRequests([WorkflowValidationResolver], [new WorkflowValidationResolver(new WorkflowValidations(kit.workflows))]);
    const check = (inputs: unknown) => ask(kit.identity, 'query ($input: CheckWorkflowInputsInput!) { checkWorkflowInputs(input: $input) { name message } }', { input: { workflowId, inputs } });
    expect(await check({ order: { id: 'x' }, note: 'n' })).toEqual({ checkWorkflowInputs: [{ name: 'order', message: 'id: must match the pattern ^o-.' }] });
    expect(await check({ order: {} })).toEqual({ checkWorkflowInputs: [{ name: 'note', message: 'Give a value: the workflow needs it.' }, { name: 'order', message: '"id" is missing.' }] });
    expect(await check({ order: { id: 'o-1' }, note: 'n' })).toEqual({ checkWorkflowInputs: [] });
  });

  test('whose pattern takes for ever is refused, and blocks nobody', async () => {
    const workflowId = await workflowWith(input({ type: 'TEXT', schema: { pattern: '^(a+)+$' } }));
    await expect(kit.executions.execute(kit.identity, { workflowId, inputs: { order: `${'a'.repeat(40)}b` } })).rejects.toMatchObject({
      fields: [{ field: 'input.inputs.order', message: 'This schema takes too long on this value. Make it simpler.' }],
    });
  });
});
