import { createHmac } from 'node:crypto';
import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { openDatabase } from '../../../database/open-database.js';
import { FaultServer } from '../../../testing/faults/fault-server.js';

const senders = 20;
const kills = 4;
const livesMs = 400;

const workflowSchema = z.object({ createWorkflow: z.object({ id: z.string() }) });
const triggerSchema = z.object({ createTrigger: z.object({ secret: z.string(), trigger: z.object({ id: z.string() }) }) });
const answerSchema = z.object({ executionId: z.string() });

let server: FaultServer;
let trigger: { url: string; secret: string };

beforeAll(async () => {
  server = await FaultServer.start();
  const definition = { inputs: [], steps: [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }] };
  const made = workflowSchema.parse(await server.user.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Taken in', definition } }));
  const input = { workflowId: made.createWorkflow.id, type: 'WEBHOOK', name: 'Hook', settings: { scheme: 'GITHUB' } };
  const { createTrigger } = triggerSchema.parse(await server.user.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { secret trigger { id } } }', { input }));
  trigger = { url: `${server.process.url}/hooks/${createTrigger.trigger.id}`, secret: createTrigger.secret };
}, 60_000);

afterAll(() => server.stop());

/** As providers do: the same again, under the same id, until it is taken. @returns the execution that the sender was told of */
async function sendStubbornly(id: string): Promise<string> {
  const body = JSON.stringify({ id });
  const signature = createHmac('sha256', trigger.secret).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-github-delivery': id, 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${signature}` };
  for (;;) {
    try {
      const response = await fetch(trigger.url, { method: 'POST', headers, body });
      if (response.status === 202) return answerSchema.parse(await response.json()).executionId;
    } catch {
      // Nobody answers while the server is down.
    }
    await pass(5);
  }
}

test(`of what ${senders} senders send while the server is killed ${kills} times, each is taken in once and launches once, as its sender was told`, async () => {
  const told = new Map<string, string>();
  let killing = true;
  const send = async (sender: number) => {
    for (let index = 0; killing; index++) {
      const id = `${sender}-${index}`;
      told.set(id, await sendStubbornly(id));
    }
  };
  const sending = Array.from({ length: senders }, (_, sender) => send(sender));
  for (let kill = 0; kill < kills; kill++) {
    await pass(Math.random() * livesMs);
    await server.restart();
  }
  killing = false;
  await Promise.all(sending);
  await server.kill();

  const database = await openDatabase(server.database.config);
  const accepted = await database.prisma.delivery.findMany({ where: { verdict: 'ACCEPTED' }, select: { dedupKey: true, executionId: true } });
  const executions = await database.prisma.execution.findMany({ select: { id: true } });
  await database.close();
  expect(told.size).toBeGreaterThanOrEqual(senders);
  expect(new Map(accepted.map(({ dedupKey, executionId }) => [dedupKey, executionId]))).toEqual(told);
  expect(accepted).toHaveLength(told.size);
  expect(new Set(executions.map(({ id }) => id))).toEqual(new Set(told.values()));
}, 120_000);
