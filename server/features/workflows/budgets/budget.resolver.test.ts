import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

let server: TestServer;
let user: Awaited<ReturnType<typeof signUpUser>>;

const created = z.object({ id: z.string() });
const fields = 'id period limitUsd spentUsd reservedUsd leftUsd resetsAt workflow { name }';
const setBudget = `mutation ($input: SetBudgetInput!) { setBudget(input: $input) { ${fields} } }`;
const model = 'simulated/instant';
const runPrompt = 'mutation ($input: RunPromptInput!) { runPrompt(input: $input) { status cost error { code message } } }';

beforeAll(async () => {
  server = await startTestServer();
  user = await signUpUser(server);
});
afterAll(() => server.stop());

async function createPrompt(name: string) {
  const input = { name, kind: 'TEXT', messages: [{ role: 'USER', content: 'Summarise: Cats sleep.' }], settings: { model, maxOutputTokens: 10 } };
  return z.object({ createPrompt: z.object({ id: z.string(), head: created }) }).parse(await user.ask('mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { id head { id } } }', { input })).createPrompt;
}

async function createWorkflow(promptId: string) {
  const definition = { inputs: [], steps: [{ key: 'say', name: 'Say', type: 'PROMPT', settings: { promptId } }] };
  return created.parse((await user.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Digest', definition } })).createWorkflow).id;
}

test('A budget is set, seen with what is left of it, changed and removed', async () => {
  const workflowId = await createWorkflow((await createPrompt('One')).id);
  const made = z.object({ setBudget: z.looseObject({ id: z.string() }) }).parse(await user.ask(setBudget, { input: { workflowId, period: 'DAY', limitUsd: 5 } }));
  expect(made).toEqual({ setBudget: { id: expect.any(String), period: 'DAY', limitUsd: 5, spentUsd: 0, reservedUsd: 0, leftUsd: 5, resetsAt: expect.stringMatching(/T00:00:00/), workflow: { name: 'Digest' } } });
  await user.ask(setBudget, { input: { workflowId, period: 'DAY', limitUsd: 6 } });
  await user.ask(setBudget, { input: { period: 'MONTH', limitUsd: 100 } });
  expect(await user.ask(`{ budgets { ${fields} } }`)).toMatchObject({ budgets: [{ period: 'MONTH', limitUsd: 100, workflow: null }, { id: made.setBudget.id, limitUsd: 6 }] });
  await user.ask('mutation ($id: ID!) { removeBudget(id: $id) { id } }', { id: made.setBudget.id });
  expect(await user.ask('{ budgets { period } }')).toEqual({ budgets: [{ period: 'MONTH' }] });
});

test.each([
  [{ limitUsd: 0 }, 'input.limitUsd'],
  [{ limitUsd: -1 }, 'input.limitUsd'],
  [{ limitUsd: 1e12 }, 'input.limitUsd'],
])('%j is refused at %s', async (change, field) => {
  const { errors } = await user.client.query(setBudget, { input: { period: 'DAY', ...change } }, { token: user.token });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
});

test('A run of a prompt by itself counts for the workspace and its version, and is refused like any other', async () => {
  const { head } = await createPrompt('Two');
  const input = { source: { versionId: head.id } };
  await user.ask('mutation ($input: SetModelPriceInput!) { setModelPrice(input: $input) { model } }', { input: { model, input: 0, output: 1_000_000 } });
  await user.ask(setBudget, { input: { period: 'MONTH', limitUsd: 11 } });
  expect(await user.ask(runPrompt, { input })).toEqual({ runPrompt: { status: 'COMPLETED', cost: 3, error: null } });
  expect(await user.ask(runPrompt, { input })).toMatchObject({ runPrompt: { status: 'FAILED', cost: 0, error: { code: 'BUDGET_EXCEEDED', message: expect.stringContaining('$8.00 is left of the $11.00 that this workspace may spend') } } });
  expect(await user.ask('{ budgets { spentUsd reservedUsd leftUsd } }')).toEqual({ budgets: [{ spentUsd: 3, reservedUsd: 0, leftUsd: 8 }] });
  const day = new Date().toISOString();
  const spending = `query ($id: ID!, $from: DateTime, $to: DateTime) { promptVersion(id: $id) { spending(from: $from, to: $to) { spentUsd reservedUsd } } }`;
  expect(await user.ask(spending, { id: head.id, from: day, to: day })).toEqual({ promptVersion: { spending: { spentUsd: 3, reservedUsd: 0 } } });
  expect(await user.ask(spending, { id: head.id, to: '2026-01-01T00:00:00Z' })).toEqual({ promptVersion: { spending: { spentUsd: 0, reservedUsd: 0 } } });
});

test('What a workflow spends is told for days and of all time', async () => {
  await user.ask(setBudget, { input: { period: 'MONTH', limitUsd: 1_000 } });
  const id = z.object({ workflows: z.object({ edges: z.tuple([z.object({ node: created })]) }) }).parse(await user.ask('{ workflows { edges { node { id } } } }')).workflows.edges[0].node.id;
  const { executeWorkflow } = await user.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id });
  for await (const { data } of user.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { type } }', { id: created.parse(executeWorkflow).id })) {
    if (JSON.stringify(data).includes('EXECUTION_COMPLETED')) break;
  }
  expect(await user.ask('query ($id: ID!, $day: DateTime) { workflow(id: $id) { spending { spentUsd } today: spending(from: $day) { spentUsd } } }', { id, day: new Date().toISOString() })).toEqual({
    workflow: { spending: { spentUsd: 3 }, today: { spentUsd: 3 } },
  });
});
