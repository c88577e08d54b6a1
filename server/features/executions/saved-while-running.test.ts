import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});

afterEach(() => kit.stop());

afterAll(() => sandbox.close());

test('a run that is under way goes on as it was started when its workflow is saved anew; the next one is as it was saved', async () => {
  const promptId = await kit.createPrompt('Say', 'Say it');
  const say = promptStep('say', promptId);
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [say, transform('end', '"old " & said', { said: 'steps.say.output' })] });
  let answer!: () => void;
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  kit.modelServer.reply({ kind: 'ok', tokens: ['said'], before: () => mayAnswer });
  kit.startRunner();
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  await kit.modelServer.received(1);

  const saved = await kit.workflows.update(kit.identity, { id: workflowId, definition: { inputs: [], maxParallel: 4, steps: [say, transform('end', '"new " & said', { said: 'steps.say.output' })] } });
  expect(saved.latestNumber).toBe(2);
  answer();
  await kit.allEvents(id);
  expect((await kit.executions.find(kit.identity, id)).output).toBe('old said');

  const next = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  await kit.allEvents(next.id);
  expect((await kit.executions.find(kit.identity, next.id)).output).toBe('new Hello world.');
});
