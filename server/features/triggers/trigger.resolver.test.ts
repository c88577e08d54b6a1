import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let ada: User;
let workflowId: string;

const created = z.object({ id: z.string() });
const firedSchema = z.object({
  delivery: z.object({ id: z.string(), verdict: z.string(), state: z.string().nullable(), reason: z.string().nullable(), launchError: z.string().nullable(), attempts: z.number(), duplicateOfId: z.string().nullable() }),
  execution: z.object({ id: z.string(), status: z.string(), inputs: z.unknown(), trigger: z.string() }).nullable(),
});
const firedFields = 'delivery { id verdict state reason launchError attempts duplicateOfId } execution { id status inputs trigger }';

beforeAll(async () => {
  server = await startTestServer();
  ada = await signUpUser(server);
  workflowId = await createWorkflow('Greet', { expression: '"Hello " & name' });
});
afterAll(() => server.stop());

async function createWorkflow(name: string, settings: unknown): Promise<string> {
  const definition = {
    inputs: [{ name: 'name', type: 'STRING', required: true }, { name: 'times', type: 'NUMBER', required: false }],
    steps: [{ key: 'say', name: 'Say', type: 'TRANSFORM', inputs: [{ name: 'name', from: 'inputs.name' }], settings }],
  };
  const { createWorkflow: made } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name, definition } });
  return created.parse(made).id;
}

async function createTrigger(input: Record<string, unknown> = {}): Promise<string> {
  const { createTrigger: made } = await ada.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { trigger { id } } }', {
    input: { workflowId, type: 'MANUAL', name: 'By hand', ...input },
  });
  return z.object({ trigger: created }).parse(made).trigger.id;
}

async function fire(triggerId: string, more: Record<string, unknown> = {}) {
  const { fireTrigger } = await ada.ask(`mutation ($input: FireTriggerInput!) { fireTrigger(input: $input) { ${firedFields} } }`, { input: { triggerId, payload: { name: 'Ada' }, ...more } });
  return firedSchema.parse(fireTrigger);
}

async function redeliver(deliveryId: string) {
  const { redeliver: again } = await ada.ask(`mutation ($id: ID!) { redeliver(deliveryId: $id) { ${firedFields} } }`, { id: deliveryId });
  return firedSchema.parse(again);
}

async function ended(executionId: string): Promise<unknown> {
  for await (const _ of ada.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { seq } }', { id: executionId }));
  return (await ada.ask('query ($id: ID!) { execution(id: $id) { status output triggeredBy { trigger { name } delivery { id verdict } } } }', { id: executionId }))['execution'];
}

