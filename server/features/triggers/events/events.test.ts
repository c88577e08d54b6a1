import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let ada: User;
let workflows = 0;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const created = z.object({ id: z.string() });
const emitted = z.object({ emitEvent: z.object({ id: z.string(), deliveries: z.array(z.object({ verdict: z.string(), trigger: created, execution: created.nullable() })) }) });
const fed = z.object({ deliveryFeed: z.object({ verdict: z.string(), reason: z.string().nullable(), execution: created.nullable() }) });

async function createWorkflow(expression: string): Promise<string> {
  const steps = [{ key: 'one', name: 'One', type: 'TRANSFORM', inputs: [{ name: 'it', from: 'inputs.it' }], settings: { expression } }];
  const input = { name: `Work ${++workflows}`, definition: { inputs: [{ name: 'it', type: 'JSON', required: false }], steps } };
  const { createWorkflow: made } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input });
  return created.parse(made).id;
}

async function createTrigger(workflowId: string, settings: Record<string, unknown>, from = 'payload'): Promise<string> {
  const input = { workflowId, type: 'EVENT', name: 'On event', settings, mapping: [{ name: 'it', from }] };
  const { createTrigger: made } = await ada.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { trigger { id } } }', { input });
  return z.object({ trigger: created }).parse(made).trigger.id;
}

async function emit(input: Record<string, unknown>): Promise<z.infer<typeof emitted>['emitEvent']> {
  return emitted.parse(await ada.ask('mutation ($input: EmitEventInput!) { emitEvent(input: $input) { id deliveries { verdict trigger { id } execution { id } } } }', { input })).emitEvent;
}

const outputSchema = z.object({ execution: z.object({ status: z.string(), trigger: z.string(), output: z.json() }) });

async function outcomeOf(id: string): Promise<z.infer<typeof outputSchema>['execution']> {
  for await (const _ of ada.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { seq } }', { id }));
  return outputSchema.parse(await ada.ask('query ($id: ID!) { execution(id: $id) { status trigger output } }', { id })).execution;
}

/** The deliveries of a trigger, newest first, once there are that many. */
async function deliveriesOf(triggerId: string, count: number): Promise<z.infer<typeof fed>['deliveryFeed'][]> {
  const list = z.object({ deliveries: z.object({ edges: z.array(z.object({ node: fed.shape.deliveryFeed })) }) });
  for (;;) {
    const { deliveries } = list.parse(await ada.ask('query ($id: ID!) { deliveries(filter: { triggerId: $id }) { edges { node { verdict reason execution { id } } } } }', { id: triggerId }));
    if (deliveries.edges.length >= count) return deliveries.edges.map(({ node }) => node);
    await pass(20);
  }
}

test('an event launches each workflow whose pattern and filter it fits, and with the same key nothing twice', async () => {
  ada = await signUpUser(server);
  const workflowId = await createWorkflow('it.total * 2');
  const wanted = await createTrigger(workflowId, { type: 'order.*', filter: 'payload.total > 10' });
  await createTrigger(workflowId, { type: 'order.*', filter: 'payload.total > 1000' });
  await createTrigger(workflowId, { type: 'refund.*' });
  const first = await emit({ type: 'order.paid', payload: { total: 21 }, idempotencyKey: 'order-1' });
  expect(first.deliveries).toMatchObject([{ verdict: 'ACCEPTED', trigger: { id: wanted } }]);
  expect(await outcomeOf(first.deliveries[0]?.execution?.id ?? '')).toEqual({ status: 'COMPLETED', trigger: 'EVENT', output: 42 });
  const again = await emit({ type: 'order.paid', payload: { total: 21 }, idempotencyKey: 'order-1' });
  expect(again).toMatchObject({ id: first.id, deliveries: [{ verdict: 'DUPLICATE', execution: first.deliveries[0]?.execution }] });
  expect((await emit({ type: 'order.paid', payload: { total: 3 } })).deliveries).toEqual([]);
});

test("the product's own events can not be emitted, nor can what is no type", async () => {
  ada = await signUpUser(server);
  for (const type of ['execution.failed', 'schedule.late', 'a b', '']) await expect(emit({ type })).rejects.toThrow('BAD_USER_INPUT');
});

test('a filter that fails on an event is said to have failed', async () => {
  ada = await signUpUser(server);
  const triggerId = await createTrigger(await createWorkflow('1'), { type: '*', filter: '$number(payload.total) > 1' });
  expect((await emit({ type: 'order.paid', payload: { total: 'none' } })).deliveries).toMatchObject([{ verdict: 'SKIPPED', trigger: { id: triggerId } }]);
});

test('a run that fails launches the workflow that raises the alarm, with what failed', async () => {
  ada = await signUpUser(server);
  const failing = await createWorkflow('$error("No such luck")');
  const alarm = await createTrigger(await createWorkflow('it.error.message'), { type: 'execution.failed', filter: `payload.execution.workflowId = "${failing}"` });
  await ada.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: failing });
  const [delivery] = await deliveriesOf(alarm, 1);
  expect(delivery).toMatchObject({ verdict: 'ACCEPTED' });
  expect(await outcomeOf(delivery?.execution?.id ?? '')).toMatchObject({ status: 'COMPLETED', output: expect.stringContaining('No such luck') });
});

test('a workflow whose runs launch itself is cut after eight, with the reason', async () => {
  ada = await signUpUser(server);
  const workflowId = await createWorkflow('1');
  const triggerId = await createTrigger(workflowId, { type: 'execution.completed' });
  await ada.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: workflowId });
  const deliveries = await deliveriesOf(triggerId, 9);
  expect(deliveries.map(({ verdict }) => verdict)).toEqual(['SKIPPED', ...Array.from({ length: 8 }, () => 'ACCEPTED')]);
  expect(deliveries[0]?.reason).toContain('looks like a loop');
});

test('a launch that is given up raises the alarm, with the reason', async () => {
  ada = await signUpUser(server);
  const steps = [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }];
  const input = { name: 'Strict', definition: { inputs: [{ name: 'it', type: 'NUMBER' }], steps } };
  const strict = created.parse((await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input })).createWorkflow);
  const alarm = await createTrigger(await createWorkflow('it.name & ": " & it.error'), { type: 'trigger.failed' });
  const failing = await createTrigger(strict.id, { type: 'order.*' }, 'payload.total');
  await emit({ type: 'order.paid', payload: { total: 'a lot' } });
  const [delivery] = await deliveriesOf(alarm, 1);
  expect(await outcomeOf(delivery?.execution?.id ?? '')).toMatchObject({ status: 'COMPLETED', output: expect.stringMatching(/^On event: .*number/) });
  expect(await deliveriesOf(failing, 1)).toMatchObject([{ verdict: 'ACCEPTED', execution: null }]);
});

test('a label that moves launches what waits for it', async () => {
  ada = await signUpUser(server);
  const triggerId = await createTrigger(await createWorkflow('it'), { type: 'prompt.label.*' }, 'payload.label');
  const { createPrompt } = await ada.ask('mutation { createPrompt(input: { name: "Greeting", kind: TEXT, messages: [{ role: USER, content: "Hello" }] }) { id head { id } } }');
  const { id, head } = created.extend({ head: created }).parse(createPrompt);
  await ada.ask('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', { input: { promptId: id, versionId: head.id, name: 'production' } });
  const [delivery] = await deliveriesOf(triggerId, 1);
  expect(await outcomeOf(delivery?.execution?.id ?? '')).toMatchObject({ output: 'production' });
});
