import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { FaultServer } from '../../../testing/faults/fault-server.js';
import { eventsOf } from '../../../testing/faults/ledger-run.js';

const idSchema = z.object({ made: z.object({ id: z.string() }) });
const deliveriesSchema = z.object({ deliveries: z.object({ edges: z.array(z.object({ node: z.object({ verdict: z.string(), execution: z.object({ id: z.string() }).nullable() }) })) }) });

let server: FaultServer;
let failing: string;
let alarm: string;

async function createWorkflow(name: string, steps: object[]): Promise<string> {
  const input = { name, definition: { inputs: [{ name: 'failed', type: 'STRING', required: false }], steps } };
  return idSchema.parse(await server.user.ask('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input })).made.id;
}

beforeAll(async () => {
  server = await FaultServer.start();
  failing = await createWorkflow('Fails', [{ key: 'fail', name: 'Fail', type: 'TRANSFORM', settings: { expression: '$error("No")' } }]);
  const settings = { method: 'POST', url: `${server.ledger.url}/alarm`, body: { type: 'JSON', template: '{{ failed | json }}' } };
  const workflowId = await createWorkflow('Raises the alarm', [{ key: 'call', name: 'Call', type: 'WEBHOOK', settings, inputs: [{ name: 'failed', from: 'inputs.failed' }] }]);
  const input = { workflowId, type: 'EVENT', name: 'Alarm', settings: { type: 'execution.failed' }, mapping: [{ name: 'failed', from: 'payload.execution.id' }] };
  const { createTrigger } = await server.user.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { trigger { id } } }', { input });
  alarm = z.object({ trigger: z.object({ id: z.string() }) }).parse(createTrigger).trigger.id;
}, 60_000);

afterAll(() => server.stop());

async function alarms(): Promise<{ verdict: string; execution: { id: string } | null }[]> {
  const document = 'query ($id: ID!) { deliveries(filter: { triggerId: $id }, first: 50) { edges { node { verdict execution { id } } } } }';
  return deliveriesSchema.parse(await server.user.ask(document, { id: alarm })).deliveries.edges.map(({ node }) => node);
}

async function alarmOf(count: number): Promise<string> {
  for (;;) {
    const raised = (await alarms()).filter(({ verdict }) => verdict === 'ACCEPTED');
    expect(raised.length).toBeLessThanOrEqual(count);
    if (raised.length === count) return raised[0]?.execution?.id ?? '';
    await pass(20);
  }
}

async function startFailing(idempotencyKey: string): Promise<string> {
  const input = { workflowId: failing, idempotencyKey };
  return idSchema.parse(await server.user.ask('mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }', { input })).made.id;
}

/** Undefined where the process died meanwhile. */
async function throughAlarm(run: string, count: number): Promise<'survived' | undefined> {
  try {
    await eventsOf(server.user, await startFailing(run));
    await eventsOf(server.user, await alarmOf(count));
    return await server.disarm().then(() => 'survived');
  } catch {
    return undefined;
  }
}

/** The process dies at the first commit, the next one at the second of another run, until neither a run nor its alarm has one left. */
test('killed after any commit of a run that fails, or of its alarm, the alarm is raised once', async () => {
  for (let at = 1, survived = false; !survived; at++) {
    await server.armKill(at, 'after');
    survived = (await throughAlarm(`run ${at}`, at)) === 'survived';
    if (!survived) await server.restart();
    const id = await startFailing(`run ${at}`);
    expect((await eventsOf(server.user, id)).at(-1)?.type).toBe('EXECUTION_FAILED');
    expect((await eventsOf(server.user, await alarmOf(at))).at(-1)?.type).toBe('EXECUTION_COMPLETED');
    const keys = server.ledger.effects.filter(({ path, body }) => path === '/alarm' && body === JSON.stringify(id)).map(({ idempotencyKey }) => idempotencyKey);
    expect(new Set(keys).size).toBe(1);
    if (survived) expect(at).toBeGreaterThan(4);
  }
}, 300_000);
