import { z } from 'zod';
import { parseInput } from '../../../input.js';
import { type Identity } from '../../auth/identity.js';
import { type DeliveryRetentionStore } from './delivery-retention.store.js';

const dayMs = 24 * 60 * 60_000;
/** Of each trigger, so that one that is flooded does not fill the disk. */
const mostKept = 100_000;
/** Rows that are deleted in one transaction: others wait for it. */
const mostDeleted = 500;

const howLong = 'Give a whole number of days from 1 to 3,650.';
const daysSchema = z.int(howLong).min(1, howLong).max(3_650, howLong);

/** Says how long what has arrived at triggers is kept, and deletes the rest. */
export class DeliveryRetention {
  constructor(private readonly store: DeliveryRetentionStore) {}

  days({ workspaceId }: Pick<Identity, 'workspaceId'>): Promise<number> {
    return this.store.days(workspaceId);
  }

  async setDays({ workspaceId }: Identity, days: number): Promise<number> {
    const checked = parseInput(daysSchema, days, 'days');
    await this.store.setDays(workspaceId, checked);
    return checked;
  }

  /** Deletes what no workspace keeps any more, a little at a time. @returns how many deliveries */
  async prune(now: Date): Promise<number> {
    let deleted = 0;
    for (const trigger of await this.store.triggers()) {
      const before = new Date(now.getTime() - trigger.days * dayMs);
      for (let some = mostDeleted; some === mostDeleted; deleted += some) {
        some = await this.store.prune(trigger.workspaceId, trigger.id, { before, kept: mostKept, limit: mostDeleted });
        // Whoever waits to write does so before the next ones go.
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (trigger.deleted) await this.store.forget(trigger.workspaceId, trigger.id);
    }
    return deleted;
  }
}
