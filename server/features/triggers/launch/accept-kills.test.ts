import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { FaultServer } from '../../../testing/faults/fault-server.js';
import { createLedgerWorkflow, expectNothingLostOrDoubled } from '../../../testing/faults/ledger-run.js';

let server: FaultServer;
let triggerId: string;

const firedSchema = z.object({ fireTrigger: z.object({ execution: z.object({ id: z.string() }) }) });
const storedSchema = z.object({ deliveries: z.object({ edges: z.array(z.object({ node: z.object({ verdict: z.string(), state: z.string().nullable(), execution: z.object({ id: z.string() }).nullable() }) })) }) });

beforeAll(async () => {
  server = await FaultServer.start();
  const workflowId = await createLedgerWorkflow(server.user, server.ledger.url);
  const input = { workflowId, type: 'MANUAL', name: 'Ledger', mapping: [{ name: 'run', from: 'payload.run' }] };
  const { createTrigger } = await server.user.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { trigger { id } } }', { input });
  triggerId = z.object({ trigger: z.object({ id: z.string() }) }).parse(createTrigger).trigger.id;
}, 60_000);

afterAll(() => server.stop());

async function fire(run: string): Promise<string> {
  const input = { triggerId, payload: { run }, idempotencyKey: run };
  return firedSchema.parse(await server.user.ask('mutation ($input: FireTriggerInput!) { fireTrigger(input: $input) { execution { id } } }', { input })).fireTrigger.execution.id;
}

/** Of the arrivals with this in their body. */
async function stored(run: string) {
  const document = 'query ($filter: DeliveryFilter) { deliveries(filter: $filter, first: 50) { edges { node { verdict state execution { id } } } } }';
  return storedSchema.parse(await server.user.ask(document, { filter: { triggerId, search: run } })).deliveries.edges.map(({ node }) => node);
}

test.each(['before', 'after'] as const)('killed %s the commit that takes an arrival in, the arrival and its run are there together or not at all', async (when) => {
  const run = `killed ${when}`;
  await server.armKill(1, when);
  await expect(fire(run)).rejects.toThrow();
  await server.restart();

  const left = await stored(run);
  expect(left.map(({ verdict, state }) => ({ verdict, state }))).toEqual(when === 'before' ? [] : [{ verdict: 'ACCEPTED', state: 'LAUNCHED' }]);
  // Whoever got no answer sends it again.
  const executionId = await fire(run);
  expect(left.every(({ execution }) => execution?.id === executionId)).toBe(true);
  expect((await stored(run)).filter(({ verdict }) => verdict === 'ACCEPTED')).toHaveLength(1);
  await expectNothingLostOrDoubled(server.user, server.ledger, executionId, run);
}, 120_000);
