import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';
import { startPostgres } from '../scripts/local-postgres.mjs';
import { openDatabase } from '../server/database/open-database.js';
import { projectRoot } from '../server/project-root.js';
import { startServerProcess } from '../server/testing/server-process.js';
import { createEmptyDatabase } from '../server/testing/test-database.js';
import { inWords, type Measured, type Spread, spreadOf } from './statistics.js';
import { createChain, signUp } from './workload.js';

const idleRequests = 300;
const clients = 20;
// With those before it fewer than the runs that a workspace keeps of a workflow.
const floodRequests = 9_000;

const sentSchema = z.object({ tookMs: z.number(), times: z.array(z.number()), executionIds: z.array(z.string()) });
const triggerSchema = z.object({ made: z.object({ secret: z.string(), trigger: z.object({ id: z.string() }) }) });
const startSchema = z.object({ execution: z.object({ triggeredBy: z.object({ delivery: z.object({ receivedAt: z.iso.datetime() }) }), steps: z.tuple([z.object({ startedAt: z.iso.datetime().nullable() })]) }) });

interface Intake {
  /** What a process does that stores the same and runs nothing. */
  floorPerSecond: number;
  answerMs: Spread;
  firstStepMs: Spread;
  acceptedPerSecond: number;
  floodAnswerMs: Spread;
}

/** Webhooks as their senders see them, each launching a run of one step, on each database. */
export async function measureWebhooks(): Promise<Measured> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given === undefined ? await startPostgres({ durable: true }) : { url: given, stop: async () => undefined };
  const sqlite = await measureIntake(null);
  const postgres = await measureIntake(server.url);
  await server.stop();
  const lines = ([['SQLite', sqlite], ['PostgreSQL', postgres]] as const).flatMap(([engine, intake]): Measured['lines'] => [
    [`Webhook answered, idle, ${engine}`, inWords(intake.answerMs)],
    ['  until the first step starts', inWords(intake.firstStepMs)],
    [`Webhooks accepted a second, ${clients} clients, ${engine}`, String(intake.acceptedPerSecond)],
    ['  answered', inWords(intake.floodAnswerMs)],
    ['  stored alone, by a bare process', String(intake.floorPerSecond)],
  ]);
  return { result: { webhooks: { sqlite, postgres } }, lines };
}

async function measureIntake(postgresUrl: string | null): Promise<Intake> {
  const database = await createEmptyDatabase(postgresUrl);
  const folder = mkdtempSync(join(tmpdir(), 'promptpilot-webhooks-'));
  const databaseUrl = database.config.engine === 'postgres' ? database.config.url : `file:${database.config.file}`;
  const server = await startServerProcess({ environment: { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: databaseUrl } });
  const api = await signUp(server.url);
  const { trigger, secret } = await createWebhook(api);
  const url = `${server.url}/hooks/${trigger.id}`;
  await send({ url, secret, clients, requests: 500, pauseMs: 0 });
  const idle = await send({ url, secret, clients: 1, requests: idleRequests, pauseMs: 20 });
  const firstSteps = await Promise.all(idle.executionIds.map((id) => firstStepMs(api, id)));
  const flood = await send({ url, secret, clients, requests: floodRequests, pauseMs: 0 });
  // What was answered must be there however the server ends.
  await server.end('SIGKILL');
  await expectStored(database.config, [...idle.executionIds, ...flood.executionIds]);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
  const floorPerSecond = await measureFloor(postgresUrl, secret);
  return { floorPerSecond, answerMs: spreadOf(idle.times), firstStepMs: spreadOf(firstSteps), acceptedPerSecond: perSecond(flood), floodAnswerMs: spreadOf(flood.times) };
}

async function measureFloor(postgresUrl: string | null, secret: string): Promise<number> {
  const { config, drop } = await createEmptyDatabase(postgresUrl);
  const order = { database: config.engine === 'postgres' ? config.url : config.file, secret };
  const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'bench', 'webhook-floor-server.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`The bare process ended with ${code}.`)));
  });
  const to = { url: `${await address}/hooks/any`, secret, clients, pauseMs: 0 };
  await send({ ...to, requests: 500 });
  const flood = await send({ ...to, requests: floodRequests });
  child.kill();
  await ended;
  await drop();
  return perSecond(flood);
}

const perSecond = ({ tookMs }: { tookMs: number }) => Math.round((floodRequests * 1_000) / tookMs);

async function createWebhook(api: DemoApi): Promise<z.infer<typeof triggerSchema>['made']> {
  const workflowId = await createChain(api, 1);
  const input = { workflowId, type: 'WEBHOOK', name: 'Bench', settings: { scheme: 'GITHUB' }, mapping: [] };
  return (await api.request('mutation ($input: CreateTriggerInput!) { made: createTrigger(input: $input) { secret trigger { id } } }', { input }, triggerSchema)).made;
}

async function firstStepMs(api: DemoApi, id: string): Promise<number> {
  const { execution } = await api.request('query ($id: ID!) { execution(id: $id) { triggeredBy { delivery { receivedAt } } steps { startedAt } } }', { id }, startSchema);
  const { receivedAt } = execution.triggeredBy.delivery;
  if (execution.steps[0].startedAt === null) throw new Error(`Execution ${id} has not begun.`);
  return Date.parse(execution.steps[0].startedAt) - Date.parse(receivedAt);
}

async function send(order: { url: string; secret: string; clients: number; requests: number; pauseMs: number }): Promise<z.infer<typeof sentSchema>> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(projectRoot, 'bench', 'webhook-sender.ts'), JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });
  return sentSchema.parse(JSON.parse(await text(child.stdout)));
}

/** @throws where an execution that a sender was told of is missing, or a delivery has none */
async function expectStored(config: Parameters<typeof openDatabase>[0], executionIds: readonly string[]): Promise<void> {
  const database = await openDatabase(config);
  const deliveries = await database.prisma.delivery.findMany({ where: { verdict: 'ACCEPTED' }, select: { executionId: true } });
  const executions = new Set((await database.prisma.execution.findMany({ select: { id: true } })).map(({ id }) => id));
  await database.close();
  const launched = deliveries.map(({ executionId }) => executionId);
  if (new Set(launched).size !== deliveries.length || launched.some((id) => id === null || !executions.has(id))) throw new Error('Deliveries and executions do not fit together.');
  const missing = executionIds.filter((id) => !executions.has(id));
  if (missing.length > 0) throw new Error(`${missing.length} executions are missing that senders were told of.`);
}
