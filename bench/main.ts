// npm run bench: measures what the README promises, beside bare inserts of the same rows in the same run, and writes it to bench/results.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../server/project-root.js';
import { residentMemory, type ServerProcess, startServerProcess } from '../server/testing/server-process.js';
import { measureFloor } from './floor.js';
import { type Spread, spreadOf } from './statistics.js';
import { createChain, execute, finish, runDemo, signUp, timesOf } from './workload.js';

const chainLength = 40;
const chainRounds = 30;
const firstStepRounds = 200;
const concurrentRuns = 100;
const startRounds = 5;

const starts: number[] = [];
for (let round = 0; round < startRounds; round++) {
  const { server, stop } = await startServer();
  starts.push(server.startMs);
  await stop();
}

const { server, stop } = await startServer();
const api = await signUp(server.url);
await runDemo(api);
const memory = residentMemory(server.pid);

const chain = await createChain(api, chainLength);
await finish(api, await execute(api, chain));
const floor = await measureFloor(chainLength, chainRounds);
const chains: number[] = [];
for (let round = 0; round < chainRounds; round++) {
  const id = await execute(api, chain);
  await finish(api, id);
  chains.push((await timesOf(api, id)).durationMs);
}

const single = await createChain(api, 1);
const firstSteps: number[] = [];
const answers: number[] = [];
for (let round = 0; round < firstStepRounds; round++) {
  const began = performance.now();
  const id = await execute(api, single);
  answers.push(performance.now() - began);
  await finish(api, id);
  firstSteps.push((await timesOf(api, id)).firstStepMs);
}

const began = performance.now();
const ids = await Promise.all(Array.from({ length: concurrentRuns }, () => execute(api, chain)));
await Promise.all(ids.map((id) => finish(api, id)));
const stepsPerSecond = Math.round((concurrentRuns * chainLength * 1_000) / (performance.now() - began));
await stop();

const [cpu] = cpus();
const result = {
  at: new Date().toISOString(),
  machine: { cpu: cpu?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), system: `${platform()} ${release()}`, node: process.version },
  startMs: spreadOf(starts),
  memoryAfterDemoMb: memory,
  chainOf40Ms: spreadOf(chains),
  chainOf40FloorMs: floor.chainMs,
  executeAnswerMs: spreadOf(answers),
  executeToFirstStepMs: spreadOf(firstSteps),
  stepsPerSecond,
  groupedFloorStepsPerSecond: floor.groupedStepsPerSecond,
};
const folder = join(projectRoot, 'bench', 'results');
mkdirSync(folder, { recursive: true });
const file = join(folder, `${result.at.slice(0, 10)}.json`);
writeFileSync(file, `${JSON.stringify(result, round, 2)}\n`);

const show = ({ median, p95 }: Spread) => `${median.toFixed(1)} ms median, ${p95.toFixed(1)} ms p95`;
console.log(`Ready to serve                     ${show(result.startMs)}
Memory after the demo              ${memory.server} MB, ${memory.withChildren} MB with the sandbox
Chain of 40 steps                  ${show(result.chainOf40Ms)}
  bare inserts of the same rows    ${show(result.chainOf40FloorMs)}
executeWorkflow answers            ${show(result.executeAnswerMs)}
  until the first step starts      ${show(result.executeToFirstStepMs)}
Steps a second, 100 runs at once   ${stepsPerSecond}
  bare grouped inserts             ${floor.groupedStepsPerSecond}
Written to ${file}`);

/** On a data folder of its own. */
async function startServer(): Promise<{ server: ServerProcess; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'promptpilot-bench-'));
  const server = await startServerProcess({ environment: { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' } });
  return {
    server,
    stop: async () => {
      await server.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function round(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 100) / 100 : value;
}
