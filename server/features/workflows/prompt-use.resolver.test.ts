import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const created = z.object({ id: z.string() });

test('a prompt names the steps that run it, with their workflows', async () => {
  const ada = await signUpUser(server);
  const { createPrompt } = await ada.ask('mutation { createPrompt(input: { name: "Greeting", kind: TEXT, messages: [{ role: USER, content: "Hello" }] }) { id } }');
  const promptId = created.parse(createPrompt).id;
  const step = { key: 'greet', name: 'Greet them', type: 'PROMPT', settings: { promptId } };
  await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Welcome', definition: { inputs: [], steps: [step] } } });
  expect(await ada.ask('query ($id: ID!) { prompt(id: $id) { usedBy { stepKey stepName workflow { name } } } }', { id: promptId })).toEqual({
    prompt: { usedBy: [{ stepKey: 'greet', stepName: 'Greet them', workflow: { name: 'Welcome' } }] },
  });
});
