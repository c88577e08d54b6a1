import 'reflect-metadata';
import { startPostgres } from '../scripts/local-postgres.mjs';
import { type Sandbox } from '../server/sandbox/sandbox.js';
import { startSandbox } from '../server/sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, transform } from '../server/testing/execution-kit.js';
import { measureFloor } from './floor.js';
import { inWords, type Measured, type Spread, spreadOf } from './statistics.js';

const runs = 200;
const stepsARun = 10;
const rounds = 7;
const chainLength = 40;
const chainRounds = 40;
const warmUps = 2;

/** What one process gets done, apart from the API and whoever follows: on SQLite and on PostgreSQL, each beside bare inserts of the same rows. */
export async function measureEngine(): Promise<Measured> {
  const sandbox = startSandbox();
  const given = process.env.DATABASE_URL;
  const postgres = given === undefined ? await startPostgres({ durable: true }) : { url: given, stop: async () => undefined };
  const measured = [await measureOn('Sqlite', null, sandbox), await measureOn('Postgres', postgres.url, sandbox)];
  await postgres.stop();
  await sandbox.close();
  return { result: Object.assign({}, ...measured.map(({ result }) => result)) as Record<string, unknown>, lines: measured.flatMap(({ lines }) => lines) };
}

async function measureOn(engine: 'Sqlite' | 'Postgres', postgresUrl: string | null, sandbox: Sandbox): Promise<Measured> {
  const kit = await startExecutionKit(sandbox, postgresUrl);
  const throughput = await measureThroughput(kit);
  const chain = await measureChain(kit);
  await kit.stop();
  const floor = await measureFloor(postgresUrl, chainLength, chainRounds);
  const best = Math.max(...throughput.stepsPerSecond);
  const { median } = spreadOf(throughput.stepsPerSecond);
  const cpu = spreadOf(throughput.cpuMicrosAStep).median;
  return {
    result: {
      [`engine${engine}`]: { stepsPerSecond: median, stepsPerSecondBest: best, cpuMicrosAStep: cpu, floorStepsPerSecond: floor.groupedStepsPerSecond, chainMs: chain, floorChainMs: floor.chainMs },
    },
    lines: [
      [`Durable steps a second, ${runs} runs of ${stepsARun}, ${engine}`, `${median} median, ${best} best; ${cpu} µs of CPU each`],
      ['  bare grouped inserts of the same rows', String(floor.groupedStepsPerSecond)],
      [`A chain of ${chainLength} steps, ${engine}`, inWords(chain)],
      ['  bare inserts of the same rows', inWords(floor.chainMs)],
    ],
  };
}

/** Runs that are stored before the runner starts, until the last has ended. */
async function measureThroughput(kit: ExecutionKit): Promise<{ stepsPerSecond: number[]; cpuMicrosAStep: number[] }> {
  const workflowId = await createChain(kit, stepsARun);
  const stepsPerSecond: number[] = [];
  const cpuMicrosAStep: number[] = [];
  for (let round = -warmUps; round < rounds; round++) {
    const ids = await Promise.all(Array.from({ length: runs }, () => start(kit, workflowId)));
    const done = ended(kit, ids, stepsARun);
    const began = performance.now();
    const cpu = process.cpuUsage();
    const runner = kit.startRunner({ capacity: runs });
    for (const executionId of ids) runner.ring(executionId);
    await done;
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    await runner.stop();
    if (round < 0) continue;
    stepsPerSecond.push(Math.round((runs * stepsARun) / seconds));
    cpuMicrosAStep.push(Math.round((user + system) / (runs * stepsARun)));
  }
  return { stepsPerSecond, cpuMicrosAStep };
}

/** One run at a time, each step of which waits for the one before. */
async function measureChain(kit: ExecutionKit): Promise<Spread> {
  const workflowId = await createChain(kit, chainLength);
  const runner = kit.startRunner();
  const times: number[] = [];
  for (let round = -warmUps; round < chainRounds; round++) {
    const id = await start(kit, workflowId);
    const done = ended(kit, [id], chainLength);
    const began = performance.now();
    runner.ring(id);
    await done;
    if (round >= 0) times.push(performance.now() - began);
  }
  await runner.stop();
  return spreadOf(times);
}

function createChain(kit: ExecutionKit, length: number): Promise<string> {
  const steps = Array.from({ length }, (_, index) =>
    transform(`step${index}`, 'n + 1', {}, { inputs: [index === 0 ? { name: 'n', value: 0 } : { name: 'n', from: `steps.step${index - 1}.output` }] }),
  );
  return kit.createWorkflow({ inputs: [], steps });
}

async function start(kit: ExecutionKit, workflowId: string): Promise<string> {
  return (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
}

/** Settles when all have committed their last event: queued, started, two events a step, completed. */
function ended(kit: ExecutionKit, ids: readonly string[], steps: number): Promise<void> {
  const left = new Set(ids);
  return new Promise((resolve) => {
    const unsubscribe = kit.bus.subscribe('execution.progress', ({ executionId, lastSeq }) => {
      if (lastSeq !== steps * 2 + 3 || !left.delete(executionId) || left.size > 0) return;
      unsubscribe();
      resolve();
    });
  });
}
