import { expect, test } from '@jest/globals';
import { InProcessBus } from '../../events/in-process-bus.js';
import { CommitQueue, LeaseLostError } from './commit-queue.js';
import { type RunCommit } from './run.store.js';

const commitOf = (executionId: string, seq: number): RunCommit => ({
  executionId,
  epoch: 1,
  events: [{ executionId, seq, type: 'STEP_COMPLETED', stepKey: 'a', attempt: 1, payload: {}, at: new Date(0) }],
  steps: [],
});

/** Records the groups that reach the database, and lets the test decide when and how each ends. */
class GroupRecorder {
  readonly groups: RunCommit[][] = [];
  private readonly waiting: ((stale: ReadonlySet<string> | Error) => void)[] = [];

  commit = (commits: readonly RunCommit[]) => {
    this.groups.push([...commits]);
    return new Promise<ReadonlySet<string>>((resolve, reject) => {
      this.waiting.push((outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)));
    });
  };

  end(outcome: ReadonlySet<string> | Error = new Set()): void {
    this.waiting.shift()?.(outcome);
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('commits made in one turn of the event loop go into one transaction', async () => {
  const database = new GroupRecorder();
  const queue = new CommitQueue(database, new InProcessBus());
  const all = [queue.commit(commitOf('a', 1)), queue.commit(commitOf('b', 1)), queue.commit(commitOf('a', 2))];
  await turn();
  expect(database.groups.map((group) => group.length)).toEqual([3]);
  database.end();
  await Promise.all(all);
});

test('commits made while a transaction is under way go into the next one together', async () => {
  const database = new GroupRecorder();
  const queue = new CommitQueue(database, new InProcessBus());
  const first = queue.commit(commitOf('a', 1));
  await turn();
  const later = [queue.commit(commitOf('b', 1)), queue.commit(commitOf('c', 1))];
  await turn();
  expect(database.groups).toHaveLength(1);
  database.end();
  await first;
  await turn();
  expect(database.groups.map((group) => group.length)).toEqual([1, 2]);
  database.end();
  await Promise.all(later);
});

test('followers are told after the transaction, not before', async () => {
  const database = new GroupRecorder();
  const bus = new InProcessBus();
  const told: number[] = [];
  bus.subscribe('execution.progress', ({ lastSeq }) => told.push(lastSeq));
  const commit = new CommitQueue(database, bus).commit(commitOf('a', 7));
  await turn();
  expect(told).toEqual([]);
  database.end();
  await commit;
  expect(told).toEqual([7]);
});

test('a run whose epoch has passed learns of it, and the others of its group are stored', async () => {
  const database = new GroupRecorder();
  const queue = new CommitQueue(database, new InProcessBus());
  const lost = queue.commit(commitOf('lost', 1));
  const kept = queue.commit(commitOf('kept', 1));
  await turn();
  database.end(new Set(['lost']));
  await expect(lost).rejects.toBeInstanceOf(LeaseLostError);
  await kept;
});

test('when the transaction fails everybody in it learns why, and the next group is tried', async () => {
  const database = new GroupRecorder();
  const queue = new CommitQueue(database, new InProcessBus());
  const failed = queue.commit(commitOf('a', 1));
  await turn();
  database.end(new Error('disk full'));
  await expect(failed).rejects.toThrow('disk full');
  const next = queue.commit(commitOf('a', 2));
  await turn();
  database.end();
  await next;
});
