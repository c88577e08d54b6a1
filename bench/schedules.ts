import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Database } from '../server/database/database.js';
import { openDatabase } from '../server/database/open-database.js';
import { SchedulePlan } from '../server/features/triggers/schedule/schedule-plan.js';
import { scheduleSettings } from '../server/features/triggers/schedule/schedule-settings.js';
import { OrderedIds } from '../server/ordered-ids.js';
import { residentMemory, type ServerProcess, startServerProcess } from '../server/testing/server-process.js';
import { inWords, type Measured, spreadOf } from './statistics.js';
import { createChain, execute, finish, signUp } from './workload.js';

const schedules = 10_000;
const dueAtOnce = 100;
const settleMs = 5_000;
const idleMs = 15_000;
const dueInMs = 40_000;

/** What ten thousand schedules that wait cost, and how late a hundred begin that are due at once. */
export async function measureSchedules(): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'promptpilot-bench-'));
  const start = () => startServerProcess({ environment: { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' } });
  try {
    const workflowId = await prepare(await start());
    const empty = await atRest(await start());
    const dueAt = new Date(Math.ceil((Date.now() + dueInMs) / 1_000) * 1_000);
    await inDatabase(folder, (database) => seed(database, workflowId, dueAt));
    const server = await start();
    const full = await atRest(server, false);
    await sleep(Math.max(0, dueAt.getTime() - Date.now()) + 5_000);
    await server.end('SIGTERM');
    const lags = await inDatabase(folder, (database) => lagsOf(database, dueAt));
    if (lags.length !== dueAtOnce) throw new Error(`${lags.length} of ${dueAtOnce} due times began a step.`);
    const [spread, slowest] = [spreadOf(lags), Math.max(...lags)];
    const memory = full.memoryMb - empty.memoryMb;
    return {
      result: { tenThousandSchedules: { startMs: server.startMs, startEmptyMs: empty.startMs, idleCpuPercent: full.cpuPercent, idleCpuEmptyPercent: empty.cpuPercent, memoryMb: memory, lagMs: { ...spread, slowest } } },
      lines: [
        ['Start with 10,000 schedules', `${server.startMs.toFixed(0)} ms; ${empty.startMs.toFixed(0)} ms with none`],
        ['  idle CPU', `${full.cpuPercent.toFixed(2)} %; ${empty.cpuPercent.toFixed(2)} % with none`],
        ['  memory above none', `${memory} MB`],
        ['100 due at once, until the first step starts', `${inWords(spread)}, ${slowest} ms slowest`],
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A workflow of one step, run once so that the schedules do not pay for what only the first run ever costs. */
async function prepare(server: ServerProcess): Promise<string> {
  const api = await signUp(server.url);
  const workflowId = await createChain(api, 1);
  await finish(api, await execute(api, workflowId));
  await server.end('SIGTERM');
  return workflowId;
}

async function atRest(server: ServerProcess, end = true) {
  await sleep(settleMs);
  const before = cpuMs(server.pid);
  await sleep(idleMs);
  const measured = { startMs: server.startMs, cpuPercent: ((cpuMs(server.pid) - before) / idleMs) * 100, memoryMb: residentMemory(server.pid).server };
  if (end) await server.end('SIGTERM');
  return measured;
}

/** What a process has used of a processor, as Linux counts it: in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function inDatabase<T>(folder: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ engine: 'sqlite', file: join(folder, 'promptpilot.db') });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function seed(database: Database, workflowId: string, dueAt: Date): Promise<void> {
  const workflow = await database.prisma.workflow.findUniqueOrThrow({ where: { id: workflowId } });
  const member = await database.prisma.membership.findFirstOrThrow({ where: { workspaceId: workflow.workspaceId } });
  const zones = Intl.supportedValuesOf('timeZone');
  const ids = new OrderedIds();
  const soon = `${dueAt.getUTCSeconds()} ${dueAt.getUTCMinutes()} ${dueAt.getUTCHours()} * * *`;
  const later = (index: number) => `${index % 60} ${(dueAt.getUTCHours() + 2 + (index % 20)) % 24} * * *`;
  const rows = Array.from({ length: schedules }, (_, index) => {
    const settings = scheduleSettings.parse(index < dueAtOnce ? { cron: soon } : { cron: later(index), timeZone: zones[index % zones.length] });
    const id = ids.next(new Date());
    const planned = new SchedulePlan(id, settings).after(index < dueAtOnce ? dueAt.getTime() - 1 : dueAt.getTime() + 600_000);
    return {
      id,
      workspaceId: workflow.workspaceId,
      workflowId,
      name: `Schedule ${index}`,
      type: 'SCHEDULED',
      settings: JSON.stringify(settings),
      mapping: '[]',
      createdById: member.userId,
      nextDueAt: new Date(planned.dueAt),
      nextFireAt: new Date(planned.fireAt),
    };
  });
  for (let from = 0; from < rows.length; from += 1_000) await database.prisma.trigger.createMany({ data: rows.slice(from, from + 1_000) });
}

/** From the due time to the start of the first step, in milliseconds. */
async function lagsOf(database: Database, dueAt: Date): Promise<number[]> {
  const steps = await database.prisma.stepExecution.findMany({ where: { execution: { trigger: 'SCHEDULED' } }, select: { startedAt: true } });
  return steps.flatMap(({ startedAt }) => (startedAt ? [startedAt.getTime() - dueAt.getTime()] : []));
}
