import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type ExecutionChange } from './workspace-feed.js';

let kit: ExecutionKit;
let workflowId: string;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
});

afterEach(async () => {
  await kit.stop();
  expect(kit.faults).toEqual([]);
});

afterAll(() => sandbox.close());

const start = async (id = workflowId) => (await kit.executions.execute(kit.identity, { workflowId: id, inputs: {} })).id;

/** What is told until a change fits, that one included. */
async function until(feed: AsyncIterable<ExecutionChange>, fits: (change: ExecutionChange) => boolean): Promise<ExecutionChange[]> {
  const changes: ExecutionChange[] = [];
  for await (const change of feed) {
    changes.push(change);
    if (fits(change)) return changes;
  }
  throw new Error('The feed ended.');
}

const told = (changes: readonly ExecutionChange[]) => changes.map((change) => (change.type === 'MANY' ? change.type : `${change.type} ${change.execution.status}`));

test('a run is told of when it is created, while it waits and when it has ended', async () => {
  const waits = await kit.createWorkflow({ inputs: [], steps: [step('wait', 'DELAY', { durationMs: 60_000 })] });
  const feed = await kit.history.follow(kit.identity, undefined);
  const id = await start(waits);
  expect(told([(await feed.next()).value as ExecutionChange])).toEqual(['CREATED QUEUED']);
  const runner = kit.startRunner();
  runner.ring(id);
  expect(told([(await feed.next()).value as ExecutionChange])).toEqual(['CHANGED WAITING']);
  await kit.control.cancel(kit.identity, id);
  const changes = await until(feed, ({ type }) => type === 'ENDED');
  expect(changes.at(-1)).toMatchObject({ type: 'ENDED', execution: { id, status: 'CANCELLED' }, count: 1 });
});

test('whoever listens first and then reads misses no run, however many start and end meanwhile', async () => {
  kit.startRunner();
  const feed = await kit.history.follow(kit.identity, undefined);
  const before = await start();
  const seen = new Map((await kit.history.list(kit.identity, {}, { first: 100 })).edges.map(({ node }) => [node.id, node.status]));
  const ids = [before, ...(await Promise.all(Array.from({ length: 20 }, () => start())))];
  const done = () => ids.every((id) => seen.get(id) === 'COMPLETED');
  await until(feed, (change) => {
    if (change.type !== 'MANY') seen.set(change.execution.id, change.execution.status);
    return done();
  });
  expect(done()).toBe(true);
});

test('when very many change at once, one event says so', async () => {
  const feed = await kit.history.follow(kit.identity, undefined);
  await Promise.all(Array.from({ length: 60 }, () => start()));
  const changes = await until(feed, ({ type }) => type === 'MANY');
  expect(changes.length).toBeLessThanOrEqual(26);
  expect(changes.at(-1)?.count).toBeGreaterThan(25);
});

test("one workflow's feed, and another workspace's, hear nothing of it; nor does any of what runs within a run", async () => {
  kit.startRunner();
  const called = await kit.createWorkflow({ inputs: [], steps: [transform('two', '2')] });
  const calls = await kit.createWorkflow({ inputs: [], steps: [step('call', 'WORKFLOW', { workflowId: called })] });
  const stranger = await createIdentity(kit.database);
  const [all, ofCaller, theirs] = [await kit.history.follow(kit.identity, undefined), await kit.history.follow(kit.identity, calls), await kit.history.follow(stranger, undefined)];
  const heard = theirs.next();
  await start();
  const id = await start(calls);
  const ended = (change: ExecutionChange) => change.type === 'ENDED' && change.execution.id === id;
  for (const change of await until(ofCaller, ended)) expect(change).toMatchObject({ execution: { workflowId: calls } });
  for (const change of await until(all, ended)) expect(change).toMatchObject({ execution: { parentId: undefined } });
  await theirs.return?.();
  expect(await heard).toEqual({ done: true, value: undefined });
});

test('a change that was never announced is found all the same', async () => {
  const feed = await kit.history.follow(kit.identity, undefined);
  const id = await start();
  expect((await feed.next()).value).toMatchObject({ execution: { id, status: 'QUEUED' } });
  await kit.database.prisma.execution.update({ where: { id }, data: { status: 'FAILED', finishedAt: new Date() } });
  expect((await feed.next()).value).toMatchObject({ type: 'ENDED', execution: { id, status: 'FAILED' } });
});

test('many followers of a workspace cost as many queries as one', async () => {
  const feeds = await Promise.all(Array.from({ length: 10 }, () => kit.history.follow(kit.identity, undefined)));
  const next = feeds.map((feed) => feed.next());
  const id = await start();
  const before = kit.queryCount();
  const changes = await Promise.all(next);
  expect(new Set(changes.map(({ value }: { value: unknown }) => value)).size).toBe(1);
  expect(changes[0]?.value).toMatchObject({ execution: { id } });
  expect(kit.queryCount() - before).toBeLessThanOrEqual(1);
  for (const feed of feeds) await feed.return?.();
});
