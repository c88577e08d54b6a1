import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { WorkflowResolver } from '../../workflows/workflow.resolver.js';
import { ExecutionLoader } from '../execution.loader.js';
import { ExecutionResolver } from '../execution.resolver.js';
import { ExecutionHistoryLoader } from './execution-history.loader.js';
import { ExecutionHistoryResolver, StepChildrenResolver } from './execution-history.resolver.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
let greet: string;
const sandbox = startSandbox({ workers: 1 });
const text = { name: 'text', type: 'TEXT', required: true, description: '' } as const;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  const { workflowLoader, people } = kit;
  const loader = new ExecutionHistoryLoader(kit.history);
  ask = graphqlRequests(
    [ExecutionResolver, ExecutionHistoryResolver, StepChildrenResolver, WorkflowResolver],
    [
      new ExecutionResolver(kit.executions, new ExecutionLoader(kit.executions), workflowLoader, people),
      new ExecutionHistoryResolver(kit.history, loader),
      new StepChildrenResolver(loader),
      new WorkflowResolver(kit.workflows, workflowLoader),
    ],
  );
  greet = await kit.createWorkflow({ inputs: [text], steps: [transform('greet', `text = "fail" ? $error("Never: 100% wrong") : "Hello, " & text`, { text: 'inputs.text' })] });
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const start = async (input: string, more: object = {}) => (await kit.executions.execute(kit.identity, { workflowId: greet, inputs: { text: input }, ...more })).id;

const page = z.object({ executions: z.object({ edges: z.array(z.object({ cursor: z.string(), node: z.object({ id: z.string() }) })), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) }) });

