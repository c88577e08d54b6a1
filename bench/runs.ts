import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { residentMemory, type ServerProcess, startServerProcess } from '../server/testing/server-process.js';
import { inWords, type Measured, spreadOf } from './statistics.js';
import { createChain, execute, finish, runDemo, signUp, timesOf } from './workload.js';

const chainLength = 40;
const chainRounds = 30;
const firstStepRounds = 200;
const concurrentRuns = 100;
const startRounds = 5;

/** Starting, memory, and runs of workflows as a program sees them that calls the API. */
export async function measureRuns(): Promise<Measured> {
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

  return {
    result: {
      startMs: spreadOf(starts),
      memoryAfterDemoMb: memory,
      chainOf40Ms: spreadOf(chains),
      executeAnswerMs: spreadOf(answers),
      executeToFirstStepMs: spreadOf(firstSteps),
      stepsPerSecond,
    },
    lines: [
      ['Ready to serve', inWords(spreadOf(starts))],
      ['Memory after the demo', `${memory.server} MB, ${memory.withChildren} MB with the sandbox`],
      ['Chain of 40 steps, followed over the API', inWords(spreadOf(chains))],
      ['executeWorkflow answers', inWords(spreadOf(answers))],
      ['  until the first step starts', inWords(spreadOf(firstSteps))],
      ['Steps a second, 100 runs at once', String(stepsPerSecond)],
    ],
  };
}

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
