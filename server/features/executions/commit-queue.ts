import { type EventBus } from '../../events/event-bus.js';
import { GroupQueue } from '../../group-queue.js';
import { isEnding } from './execution-transition.js';
import { type RunCommit, type RunStore } from './run.store.js';

/** The execution was claimed by another process since: whoever gets this must stop and write no more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** Enough to make a flush of the disk cheap for each, few enough to keep a transaction short. */
const largestGroup = 500;

/** Groups the commits of all runs. A run's commits take effect in the order in which they were made. */
export class CommitQueue {
  private readonly queue: GroupQueue<RunCommit, 'stored' | 'stale'>;

  constructor(
    store: Pick<RunStore, 'commit'>,
    private readonly bus: EventBus,
    private readonly onEnd: (status: string) => void = () => undefined,
  ) {
    this.queue = new GroupQueue(largestGroup, async (commits) => {
      const stale = await store.commit(commits);
      return commits.map(({ executionId }) => (stale.has(executionId) ? 'stale' : 'stored'));
    });
  }

  /**
   * Resolves once everything in the commit is stored, after which followers are told of its events.
   * @throws LeaseLostError when its epoch has passed; the database's error when nothing of the group could be stored
   */
  async commit(commit: RunCommit): Promise<void> {
    const { executionId, events, parent, transition } = commit;
    if ((await this.queue.add(commit)) === 'stale') throw new LeaseLostError(`Execution ${executionId} was taken over.`);
    const lastSeq = events.at(-1)?.seq;
    if (lastSeq !== undefined) this.bus.publish('execution.progress', { executionId, lastSeq });
    if (!transition || !isEnding(transition)) return;
    this.onEnd(transition.to);
    if (parent) this.bus.publish('execution.ready', { executionId: parent.id });
  }
}