async function list(filter: object, variables: { first?: number; after?: string | null } = {}) {
  const query = `query ($filter: ExecutionFilterInput, $first: Int, $after: String) {
    executions(filter: $filter, first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
  const { executions } = page.parse(await ask(kit.identity, query, { filter, ...variables }));
  return { ids: executions.edges.map(({ node }) => node.id), ...executions.pageInfo };
}
const found = async (filter: object) => (await list(filter)).ids;

describe('the list', () => {
  let ids: { queued: string; done: string; failed: string; odd: string };

  beforeAll(async () => {
    const done = await start('Ünïcode Quote " and 50% of_it', { labels: ['nightly', 'eu'] });
    const failed = await start('fail', { labels: ['nightly'] });
    const runner = kit.startRunner();
    await kit.executionJobs.sweep();
    await Promise.all([done, failed].map((id) => kit.allEvents(id)));
    await runner.stop();
    ids = { done, failed, odd: await start('50 percent\nof [it] \\ a*b?', { idempotencyKey: 'odd' }), queued: await start('plain') };
  });

  test.each([
    ['no filter', {}, ['queued', 'odd', 'failed', 'done']],
    ['empty lists, which narrow nothing', { statuses: [], triggers: [], labels: [] }, ['queued', 'odd', 'failed', 'done']],
    ['one status', { statuses: ['FAILED'] }, ['failed']],
    ['several statuses', { statuses: ['FAILED', 'COMPLETED'] }, ['failed', 'done']],
    ['a trigger', { triggers: ['MANUAL'] }, ['queued', 'odd', 'failed', 'done']],
    ['other triggers', { triggers: ['API', 'RERUN'] }, []],
    ['a label', { labels: ['nightly'] }, ['failed', 'done']],
    ['two labels', { labels: ['nightly', 'eu'] }, ['done']],
    ['part of a label', { labels: ['night'] }, []],
    ['a branch that none runs on', { branch: 'draft' }, []],
    ['what waits for an approval', { waitingFor: 'APPROVAL' }, []],
    ['text of the input in another case', { search: 'üNÏCODE' }, ['done']],
    ['a quotation mark', { search: 'quote "' }, ['done']],
    ['a percent sign', { search: '50%' }, ['done']],
    ['an underscore', { search: 'of_it' }, ['done']],
    ['a line break', { search: 'percent\nof' }, ['odd']],
    ['brackets and a backslash', { search: '[IT] \\' }, ['odd']],
    ['what looks like a pattern', { search: 'a*b?' }, ['odd']],
    ['what would match as a pattern', { search: 'p*n' }, []],
    ['text of the output', { search: 'Hello, ün' }, ['done']],
    ['text of the error', { search: 'NEVER: 100%' }, ['failed']],
  ] as const)('is narrowed by %s', async (_what, filter, expected) => {
    expect(await found(filter)).toEqual(expected.map((name) => ids[name]));
  });

  test('is narrowed by the name of the workflow, part of an id, and times', async () => {
    const { name } = await kit.workflows.get(kit.identity.workspaceId, greet);
    expect(await found({ search: name.toUpperCase() })).toHaveLength(4);
    expect(await found({ search: ids.failed.slice(10).toUpperCase() })).toEqual([ids.failed]);
    const { createdAt } = await kit.executions.find(kit.identity, ids.failed);
    expect(await found({ from: createdAt, to: new Date(createdAt.getTime() + 1) })).toContain(ids.failed);
    expect(await found({ to: createdAt })).not.toContain(ids.failed);
    expect(await found({ from: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await found({ workflowId: greet, rerunOfId: ids.done })).toEqual([]);
  });

  test('gives pages that add up to the whole', async () => {
    const first = await list({ labels: ['nightly'] }, { first: 1 });
    const second = await list({ labels: ['nightly'] }, { first: 1, after: first.endCursor });
    expect([...first.ids, ...second.ids]).toEqual([ids.failed, ids.done]);
    expect([first.hasNextPage, second.hasNextPage]).toEqual([true, false]);
  });

  test('still takes a workflow and a status on their own', async () => {
    const { executions } = page.parse(
      await ask(kit.identity, 'query ($id: ID) { executions(workflowId: $id, status: FAILED) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }', { id: greet }),
    );
    expect(executions.edges.map(({ node }) => node.id)).toEqual([ids.failed]);
  });

  test.each([
    [{ search: 'x'.repeat(201) }, 'filter.search'],
    [{ labels: ['a\0'] }, 'filter.labels.0'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'filter.to'],
  ])('refuses %j by name', async (filter, field) => {
    await expect(list(filter)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
  });

  test('costs one statement, and one more for each thing that is asked of its rows, however many they are', async () => {
    const query = '{ executions(first: 50) { edges { node { id labels idempotencyKey queuePosition workflow { name } steps { key childCount } } } } }';
    const queriesOf = async () => {
      const before = kit.queryCount();
      await ask(kit.identity, query);
      return kit.queryCount() - before;
    };
    const few = await queriesOf();
    for (let more = 0; more < 8; more++) await start('more');
    expect(await queriesOf()).toBe(few);
    expect(few).toBeLessThanOrEqual(6);
  });
});

test('labels are replaced, and the list follows; the workspace knows which there are', async () => {
  const id = await start('labelled', { labels: ['old'] });
  const set = 'mutation ($id: ID!) { setExecutionLabels(input: { id: $id, labels: ["new", "eu"] }) { labels } }';
  expect(await ask(kit.identity, set, { id })).toEqual({ setExecutionLabels: { labels: ['new', 'eu'] } });
  expect([await found({ labels: ['old'] }), await found({ labels: ['new'] })]).toEqual([[], [id]]);
  expect(await ask(kit.identity, '{ executionLabels }')).toEqual({ executionLabels: ['eu', 'new', 'nightly'] });
  expect(await ask(await createIdentity(kit.database), '{ executionLabels }')).toEqual({ executionLabels: [] });
});

test('a queued run knows its place in its workflow, or among those with its key', async () => {
  const positionOf = async (id: string) => ask(kit.identity, `{ execution(id: "${id}") { queuePosition } }`);
  const queue = async (concurrency: object, inputs: string[]) => {
    const workflowId = await kit.createWorkflow({ inputs: [text], steps: [transform('one', '1')], concurrency });
    const ids = [];
    for (const input of inputs) ids.push((await kit.executions.execute(kit.identity, { workflowId, inputs: { text: input } })).id);
    return Promise.all(ids.map(async (id) => z.object({ execution: z.object({ queuePosition: z.number().nullable() }) }).parse(await positionOf(id)).execution.queuePosition));
  };
  expect(await queue({ maxRuns: 1 }, ['a', 'b', 'a'])).toEqual([1, 2, 3]);
  expect(await queue({ key: 'inputs.text', maxRunsPerKey: 1 }, ['a', 'b', 'a', 'b', 'a'])).toEqual([1, 1, 2, 2, 3]);
  const [done] = await found({ statuses: ['COMPLETED'] });
  expect(await positionOf(done ?? '')).toEqual({ execution: { queuePosition: null } });
});

test('a MAP step knows how many executions run for it', async () => {
  const runner = kit.startRunner();
  const items = { name: 'items', type: 'JSON', required: true, description: '' } as const;
  const workflowId = await kit.createWorkflow({
    inputs: [items],
    steps: [step('each', 'MAP', { steps: [transform('one', 'item', { item: 'item' })] }, { inputs: [{ name: 'items', from: 'inputs.items' }] })],
  });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { items: [1, 2, 3] } });
  await kit.allEvents(id);
  await runner.stop();
  expect(await ask(kit.identity, `{ execution(id: "${id}") { steps { key childCount } } }`)).toEqual({ execution: { steps: [{ key: 'each', childCount: 3 }] } });
});

describe('cancelling many', () => {
  const cancel = (input: object, identity = kit.identity) =>
    ask(identity, 'mutation ($input: CancelExecutionsInput!) { cancelExecutions(input: $input) { cancelled skipped more } }', { input });

  test('ends those of a list that have not ended, each once', async () => {
    const ids = [await start('one'), await start('two')];
    const [done] = await found({ statuses: ['COMPLETED'] });
    const input = { ids: [...ids, ...ids, done] };
    expect(await cancel(input)).toEqual({ cancelExecutions: { cancelled: 2, skipped: 1, more: false } });
    expect(await cancel(input)).toEqual({ cancelExecutions: { cancelled: 0, skipped: 3, more: false } });
    const runner = kit.startRunner();
    await kit.executionJobs.sweep();
    const events = await Promise.all(ids.map((id) => kit.allEvents(id)));
    await runner.stop();
    expect(events.map((each) => each.at(-1)?.type)).toEqual(['EXECUTION_CANCELLED', 'EXECUTION_CANCELLED']);
  });

  test('ends those that pass a filter, up to a thousand at a time', async () => {
    const one = await kit.executions.find(kit.identity, await start('many', { labels: ['many'] }));
    const rows = Array.from({ length: 1_000 }, (_, index) => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`);
    await kit.database.prisma.execution.createMany({
      data: rows.map((id) => ({ id, workspaceId: one.workspaceId, workflowId: greet, workflowVersionId: one.workflowVersionId, status: 'QUEUED', trigger: 'API', startedById: one.startedById, inputs: '{}', lockfile: JSON.stringify(one.lockfile) })),
    });
    expect(await cancel({ filter: { triggers: ['API'] } })).toEqual({ cancelExecutions: { cancelled: 1_000, skipped: 0, more: false } });
    expect(await cancel({ filter: { triggers: ['API'] } })).toEqual({ cancelExecutions: { cancelled: 0, skipped: 0, more: false } });
    await kit.database.prisma.executionSignal.deleteMany({});
    expect(await cancel({ filter: { triggers: ['API', 'MANUAL'], workflowId: greet } })).toMatchObject({ cancelExecutions: { cancelled: 1_000, more: true } });
    await expect(cancel({ ids: [...rows, one.id] })).rejects.toMatchObject({ fields: [{ field: 'input.ids' }] });
  });

  test("takes a list or a filter, and nothing of another workspace's", async () => {
    const id = await start('mine');
    for (const input of [{}, { ids: [id], filter: {} }]) await expect(cancel(input)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const stranger = await createIdentity(kit.database);
    await expect(cancel({ ids: [id] }, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await cancel({ filter: { workflowId: greet } }, stranger)).toEqual({ cancelExecutions: { cancelled: 0, skipped: 0, more: false } });
  });
});
