import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../testing/execution-kit.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { createIdentity } from '../../testing/test-identity.js';
import { WorkflowValidationResolver } from '../workflows/workflow-validation.resolver.js';
import { WorkflowValidations } from '../workflows/workflow-validation.service.js';
import { SampleLoader } from './sample.loader.js';
import { AvailableValueResolver } from './sample.resolver.js';
import { SampleStore } from './sample.store.js';

const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  ask = graphqlRequests(
    [WorkflowValidationResolver, AvailableValueResolver],
    [new WorkflowValidationResolver(new WorkflowValidations(kit.workflows)), new AvailableValueResolver(new SampleLoader(new SampleStore(kit.database)))],
  );
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const number = { name: 'n', type: 'NUMBER', required: true, description: '' } as const;

const validateQuery = `query ($input: ValidateWorkflowInput!) { validateWorkflow(input: $input) {
  valid problems { field message stepKey severity } scopes { stepKey values { from title type sample } } changes { steps { key change moved fields { field before after } } inputs { field } settings { field before after } }
} }`;

test('a definition that is being edited is checked as saving would, with what its steps can be given and what that was in the last run', async () => {
  const steps = [step('check', 'CONDITION', { expression: 'n > 1' }, { inputs: [{ name: 'n', from: 'inputs.n' }] }), transform('double', 'n * 2', { n: 'inputs.n' })];
  const workflowId = await kit.createWorkflow({ inputs: [number], steps });
  kit.startRunner();
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { n: 21 } });
  await kit.event(id, ({ type }) => type === 'EXECUTION_COMPLETED');

  const definition = {
    inputs: [number],
    maxParallel: 2,
    steps: [...steps, transform('after', 'd', { d: 'steps.double.output' }, { branches: [{ step: 'check', outcome: 'maybe' }] })],
  };
  expect(await ask(kit.identity, validateQuery, { input: { workflowId, definition } })).toEqual({
    validateWorkflow: {
      valid: false,
      problems: [{ field: 'steps.2.branches.0.outcome', message: 'Step "check" never gives this outcome. It gives true, false.', stepKey: 'after', severity: 'ERROR' }],
      scopes: [
        { stepKey: 'check', values: [{ from: 'inputs.n', title: 'n', type: 'number', sample: 21 }] },
        { stepKey: 'double', values: [{ from: 'inputs.n', title: 'n', type: 'number', sample: 21 }, { from: 'steps.check.output', title: 'check', type: 'boolean', sample: true }] },
        {
          stepKey: 'after',
          values: [
            { from: 'inputs.n', title: 'n', type: 'number', sample: 21 },
            { from: 'steps.check.output', title: 'check', type: 'boolean', sample: true },
            { from: 'steps.double.output', title: 'double', type: 'unknown', sample: 42 },
          ],
        },
      ],
      changes: null,
    },
  });
});

test('a definition that can be saved is shown with what it changes, and with what is hardly meant', async () => {
  const check = step('check', 'CONDITION', { expression: 'true' });
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [check, transform('a', '1'), transform('b', '2')] });
  const definition = {
    inputs: [number],
    steps: [
      check,
      transform('b', '2', {}, { branches: [{ step: 'check', outcome: 'true' }] }),
      transform('never', 'b', { b: 'steps.b.output' }, { branches: [{ step: 'check', outcome: 'false' }] }),
      transform('a', '3'),
    ],
  };
  expect(await ask(kit.identity, validateQuery, { input: { workflowId, definition } })).toMatchObject({
    validateWorkflow: {
      valid: true,
      problems: [
        { field: 'inputs.0.name', message: 'No step uses this input.', stepKey: null, severity: 'WARNING' },
        { field: 'steps.2.branches', message: 'This step can never run: what it waits for excludes one another.', stepKey: 'never', severity: 'WARNING' },
      ],
      changes: {
        steps: [
          { key: 'b', change: 'CHANGED', fields: [{ field: 'dependsOn', before: [], after: ['check'] }, { field: 'branches' }] },
          { key: 'never', change: 'ADDED', moved: false },
          { key: 'a', change: 'CHANGED', fields: [{ field: 'settings.expression', before: '1', after: '3' }] },
        ],
        inputs: [{ field: 'n' }],
        settings: [],
      },
    },
  });
});

test('the steps of a MAP can be given the item, its place and what the MAP is given, with what that was', async () => {
  const inner = [transform('title', 'text', { text: 'item.body', tone: 'inputs.tone', place: 'index' }), transform('again', 't', { t: 'steps.title.output' })];
  const list = { name: 'docs', type: 'JSON', required: true, description: '' } as const;
  const each = step('each', 'MAP', { steps: inner }, { inputs: [{ name: 'items', from: 'steps.load.output.found' }, { name: 'tone', value: 'dry' }] });
  const definition = { inputs: [list], maxParallel: 2, steps: [transform('load', '{ "found": docs }', { docs: 'inputs.docs' }), each] };
  const workflowId = await kit.createWorkflow(definition);
  kit.startRunner();
  const long = 'x'.repeat(3_000);
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { docs: [{ body: 'first', long }, { body: 'second', long }] } });
  await kit.event(id, ({ type }) => type === 'EXECUTION_COMPLETED');

  const answer = await ask(kit.identity, validateQuery, { input: { workflowId, definition, scopesOf: ['each/again'] } });
  expect(answer).toMatchObject({
    validateWorkflow: {
      valid: true,
      scopes: [
        {
          stepKey: 'each/again',
          values: [
            { from: 'item', title: 'The item', type: 'unknown', sample: { body: 'first', long: `${'x'.repeat(300)}…` } },
            { from: 'index', title: 'Its place', type: 'integer', sample: 0 },
            { from: 'inputs.tone', title: 'tone', type: 'string', sample: 'dry' },
            { from: 'steps.title.output', title: 'title', type: 'unknown', sample: null },
          ],
        },
      ],
    },
  });
});

test('a step that is not whole yet keeps none of the others from being told what they can be given', async () => {
  const definition = { inputs: [number], maxParallel: 2, steps: [step('each', 'MAP', { steps: [{ type: 'TRANSFORM', key: 'a' }, { type: 'MAP', settings: {} }, { type: 'DELAY', key: '', inputs: 'none' }] }), transform('after', '1')] };
  expect(await ask(kit.identity, validateQuery, { input: { definition } })).toMatchObject({
    validateWorkflow: { valid: false, scopes: [{ stepKey: 'each' }, { stepKey: 'each/a' }, { stepKey: 'each/' }, { stepKey: 'each/' }, { stepKey: 'after', values: [{ from: 'inputs.n' }, { from: 'steps.each.output', type: 'array' }] }] },
  });
});

test('a workflow of another workspace gives no samples, and its versions are not compared', async () => {
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('a', '1')] });
  const { id } = await kit.workflows.headVersion(kit.identity.workspaceId, workflowId);
  const other = await createIdentity(kit.database);
  await expect(ask(other, validateQuery, { input: { workflowId, definition: { inputs: [], steps: [transform('a', '1')] } } })).rejects.toThrow('no such workflow');
  await expect(ask(other, `{ compareWorkflowVersions(fromId: "${id}", toId: "${id}") { steps { key } } }`)).rejects.toThrow('no such');
  expect(await ask(kit.identity, `{ compareWorkflowVersions(fromId: "${id}", toId: "${id}") { steps { key } inputs { field } settings { field } } }`)).toEqual({
    compareWorkflowVersions: { steps: [], inputs: [], settings: [] },
  });
});
