import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, transform } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { ExecutionLoader } from '../execution.loader.js';
import { ExecutionResolver } from '../execution.resolver.js';
import { ExecutionHistoryLoader } from '../history/execution-history.loader.js';
import { ExecutionHistoryResolver } from '../history/execution-history.resolver.js';
import { RerunResolver } from './rerun.resolver.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
let first: string;
const sandbox = startSandbox({ workers: 1 });
const started = z.object({ rerunExecution: z.object({ id: z.string() }) });

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  const loader = new ExecutionLoader(kit.executions);
  ask = graphqlRequests(
    [ExecutionResolver, ExecutionHistoryResolver, RerunResolver],
    [
      new ExecutionResolver(kit.executions, loader, kit.workflowLoader, kit.people),
      new ExecutionHistoryResolver(kit.history, new ExecutionHistoryLoader(kit.history)),
      new RerunResolver(kit.reruns, loader),
    ],
  );
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1'), transform('two', '2', {}, { dependsOn: ['one'] })] });
  ({ id: first } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} }));
  await kit.allEvents(first);
});
afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

async function rerun(): Promise<string> {
  const answer = await ask(kit.identity, `mutation { rerunExecution(input: { executionId: "${first}", fromStep: "two" }) { id } }`);
  const { id } = started.parse(answer).rerunExecution;
  await kit.allEvents(id);
  return id;
}

test('an execution and those that repeat it lead to each other', async () => {
  const [one, two] = [await rerun(), await rerun()];
  expect(await ask(kit.identity, `{ execution(id: "${first}") { rerunOf { id } reruns(first: 1) { edges { node { id trigger } } pageInfo { hasNextPage } } } }`)).toEqual({
    execution: { rerunOf: null, reruns: { edges: [{ node: { id: two, trigger: 'RERUN' } }], pageInfo: { hasNextPage: true } } },
  });
  expect(await ask(kit.identity, `{ execution(id: "${one}") { rerunOf { id } steps { key reused } } }`)).toEqual({
    execution: { rerunOf: { id: first }, steps: [{ key: 'one', reused: true }, { key: 'two', reused: false }] },
  });
});

test('a list of executions reads what they repeat in one statement', async () => {
  const statements = async () => {
    const before = kit.queryCount();
    await ask(kit.identity, '{ executions(first: 20) { edges { node { id rerunOf { id status } } } } }');
    return kit.queryCount() - before;
  };
  const few = await statements();
  await Promise.all([rerun(), rerun(), rerun()]);
  expect(await statements()).toBe(few);
  expect(few).toBe(2);
});

test('several are answered one by one', async () => {
  const answer = await ask(kit.identity, `mutation { rerunExecutions(ids: ["${first}", "nonsense"]) { executionId execution { trigger rerunOf { id } } refusal } }`);
  expect(answer).toEqual({
    rerunExecutions: [
      { executionId: first, execution: { trigger: 'RERUN', rerunOf: { id: first } }, refusal: null },
      { executionId: 'nonsense', execution: null, refusal: 'There is no such execution in this workspace.' },
    ],
  });
});
