import 'reflect-metadata';
import { startSandbox } from '../server/sandbox/start-sandbox.js';
import { startExecutionKit, transform } from '../server/testing/execution-kit.js';
const sandbox = startSandbox();
const kit = await startExecutionKit(sandbox);
const steps = 40;
const workflowId = await kit.createWorkflow({ inputs: [], steps: Array.from({ length: steps }, (_, index) => transform(`step${index}`, 'n + 1', {}, { inputs: [index === 0 ? { name: 'n', value: 0 } : { name: 'n', from: `steps.step${index - 1}.output` }] })) });
const runner = kit.startRunner({ capacity: 10 });
const times: number[] = []; const cpus: number[] = [];
const rounds = Number(process.env.ROUNDS ?? 60);
for (let round = 0; round < rounds; round++) {
  let resolve!: () => void; const promise = new Promise<void>((r) => (resolve = r));
  const un = kit.bus.subscribe('execution.progress', ({ lastSeq }) => { if (lastSeq === steps * 2 + 3) resolve(); });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  const began = performance.now(); const cpu = process.cpuUsage();
  runner.ring(id);
  await promise;
  times.push(performance.now() - began); const c = process.cpuUsage(cpu); cpus.push((c.user + c.system) / 1000);
  un();
}
const med = (a: number[]) => [...a].sort((x, y) => x - y)[Math.floor(a.length / 2)];
console.log('ms median', med(times)?.toFixed(2), 'min', Math.min(...times).toFixed(2), 'cpu median', med(cpus)?.toFixed(2), 'min', Math.min(...cpus).toFixed(2));
await runner.stop(); await kit.stop(); await sandbox.close();
