import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startSandbox } from '../server/sandbox/start-sandbox.js';
import { startExecutionKit, transform } from '../server/testing/execution-kit.js';
import { type Measured } from './statistics.js';

const executions = 100_000;
const aRound = 10_000;
const atATime = 100;
const megabyte = 2 ** 20;

/** What a process keeps of the executions that it has run: its heap after garbage collection, and its resident memory, every ten thousand. */
export async function measureMemory(): Promise<Measured> {
  const sandbox = startSandbox();
  const kit = await startExecutionKit(sandbox, null);
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1 + 1')] });
  const runner = kit.startRunner({ capacity: atATime });
  const heapMb: number[] = [];
  const residentMb: number[] = [];
  for (let done = 0; done < executions; done += atATime) {
    if (done % aRound === 0 && done > 0) note();
    await Promise.all(Array.from({ length: atATime }, runOne));
  }
  note();
  await runner.stop();
  await kit.stop();
  await sandbox.close();
  return {
    result: { memoryOver100000Executions: { every: aRound, heapMb, residentMb } },
    lines: [[`Heap after each ${aRound} of ${executions} executions`, `${heapMb.join(', ')} MB`], ['  resident', `${residentMb.join(', ')} MB`]],
  };

  function note(): void {
    collectGarbage();
    const { heapUsed, rss } = process.memoryUsage();
    heapMb.push(Math.round(heapUsed / megabyte));
    residentMb.push(Math.round(rss / megabyte));
  }

  async function runOne(): Promise<void> {
    const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
    await new Promise<void>((resolve) => {
      const unsubscribe = kit.bus.subscribe('execution.progress', ({ executionId, lastSeq }) => {
        if (executionId !== id || lastSeq < 5) return;
        unsubscribe();
        resolve();
      });
    });
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}
