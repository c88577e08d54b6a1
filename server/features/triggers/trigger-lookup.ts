import { type EventBus } from '../../events/event-bus.js';
import { type TriggerStore } from './trigger.store.js';
import { type TriggerRecord } from './trigger.types.js';

interface Known {
  readAt: number;
  trigger: Promise<TriggerRecord | undefined>;
}

/** How long a trigger may be taken for what it was after a change in another process whose announcement was lost. */
const maxAgeMs = 1_000;
const mostTriggers = 1_000;

/**
 * The triggers that requests come to, so that many at once need not each read the same. A change that this process makes is seen by every request after
 * it; one of another process as soon as the bus tells of it, and a second later at the latest.
 */
export class TriggerLookup {
  private known = new Map<string, Known>();

  constructor(private readonly store: Pick<TriggerStore, 'findAnywhere'>) {}

  /** @returns how to stop */
  listen(bus: EventBus): () => void {
    return bus.subscribe('workspace.changed', () => (this.known = new Map()));
  }

  /** @returns undefined for one that was deleted, and for ids that never were */
  find(id: string): Promise<TriggerRecord | undefined> {
    const known = this.known.get(id);
    if (known && performance.now() - known.readAt < maxAgeMs) return known.trigger;
    if (this.known.size >= mostTriggers) this.known = new Map();
    const trigger = this.store.findAnywhere(id);
    const entry = { readAt: performance.now(), trigger };
    const { known: place } = this;
    place.set(id, entry);
    // Ids that are nobody's, and there is no end of them, keep no room; a failure is not answered twice.
    const forget = () => void (place.get(id) === entry && place.delete(id));
    void trigger.then((found) => (found ? undefined : forget()), forget);
    return trigger;
  }
}
