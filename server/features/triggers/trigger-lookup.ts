import { type EventBus } from '../../events/event-bus.js';
import { RecentReads } from '../../recent-reads.js';
import { type TriggerStore } from './trigger.store.js';
import { type TriggerRecord } from './trigger.types.js';

/**
 * The triggers that requests come to, so that many at once need not each read the same. A change that this process makes is seen by every request after
 * it; one of another process as soon as the bus tells of it, and a second later at the latest.
 */
export class TriggerLookup {
  private readonly reads = new RecentReads<TriggerRecord | undefined>();

  constructor(private readonly store: Pick<TriggerStore, 'findAnywhere'>) {}

  /** @returns how to stop */
  listen(bus: EventBus): () => void {
    return bus.subscribe('workspace.changed', () => this.reads.forget(''));
  }

  /** @returns undefined for one that was deleted, and for ids that never were */
  async find(id: string): Promise<TriggerRecord | undefined> {
    const trigger = await this.reads.get(id, () => this.store.findAnywhere(id));
    // Ids that are nobody's, and there is no end of them, keep no room.
    if (!trigger) this.reads.forget(id);
    return trigger;
  }
}
