import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, transform } from '../../testing/execution-kit.js';
import { CommitQueue } from './commit-queue.js';
import { type ExecutionEvent, noUsage } from './execution.types.js';

const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;
let workflowId: string;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('only', '1')] });
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function turns(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await turn();
}

/** Comes after some turns, leaves after so many events, comes back for what follows the last one it saw, and so on until the end. */
async function followWithBreaks(executionId: string, { joinsAfter, patience }: { joinsAfter: number; patience: number[] }): Promise<ExecutionEvent[]> {
  await turns(joinsAfter);
  const seen: ExecutionEvent[] = [];
  for (let visit = 0; ; visit++) {
    const most = patience[visit] ?? Number.POSITIVE_INFINITY;
    let came = 0;
    for await (const event of kit.feed.follow(kit.identity.workspaceId, executionId, seen.at(-1)?.seq ?? 0)) {
      seen.push(event);
      if (++came >= most) break;
    }
    if (came < most) return seen;
  }
}

const commits = fc.array(fc.record({ events: fc.integer({ min: 1, max: 5 }), turnsBefore: fc.integer({ min: 0, max: 3 }), announced: fc.boolean() }), { maxLength: 12 });
const followers = fc.array(fc.record({ joinsAfter: fc.integer({ min: 0, max: 30 }), patience: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }) }), { minLength: 1, maxLength: 8 });

test('however commits, lost announcements and reconnects fall together, every follower sees what the log holds, in its order', async () => {
  await fc.assert(
    fc.asyncProperty(commits, followers, async (made, following) => {
      const { id: executionId } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
      const [claim] = await kit.runStore.claim([executionId], { owner: 'test', now: kit.jobs.now, leaseExpiresAt: new Date(kit.jobs.now.getTime() + 60_000) });
      const epoch = claim?.epoch ?? 0;
      const queue = new CommitQueue(kit.runStore, kit.bus);
      const seen = following.map((follower) => followWithBreaks(executionId, follower));
      let seq = claim?.lastSeq ?? 0;
      const event = (type: ExecutionEvent['type']): ExecutionEvent => ({ executionId, seq: ++seq, type, stepKey: undefined, attempt: undefined, payload: { of: seq }, at: kit.jobs.now });
      const under: Promise<unknown>[] = [];
      for (const { events, turnsBefore, announced } of made) {
        await turns(turnsBefore);
        const commit = { executionId, epoch, events: Array.from({ length: events }, () => event('STEP_OUTPUT')), steps: [] };
        // One whose announcement is lost is found with the next that is announced. Commits of a run are made in their order.
        if (announced) under.push(queue.commit(commit));
        else under.push(Promise.all(under).then(() => kit.runStore.commit([commit])));
        if (!announced) await under.at(-1);
      }
      const ending = { to: 'COMPLETED', output: null, usage: noUsage, costUsd: undefined, at: kit.jobs.now } as const;
      await queue.commit({ executionId, epoch, events: [event('EXECUTION_COMPLETED')], steps: [], transition: ending });
      await Promise.all(under);

      const log = await kit.store.eventsAfter(kit.identity.workspaceId, executionId, 0, 1_000);
      expect(log.map((each) => each.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
      for (const events of await Promise.all(seen)) expect(events).toEqual(log);
    }),
    { numRuns: 60 },
  );
}, 60_000);