describe('firing by hand', () => {
  test('launches the workflow with what was mapped, and the run tells what launched it', async () => {
    const triggerId = await createTrigger({ name: 'Greeter', mapping: [{ name: 'name', from: 'payload.customer.name' }, { name: 'times', from: 'payload.n' }] });
    const { delivery, execution } = await fire(triggerId, { payload: { customer: { name: 'Grace' }, n: '3' } });
    expect(delivery).toMatchObject({ verdict: 'ACCEPTED', state: 'LAUNCHED', attempts: 1 });
    expect(execution).toMatchObject({ inputs: { name: 'Grace', times: 3 }, trigger: 'MANUAL' });
    expect(await ended(execution?.id ?? '')).toEqual({
      status: 'COMPLETED',
      output: 'Hello Grace',
      triggeredBy: { trigger: { name: 'Greeter' }, delivery: { id: delivery.id, verdict: 'ACCEPTED' } },
    });
  });

  test('its runs, and no others, are listed by the trigger, which says when it last fired', async () => {
    const [triggerId, otherId] = [await createTrigger(), await createTrigger()];
    const runs = [await fire(triggerId), await fire(triggerId), await fire(otherId)].map(({ execution }) => execution?.id);
    const document = 'query ($id: ID!) { executions(filter: { triggerId: $id }) { edges { node { id } } } trigger(id: $id) { lastFiredAt lastDelivery { receivedAt } } }';
    const { executions, trigger } = await ada.ask(document, { id: triggerId });
    expect(executions).toEqual({ edges: [{ node: { id: runs[1] } }, { node: { id: runs[0] } }] });
    expect(trigger).toEqual({ lastFiredAt: expect.any(String), lastDelivery: { receivedAt: z.object({ lastFiredAt: z.string() }).parse(trigger).lastFiredAt } });
  });

  test('with one idempotency key launches one run, and keeps the others as duplicates of the first', async () => {
    const triggerId = await createTrigger();
    const fired = await Promise.all(Array.from({ length: 5 }, () => fire(triggerId, { idempotencyKey: 'order 7' })));
    expect(new Set(fired.map(({ execution }) => execution?.id)).size).toBe(1);
    const first = fired.find(({ delivery }) => delivery.verdict === 'ACCEPTED');
    const others = fired.filter(({ delivery }) => delivery.verdict === 'DUPLICATE');
    expect(others).toHaveLength(4);
    for (const { delivery } of others) expect(delivery.duplicateOfId).toBe(first?.delivery.id);
  });

  test('while it is paused launches nothing and keeps what came; trying it out launches all the same', async () => {
    const triggerId = await createTrigger({ active: false });
    expect(await fire(triggerId)).toMatchObject({ delivery: { verdict: 'PAUSED' }, execution: null });
    expect(await fire(triggerId, { test: true })).toMatchObject({ delivery: { verdict: 'ACCEPTED' } });
  });

  test('more often than its limit is refused for the rest of the minute', async () => {
    const triggerId = await createTrigger({ ratePerMinute: 2 });
    const verdicts = [await fire(triggerId), await fire(triggerId), await fire(triggerId)].map(({ delivery }) => delivery.verdict);
    expect(verdicts).toEqual(['ACCEPTED', 'ACCEPTED', 'RATE_LIMITED']);
  });
});

describe('a launch that fails', () => {
  test('for its inputs is dead at once, and can be delivered again when the mapping is mended', async () => {
    const triggerId = await createTrigger();
    const { delivery } = await fire(triggerId, { payload: { nobody: 1 } });
    expect(delivery).toMatchObject({ verdict: 'ACCEPTED', state: 'DEAD', attempts: 1 });
    expect(delivery.launchError).toContain('input.inputs.name');
    await ada.ask('mutation ($input: UpdateTriggerInput!) { updateTrigger(input: $input) { id } }', { input: { id: triggerId, mapping: [{ name: 'name', value: 'nobody' }] } });
    expect(await redeliver(delivery.id)).toMatchObject({ delivery: { id: delivery.id, state: 'LAUNCHED', attempts: 2, launchError: null }, execution: { inputs: { name: 'nobody' } } });
  });

  test('for another reason waits to be tried again', async () => {
    const triggerId = await createTrigger({ branch: 'nowhere' });
    const { delivery } = await fire(triggerId);
    expect(delivery).toMatchObject({ verdict: 'ACCEPTED', state: 'RETRYING', attempts: 1 });
    expect(delivery.launchError).toContain('No prompt of this workflow has a branch named "nowhere"');
  });
});

