import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const previewSchema = z.object({ previewWorkflow: z.looseObject({ id: z.string() }) });

test('a definition that nobody saved is tried over the API, followed, and read with its steps', async () => {
  const user = await signUpUser(server);
  const steps = [
    { key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: 'n' }, inputs: [{ name: 'n', from: 'inputs.n' }] },
    { key: 'two', name: 'Two', type: 'TRANSFORM', settings: { expression: 'one + 1' }, inputs: [{ name: 'one', from: 'steps.one.output' }] },
  ];
  const input = { definition: { inputs: [{ name: 'n', type: 'NUMBER' }], steps }, inputs: { n: 1 } };
  const mutation = 'mutation ($input: PreviewWorkflowInput!) { previewWorkflow(input: $input) { id findings { field stepKey } steps { key status } } }';
  const { previewWorkflow } = previewSchema.parse(await user.ask(mutation, { input }));
  expect(previewWorkflow).toMatchObject({ findings: [], steps: [{ key: 'one' }, { key: 'two' }] });

  const { id } = previewWorkflow;
  const types: unknown[] = [];
  const events = user.subscribe('subscription ($id: ID!) { workflowPreviewEvents(previewId: $id) { type stepKey } }', { id });
  for await (const { data } of events) types.push(z.object({ workflowPreviewEvents: z.object({ type: z.string() }) }).parse(data).workflowPreviewEvents.type);
  expect(types.at(-1)).toBe('EXECUTION_COMPLETED');
  expect(await user.ask('query ($id: ID!) { workflowPreview(id: $id) { status steps { key status input output attempt } } }', { id })).toEqual({
    workflowPreview: {
      status: 'COMPLETED',
      steps: [
        { key: 'one', status: 'COMPLETED', input: { n: 1 }, output: 1, attempt: 1 },
        { key: 'two', status: 'COMPLETED', input: { one: 1 }, output: 2, attempt: 1 },
      ],
    },
  });
  expect(await user.ask('{ executions { edges { node { id } } } }')).toEqual({ executions: { edges: [] } });

  const broken = await user.ask(mutation, { input: { definition: { inputs: [], steps: [steps[1]] } } });
  expect(broken).toMatchObject({ previewWorkflow: { id: null, findings: [{ field: 'steps.0.inputs.0.from', stepKey: 'two' }], steps: [] } });
});
