import { type EventBus } from '../../events/event-bus.js';
import { isEnding, type RunCommit, type RunStore } from './run.store.js';

/** The execution was claimed by another process since: whoever gets this must stop and write no more. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

interface Waiting {
  commit: RunCommit;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Enough to make a flush of the disk cheap for each, few enough to keep a transaction short. */
const largestGroup = 500;

/**
 * Groups the commits of all runs: what comes within one turn of the event loop, or while a transaction is under way, goes into the next
 * transaction. A run's commits take effect in the order in which they were made.
 */
export class CommitQueue {
  private readonly waiting: Waiting[] = [];
  private draining = false;

  constructor(
    private readonly store: Pick<RunStore, 'commit'>,
    private readonly bus: EventBus,
  ) {}

  /**
   * Resolves once everything in the commit is stored, after which followers are told of its events.
   * @throws LeaseLostError when its epoch has passed; the database's error when nothing of the group could be stored
   */
  commit(commit: RunCommit): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ commit, resolve, reject });
      if (this.draining) return;
      this.draining = true;
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.flush(this.waiting.splice(0, largestGroup));
    this.draining = false;
  }

  private async flush(group: readonly Waiting[]): Promise<void> {
    let stale: ReadonlySet<string>;
    try {
      stale = await this.store.commit(group.map(({ commit }) => commit));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const { commit, resolve, reject } of group) {
      if (stale.has(commit.executionId)) {
        reject(new LeaseLostError(`Execution ${commit.executionId} was taken over.`));
        continue;
      }
      resolve();
      const lastSeq = commit.events.at(-1)?.seq;
      if (lastSeq !== undefined) this.bus.publish('execution.progress', { executionId: commit.executionId, lastSeq });
      if (commit.parent && commit.transition && isEnding(commit.transition)) this.bus.publish('execution.ready', { executionId: commit.parent.id });
    }
  }
}
