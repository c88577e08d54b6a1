import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { CuttableLink } from '../../testing/cuttable-link.js';
import { FaultServer } from '../../testing/faults/fault-server.js';
import { createLedgerWorkflow, eventsOf, expectNothingLostOrDoubled, readExecution, startLedgerRun } from '../../testing/faults/ledger-run.js';

const leaseMs = 1_000;
const outageMs = 20_000;

let server: FaultServer;
let link: CuttableLink | undefined;

afterEach(async () => {
  await server.stop();
  await link?.dispose();
  link = undefined;
});

/** On PostgreSQL by a link that can be cut. */
async function start(): Promise<string> {
  server = await FaultServer.start(async (config) => {
    if (config.engine === 'sqlite') return config;
    const url = new URL(config.url);
    link = await CuttableLink.to(Number(url.port || 5_432));
    url.host = new URL(link.url).host;
    return { ...config, url: url.toString() };
  });
  return createLedgerWorkflow(server.user, server.ledger.url);
}

/** Whoever is told that it went wrong asks again with the same key. */
async function startStubbornly(workflowId: string, run: string): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await startLedgerRun(server.user, workflowId, run);
    } catch (error) {
      if (tries === 10) throw error;
    }
  }
}

async function allEnd(runs: ReadonlyMap<string, string>): Promise<void> {
  for (const [run, executionId] of runs) await expectNothingLostOrDoubled(server.user, server.ledger, executionId, run);
}

test('a step that takes its process down with it is given up after some claims, with the reason, and the rest of the runs go on', async () => {
  const workflowId = await start();
  const claims = 5;
  // Its effect reaches the world, and then the process is gone.
  let deaths = 0;
  server.ledger.next('/charge', ...Array.from({ length: claims }, () => async () => void (await server.kill(), deaths++)));
  const poison = await startLedgerRun(server.user, workflowId, 'poison');
  for (let claim = 1; claim <= claims; claim++) {
    await server.ledger.entered('/charge', claim);
    await server.restart();
  }
  const healthy = await startLedgerRun(server.user, workflowId, 'healthy');

  const events = await eventsOf(server.user, poison);
  expect(deaths).toBe(claims);
  expect(events.at(-1)?.type).toBe('EXECUTION_FAILED');
  const { status, error } = await readExecution(server.user, poison);
  expect(status).toBe('FAILED');
  expect(error?.code).toBe('INTERRUPTED');
  await expectNothingLostOrDoubled(server.user, server.ledger, healthy, 'healthy');
  expect(new Set(server.ledger.effects.filter(({ path, body }) => path === '/charge' && body.includes('poison')).map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
}, 60_000);

test('an effect whose answer was lost is asked for again with the same key', async () => {
  const workflowId = await start();
  server.ledger.next('/charge', (_effect, response) => void response.destroy(), (_effect, response) => void response.writeHead(503).end());
  const executionId = await startLedgerRun(server.user, workflowId, 'lost');
  const events = await eventsOf(server.user, executionId);
  expect(events.at(-1)?.type).toBe('EXECUTION_COMPLETED');
  const charges = server.ledger.effects.filter(({ path }) => path === '/charge');
  expect(charges).toHaveLength(3);
  expect(new Set(charges.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
}, 60_000);

test('a process that was stopped past its lease and then wakes writes nothing over what was done meanwhile', async () => {
  const workflowId = await start();
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  server.ledger.next('/charge', async (_effect, response) => {
    await held;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"late":true}');
  });
  const executionId = await startLedgerRun(server.user, workflowId, 'stopped');
  await server.ledger.entered('/charge', 1);
  await server.process.signal('SIGSTOP');
  const other = server.database.config.engine === 'postgres' ? await server.another() : undefined;
  // SQLite is one process's: there its own sweep finds that the lease has run out, if it comes before the heartbeat.
  const before = other ? await eventsOf(other.user, executionId) : await pass(2 * leaseMs, undefined);
  await server.process.signal('SIGCONT');
  release();

  await expectNothingLostOrDoubled(server.user, server.ledger, executionId, 'stopped');
  if (before) expect(await eventsOf(server.user, executionId)).toEqual(before);
  await other?.process.end('SIGTERM');
}, 60_000);

test('runs wait out a database that is gone for 20 s', async () => {
  const workflowId = await start();
  const runs = new Map<string, string>();
  for (let index = 0; index < 5; index++) runs.set(`outage ${index}`, await startLedgerRun(server.user, workflowId, `outage ${index}`));
  await server.ledger.entered('/charge', 2);
  const end = takeDatabaseAway();
  await pass(outageMs);
  end();
  await allEnd(runs);
}, 120_000);

/** @returns how to bring it back */
function takeDatabaseAway(): () => void {
  if (server.database.config.engine === 'postgres') {
    link?.cut();
    return () => link?.mend();
  }
  const holder = new Sqlite(server.database.config.file, { timeout: 10_000 });
  holder.exec('BEGIN IMMEDIATE');
  return () => void (holder.exec('ROLLBACK'), holder.close());
}

test('runs go on after all connections to the database were broken again and again, as by restarts', async () => {
  const workflowId = await start();
  const runs = new Map<string, string>();
  for (let index = 0; index < 10; index++) {
    const run = `restart ${index}`;
    runs.set(run, await startStubbornly(workflowId, run));
    await server.ledger.entered('/charge', index + 1);
    const end = takeDatabaseAway();
    end();
  }
  await allEnd(runs);
}, 120_000);
