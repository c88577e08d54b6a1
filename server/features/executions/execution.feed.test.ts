import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../testing/execution-kit.js';
import { CommitQueue } from './commit-queue.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});

afterEach(async () => {
  await kit.stop();
});

afterAll(() => sandbox.close());

async function seqsFrom(executionId: string, after: number, most = Number.POSITIVE_INFINITY): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of kit.feed.follow(kit.identity.workspaceId, executionId, after)) {
    seqs.push(seq);
    if (seqs.length >= most) break;
  }
  return seqs;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function startStreaming() {
  kit.startRunner();
  const promptId = await kit.createPrompt('Talk', 'Talk');
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('talk', promptId), transform('end', 't', { t: 'steps.talk.output' })] });
  kit.modelServer.reply({ kind: 'ok', tokens: range(1, 30).map(String), delayMs: 10 });
  return (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
}

test('followers that come at any moment and go on where they left see every event once and in order', async () => {
  const executionId = await startStreaming();
  const whole = seqsFrom(executionId, 0);
  // Each leaves after a few events and comes back for what follows the last one it saw.
  const returning = range(1, 8).map(async (patience) => {
    const seen: number[] = [];
    for (;;) {
      const more = await seqsFrom(executionId, seen.at(-1) ?? 0, patience);
      if (more.length === 0) return seen;
      seen.push(...more);
    }
  });
  const last = (await whole).at(-1) ?? 0;
  expect(last).toBeGreaterThan(10);
  expect(await whole).toEqual(range(1, last));
  for (const seen of await Promise.all(returning)) expect(seen).toEqual(range(1, last));
});

test('an execution that has ended is told from any number on, and the feed ends', async () => {
  const executionId = await startStreaming();
  const last = (await seqsFrom(executionId, 0)).at(-1) ?? 0;
  for (const after of [0, 1, last - 1, last, last + 100]) expect(await seqsFrom(executionId, after)).toEqual(range(after + 1, last));
});

test('a follower that leaves while nothing happens is let go at once, and the bus forgets it', async () => {
  const promptId = await kit.createPrompt('Talk', 'Talk');
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('talk', promptId)] });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  const feed = kit.feed.follow(kit.identity.workspaceId, id, 1);
  const waiting = feed.next();
  await feed.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test("another workspace's execution has no events", async () => {
  const executionId = await startStreaming();
  const feed = kit.feed.follow('00000000-0000-7000-8000-000000000000', executionId, 0);
  expect(await feed.next()).toEqual({ done: true, value: undefined });
});

test('followers that are rung together read what is new once for all of them', async () => {
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('only', '1')] });
  const { id: executionId } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  const feeds = range(1, 100).map(() => kit.feed.follow(kit.identity.workspaceId, executionId, 0));
  for (const { value } of await Promise.all(feeds.map((feed) => feed.next()))) expect(value).toMatchObject({ seq: 1 });
  const next = Promise.all(feeds.map((feed) => feed.next()));
  const [claim] = await kit.runStore.claim([executionId], { owner: 'test', now: kit.jobs.now, leaseExpiresAt: new Date(kit.jobs.now.getTime() + 60_000) });

  const before = kit.queryCount();
  const event = { executionId, seq: 2, type: 'EXECUTION_STARTED', stepKey: undefined, attempt: undefined, payload: {}, at: kit.jobs.now } as const;
  await new CommitQueue(kit.runStore, kit.bus).commit({ executionId, epoch: claim?.epoch ?? 0, events: [event], steps: [] });
  for (const { value } of await next) expect(value).toMatchObject({ seq: 2 });
  expect(kit.queryCount() - before).toBe(1);
  for (const feed of feeds) await feed.return?.();
});
