import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { ExecutionStatsResolver } from './execution-stats.resolver.js';
import { ExecutionStats } from './execution-stats.service.js';
import { ExecutionStatsStore } from './execution-stats.store.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
let workflowId: string;
const sandbox = startSandbox({ workers: 1 });

const day = Date.parse('2026-03-01T00:00:00Z');
const hour = 3_600_000;

interface Ran {
  at: number;
  status?: string;
  ms?: number;
  more?: object;
}

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  ask = graphqlRequests([ExecutionStatsResolver], [new ExecutionStatsResolver(new ExecutionStats(new ExecutionStatsStore(kit.database), kit.workflows, kit.prompts))]);
  workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  const made = await kit.database.prisma.execution.findUniqueOrThrow({ where: { id } });
  const rows: Ran[] = [
    ...Array.from({ length: 100 }, (_, index) => ({ at: day + index, ms: index + 1, more: { inputTokens: 2, outputTokens: 3, costUsd: 0.01 } })),
    { at: day + hour, status: 'FAILED' },
    { at: day + hour, status: 'CANCELLED' },
    { at: day + hour, status: 'WAITING', more: { finishedAt: null } },
    { at: day + hour, ms: 500 },
    { at: day + hour, ms: 9, more: { parentId: id, parentStepKey: 'one', itemIndex: 0 } },
    { at: day + 2 * hour - 1, ms: 700 },
    { at: day - 1, ms: 1 },
    { at: day + 4 * hour, ms: 1 },
  ];
  await kit.database.prisma.execution.createMany({
    data: rows.map(({ at, status = 'COMPLETED', ms = 1, more }, index) => ({
      ...made,
      id: `${at.toString(16).padStart(12, '0').replace(/^(.{8})/, '$1-')}-7000-8000-${String(index).padStart(12, '0')}`,
      status,
      createdAt: new Date(at),
      startedAt: new Date(at),
      finishedAt: new Date(at + ms),
      ...more,
    })),
  });
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const query = `query ($input: ExecutionStatsInput!) { executionStats(input: $input) {
  total { total completed failed cancelled unfinished failureRate p50DurationMs p95DurationMs inputTokens outputTokens costUsd }
  buckets { from to total failed unfinished failureRate p50DurationMs p95DurationMs } } }`;
const input = { from: new Date(day).toISOString(), to: new Date(day + 4 * hour).toISOString(), buckets: 4 };
const stats = (more: object = {}, identity = kit.identity) => ask(identity, query, { input: { ...input, ...more } });

test('runs are counted by when they were created, with the times that half and 95 in 100 of them took at most', async () => {
  expect(await stats()).toMatchObject({
    executionStats: {
      total: { total: 105, completed: 102, failed: 1, cancelled: 1, unfinished: 1, p50DurationMs: 51, p95DurationMs: 97, inputTokens: 200, outputTokens: 300 },
      buckets: [
        { from: input.from, to: '2026-03-01T01:00:00.000Z', total: 100, failed: 0, unfinished: 0, failureRate: 0, p50DurationMs: 50, p95DurationMs: 95 },
        { total: 5, failed: 1, unfinished: 1, p50DurationMs: 500, p95DurationMs: 700 },
        { total: 0, failureRate: null, p50DurationMs: null, p95DurationMs: null },
        { from: '2026-03-01T03:00:00.000Z', to: input.to, total: 0 },
      ],
    },
  });
});

test('cost adds up, and the failure rate is of what completed or failed', async () => {
  const { executionStats } = (await stats()) as { executionStats: { total: { costUsd: number; failureRate: number }; buckets: { failureRate: number }[] } };
  expect(executionStats.total.costUsd).toBeCloseTo(1);
  expect(executionStats.total.failureRate).toBeCloseTo(1 / 103);
  expect(executionStats.buckets[1]?.failureRate).toBeCloseTo(1 / 3);
});

test('one workflow is counted on its own, and nothing of another workspace', async () => {
  const other = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
  expect(await stats({ workflowId })).toMatchObject({ executionStats: { total: { total: 105 } } });
  expect(await stats({ workflowId: other })).toMatchObject({ executionStats: { total: { total: 0, failureRate: null, costUsd: 0 } } });
  expect(await stats({}, await createIdentity(kit.database))).toMatchObject({ executionStats: { total: { total: 0 } } });
});

test('of a prompt version the steps are counted that ran it, within other runs too', async () => {
  const promptId = await kit.createPrompt('Greet', 'Hello', 'simulated/instant');
  const workflow = await kit.createWorkflow({ inputs: [], steps: [promptStep('a', promptId), promptStep('b', promptId), transform('c', '1')] });
  const runner = kit.startRunner();
  const { id } = await kit.executions.execute(kit.identity, { workflowId: workflow, inputs: {} });
  await kit.allEvents(id);
  await runner.stop();
  const { id: promptVersionId } = await kit.database.prisma.promptVersion.findFirstOrThrow({ where: { promptId } });
  const now = Date.now();
  const span = { from: new Date(now - hour).toISOString(), to: new Date(now + hour).toISOString(), buckets: 1, promptVersionId };
  expect(await stats(span)).toMatchObject({ executionStats: { total: { total: 2, completed: 2, unfinished: 0, p50DurationMs: expect.any(Number) } } });
});

test.each([
  [{ to: input.from }, 'input.to'],
  [{ to: '2028-01-01T00:00:00Z' }, 'input.to'],
  [{ buckets: 0 }, 'input.buckets'],
  [{ buckets: 201 }, 'input.buckets'],
])('%j is refused by name', async (more, field) => {
  await expect(stats(more)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
});

test('it costs one statement', async () => {
  const before = kit.queryCount();
  await stats();
  expect(kit.queryCount() - before).toBe(1);
});
