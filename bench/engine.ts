import 'reflect-metadata';
import { startSandbox } from '../server/sandbox/start-sandbox.js';
import { startExecutionKit, transform } from '../server/testing/execution-kit.js';
import { type Measured, spreadOf } from './statistics.js';

const runs = 200;
const steps = 10;
const rounds = 7;

/** How many durable steps one process gets done in a second on SQLite: 200 runs of 10 trivial steps, stored before the runner starts, until the last has ended. */
export async function measureEngine(): Promise<Measured> {
  const sandbox = startSandbox();
  const kit = await startExecutionKit(sandbox);
  const workflowId = await kit.createWorkflow({
    inputs: [],
    steps: Array.from({ length: steps }, (_, index) => transform(`step${index}`, 'n + 1', {}, { inputs: [index === 0 ? { name: 'n', value: 0 } : { name: 'n', from: `steps.step${index - 1}.output` }] })),
  });
  const stepsPerSecond: number[] = [];
  const cpuMicrosAStep: number[] = [];
  for (let round = -2; round < rounds; round++) {
    const ids = await Promise.all(Array.from({ length: runs }, async () => (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id));
    const left = new Set(ids);
    let resolve!: () => void;
    const promise = new Promise<void>((settle) => (resolve = settle));
    const unsubscribe = kit.bus.subscribe('execution.progress', ({ executionId, lastSeq }) => {
      // Queued, started, two events a step, completed.
      if (lastSeq === steps * 2 + 3 && left.delete(executionId) && left.size === 0) resolve();
    });
    const began = performance.now();
    const cpu = process.cpuUsage();
    const runner = kit.startRunner({ capacity: runs });
    for (const executionId of ids) runner.ring(executionId);
    await promise;
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    unsubscribe();
    await runner.stop();
    if (round < 0) continue;
    stepsPerSecond.push(Math.round((runs * steps) / seconds));
    cpuMicrosAStep.push(Math.round((user + system) / (runs * steps)));
  }
  await kit.stop();
  await sandbox.close();
  const [spread, cpu] = [spreadOf(stepsPerSecond), spreadOf(cpuMicrosAStep)];
  return {
    result: { engineStepsPerSecond: spread.median, engineStepsPerSecondBest: Math.max(...stepsPerSecond), engineCpuMicrosAStep: cpu.median },
    lines: [['Durable steps a second, 200 runs of 10', `${spread.median} median, ${Math.max(...stepsPerSecond)} best; ${cpu.median} µs of CPU each`]],
  };
}
