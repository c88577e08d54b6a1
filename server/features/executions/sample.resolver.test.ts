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
