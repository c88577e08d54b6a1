import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../testing/execution-kit.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { PromptResolver, PromptVersionResolver } from '../prompts/prompt.resolver.js';
import { WorkflowResolver, WorkflowVersionResolver } from '../workflows/workflow.resolver.js';
import { ExecutionLoader } from './execution.loader.js';
import { ExecutionResolver } from './execution.resolver.js';
import { ExecutionHistoryLoader } from './history/execution-history.loader.js';
import { ExecutionHistoryResolver } from './history/execution-history.resolver.js';
import { StepExecutionResolver } from './step-execution.resolver.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
let workflowId: string;
const sandbox = startSandbox({ workers: 1 });

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  const { promptLoader, workflowLoader, people } = kit;
  ask = graphqlRequests(
    [ExecutionResolver, ExecutionHistoryResolver, StepExecutionResolver, WorkflowResolver, WorkflowVersionResolver, PromptResolver, PromptVersionResolver],
    [
      new ExecutionResolver(kit.executions, new ExecutionLoader(kit.executions), workflowLoader, people),
      new ExecutionHistoryResolver(kit.history, new ExecutionHistoryLoader(kit.history)),
      new StepExecutionResolver(promptLoader),
      new WorkflowResolver(kit.workflows, workflowLoader),
      new WorkflowVersionResolver(workflowLoader, people),
      new PromptResolver(kit.prompts, promptLoader),
      new PromptVersionResolver(promptLoader, people),
    ],
  );
  const promptId = await kit.createPrompt('Greet', 'Hello {{ who }}', 'simulated/instant');
  workflowId = await kit.createWorkflow({
    inputs: [{ name: 'who', type: 'STRING', required: true, description: '' }],
    steps: [promptStep('greet', promptId, { who: 'inputs.who' }), transform('length', '$length(text)', { text: 'steps.greet.output' })],
  });
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

async function execute(): Promise<string> {
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { who: 'Ada' } });
  await kit.allEvents(id);
  return id;
}

test('an execution is read whole: its steps, what they were sent, what it pinned and what it took', async () => {
  const id = await execute();
  const answer = await ask(
    kit.identity,
    `{ execution(id: "${id}") { status trigger inputs output error { code } lastSeq durationMs startedBy { name } workflow { id } workflowVersion { number } lockfile
        steps { key name type status attempt input output simulated model messages { messageId role content } promptVersion { version } finishReason durationMs } } }`,
  );
  expect(answer).toMatchObject({
    execution: {
      status: 'COMPLETED',
      trigger: 'MANUAL',
      inputs: { who: 'Ada' },
      output: expect.any(Number),
      error: null,
      durationMs: expect.any(Number),
      startedBy: { name: 'Ada' },
      workflow: { id: workflowId },
      workflowVersion: { number: 1 },
      lockfile: { workflowVersion: 1, prompts: { greet: { promptVersion: '1.0.0', settings: { model: 'simulated/instant' } } } },
      steps: [
        {
          key: 'greet',
          type: 'PROMPT',
          status: 'COMPLETED',
          attempt: 1,
          input: { who: 'Ada' },
          simulated: true,
          model: 'simulated/instant',
          messages: [{ messageId: expect.any(String), role: 'USER', content: 'Hello Ada' }],
          promptVersion: { version: '1.0.0' },
          finishReason: 'stop',
        },
        { key: 'length', type: 'TRANSFORM', simulated: false, messages: null, promptVersion: null },
      ],
    },
  });
});

test('a list costs as many queries for ten executions as for two', async () => {
  const list = `{ executions(first: 20) { edges { node { id status lastSeq startedBy { name } workflow { name } workflowVersion { number }
    steps { key status promptVersion { version } } } } pageInfo { hasNextPage } } }`;
  const queriesOf = async () => {
    const before = kit.queryCount();
    await ask(kit.identity, list);
    return kit.queryCount() - before;
  };
  await execute();
  const few = await queriesOf();
  for (let more = 0; more < 8; more++) await execute();
  expect(await queriesOf()).toBe(few);
  expect(few).toBeLessThanOrEqual(8);
});

test('a run is still read whole when its prompt has been deleted since', async () => {
  const id = await execute();
  await kit.database.prisma.prompt.deleteMany({ where: { workspaceId: kit.identity.workspaceId } });
  expect(await ask(kit.identity, `{ execution(id: "${id}") { steps { key messages { content } promptVersion { version } } } }`)).toEqual({
    execution: { steps: [{ key: 'greet', messages: [{ content: 'Hello Ada' }], promptVersion: null }, { key: 'length', messages: null, promptVersion: null }] },
  });
});