describe('overlaps', () => {
  const slow = { inputs: [], steps: [{ key: 'wait', name: 'Wait', type: 'DELAY', inputs: [], settings: { durationMs: 60_000 } }] };
  const slowTrigger = async (name: string, overlap: string) => {
    const { createWorkflow: made } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name, definition: slow } });
    return createTrigger({ workflowId: created.parse(made).id, overlap });
  };

  test('SKIP launches nothing while a run is under way, and says why', async () => {
    const triggerId = await slowTrigger('Slow, skipping', 'SKIP');
    const fired = await Promise.all([fire(triggerId), fire(triggerId), fire(triggerId)]);
    expect(fired.map(({ delivery }) => delivery.verdict).toSorted()).toEqual(['ACCEPTED', 'SKIPPED', 'SKIPPED']);
    expect(fired.find(({ delivery }) => delivery.verdict === 'SKIPPED')?.delivery.reason).toBe('Skipped, since a run of this trigger is still under way.');
  });

  test('QUEUE lets the next run begin when the one before has ended', async () => {
    const triggerId = await slowTrigger('Slow, queueing', 'QUEUE');
    const [first, second] = [await fire(triggerId), await fire(triggerId)];
    const events = ada.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id) { type } }', { id: second.execution?.id });
    const types: unknown[] = [];
    const reading = (async () => {
      for await (const event of events) {
        types.push(z.object({ executionEvents: z.object({ type: z.string() }) }).parse(event.data).executionEvents.type);
        if (types.includes('EXECUTION_STARTED')) return;
      }
    })();
    expect(await ada.ask('query ($id: ID!) { execution(id: $id) { status } }', { id: second.execution?.id })).toEqual({ execution: { status: 'QUEUED' } });
    await ada.ask('mutation ($id: ID!) { cancelExecution(id: $id) { id } }', { id: first.execution?.id });
    await reading;
    expect(types).toContain('EXECUTION_STARTED');
  });
});

test('two people who change a trigger do not write over each other', async () => {
  const triggerId = await createTrigger();
  const update = (input: Record<string, unknown>) => ada.ask('mutation ($input: UpdateTriggerInput!) { updateTrigger(input: $input) { name revision } }', { input: { id: triggerId, ...input } });
  expect(await update({ name: 'First', expectedRevision: 1 })).toEqual({ updateTrigger: { name: 'First', revision: 2 } });
  await expect(update({ name: 'Second', expectedRevision: 1 })).rejects.toThrow('First was changed since you began');
});

test('what is wrong with a trigger is told by field', async () => {
  const bad = createTrigger({ name: ' ', maxRuns: 0, branch: 'a', promptLabel: 'b', mapping: [{ name: 'who', from: 'payload.x' }, { name: 'name', from: 'cookies.x' }] });
  await expect(bad).rejects.toThrow(/input\.name.*input\.maxRuns.*input\.promptLabel.*input\.mapping\.0\.name.*input\.mapping\.1\.from/s);
});

test('deliveries are found by what was in them, and by what became of them', async () => {
  const triggerId = await createTrigger({ name: 'Searched' });
  await fire(triggerId, { payload: { name: 'Needle in a haystack' } });
  await fire(triggerId, { payload: { name: 'hay' } });
  await fire(triggerId, { payload: {} });
  const count = async (filter: Record<string, unknown>) => {
    const { deliveries } = await ada.ask('query ($filter: DeliveryFilter) { deliveries(filter: $filter) { edges { node { id body bodyBytes trigger { name } execution { id } } } } }', { filter: { triggerId, ...filter } });
    return z.object({ edges: z.array(z.unknown()) }).parse(deliveries).edges.length;
  };
  expect(await count({})).toBe(3);
  expect(await count({ search: 'Needle' })).toBe(1);
  expect(await count({ state: 'DEAD' })).toBe(1);
  expect(await count({ verdicts: ['ACCEPTED'], state: 'LAUNCHED' })).toBe(2);
  expect(await count({ to: '2020-01-01T00:00:00Z' })).toBe(0);
});

test('a deleted trigger is gone, and its deliveries are kept', async () => {
  const triggerId = await createTrigger();
  const { delivery } = await fire(triggerId);
  await ada.ask('mutation ($id: ID!) { deleteTrigger(id: $id) { id } }', { id: triggerId });
  await expect(fire(triggerId)).rejects.toThrow('There is no such trigger');
  expect(await ada.ask('query ($id: ID!) { delivery(id: $id) { trigger { name } } }', { id: delivery.id })).toEqual({ delivery: { trigger: { name: 'By hand' } } });
});
