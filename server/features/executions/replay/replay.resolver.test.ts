import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { WorkflowResolver } from '../../workflows/workflow.resolver.js';
import { ExecutionLoader } from '../execution.loader.js';
import { ExecutionResolver } from '../execution.resolver.js';
import { RerunResolver } from '../rerun/rerun.resolver.js';
import { ReplayLoader } from './replay.loader.js';
import { ReplayResolver } from './replay.resolver.js';
import { ReplayedExecutionResolver } from './replayed.resolver.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
let workflowId: string;
const sandbox = startSandbox({ workers: 1 });
const started = z.object({ replayWorkflow: z.object({ id: z.string() }) });

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  const { executions, workflows, workflowLoader, people } = kit;
  const loader = new ExecutionLoader(executions);
  const replayLoader = new ReplayLoader(kit.replays);
  ask = graphqlRequests(
    [ExecutionResolver, RerunResolver, ReplayResolver, ReplayedExecutionResolver, WorkflowResolver],
    [
      new ExecutionResolver(executions, loader, workflowLoader, people),
      new RerunResolver(kit.reruns, loader),
      new ReplayResolver(kit.replays, replayLoader, workflowLoader, people),
      new ReplayedExecutionResolver(replayLoader),
      new WorkflowResolver(workflows, workflowLoader),
    ],
  );
  const promptId = await kit.createPrompt('letter', 'hello', 'simulated/instant');
  workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] });
  for (let index = 0; index < 4; index++) await kit.allEvents((await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id);
});
afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

async function replay(last: number): Promise<string> {
  const { id } = started.parse(await ask(kit.identity, `mutation { replayWorkflow(input: { workflowId: "${workflowId}", branch: "main", last: ${last} }) { id } }`)).replayWorkflow;
  for (const { node } of (await kit.replays.executionsOf(kit.identity, id, { first: 100 })).edges) await kit.allEvents(node.id);
  return id;
}

async function statementsOf(query: string): Promise<number> {
  const before = kit.queryCount();
  await ask(kit.identity, query);
  return kit.queryCount() - before;
}

const whole = (id: string) =>
  `{ replay(id: "${id}") { branch startedBy { name } workflow { id } summary { total completed compared changedOutputs } executions(first: 100) { edges { node { outputChanged replay { id } rerunOf { status } } } } } }`;

test('a replay is read whole, in as many statements for four pairs as for two', async () => {
  const [two, four] = [await replay(2), await replay(4)];
  const pair = { outputChanged: false, replay: { id: two }, rerunOf: { status: 'COMPLETED' } };
  expect(await ask(kit.identity, whole(two))).toEqual({
    replay: { branch: 'main', startedBy: { name: 'Ada' }, workflow: { id: workflowId }, summary: { total: 2, completed: 2, compared: 2, changedOutputs: 0 }, executions: { edges: [{ node: pair }, { node: pair }] } },
  });
  expect(await statementsOf(whole(four))).toBe(await statementsOf(whole(two)));
});

test("a workflow's replays are listed newest first, with how they stand, in as many statements however many", async () => {
  const list = `{ replays(workflowId: "${workflowId}") { edges { node { id summary { total } startedBy { name } } } } }`;
  const before = await statementsOf(list);
  const newest = await replay(1);
  expect(await ask(kit.identity, list)).toMatchObject({ replays: { edges: [{ node: { id: newest, summary: { total: 1 } } }, {}, {}] } });
  expect(await statementsOf(list)).toBe(before);
});
