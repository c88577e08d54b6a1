import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { FaultServer } from '../../../testing/faults/fault-server.js';

const idSchema = z.object({ id: z.string() });
const launchedSchema = z.object({ executionId: z.string(), url: z.string(), events: z.string() });

let server: FaultServer;
let key: string;
let path: string;

beforeAll(async () => {
  server = await FaultServer.start();
  const definition = { inputs: [], steps: [{ key: 'wait', name: 'Wait', type: 'DELAY', settings: { durationMs: 13_000 } }] };
  const { createWorkflow } = await server.user.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Slow', definition } });
  const input = { workflowId: idSchema.parse(createWorkflow).id, type: 'API', name: 'Slow' };
  const { createTrigger } = await server.user.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { trigger { id } } }', { input });
  path = `/triggers/${z.object({ trigger: idSchema }).parse(createTrigger).trigger.id}`;
  const { createApiKey } = await server.user.ask('mutation { createApiKey(input: { name: "Shop" }) { secret } }');
  key = z.object({ secret: z.string() }).parse(createApiKey).secret;
}, 60_000);

afterAll(() => server.stop());

const ask = (at: string, method = 'GET', headers: Record<string, string> = {}) => fetch(server.process.url + at, { method, headers: { authorization: `Bearer ${key}`, ...headers } });

test('a server that is stopped waits for nobody longer than its limit, and the next one goes on with what they waited for', async () => {
  const { url, events, executionId } = launchedSchema.parse(await (await ask(path, 'POST')).json());
  const stream = await ask(events);
  const followed = stream.text().catch(() => 'cut off');
  const waited = ask(`${url}?wait=60`).then(async (response) => response.status === 202 || (await response.text()), () => 'cut off');
  const began = performance.now();
  expect(await server.process.end('SIGTERM')).toBe(0);
  expect(performance.now() - began).toBeLessThan(15_000);
  expect([true, 'cut off']).toContain(await waited);
  expect(await followed).not.toContain('EXECUTION_COMPLETED');

  await server.restart();
  expect(await (await ask(`${url}?wait=30`)).json()).toMatchObject({ executionId, status: 'COMPLETED' });
  const again = await (await ask(events, 'GET', { 'last-event-id': '1' })).text();
  expect(again).not.toContain('id: 1\n');
  expect(again).toContain('event: EXECUTION_COMPLETED');
}, 60_000);
