import { type Database } from '../../database/database.js';
import { firstIdAt } from '../../ordered-ids.js';

/** What those who run the product want to know of all workspaces together. */
export class TriggerMetricsStore {
  constructor(private readonly database: Database) {}

  /** Schedules that should have fired and have not, or that fail. */
  async late(): Promise<number> {
    const [row] = await this.database.read<{ count: number }>('SELECT count(*) AS count FROM "trigger" WHERE alarm_since IS NOT NULL AND active AND deleted_at IS NULL', []);
    return Number(row?.count ?? 0);
  }

  /** Deliveries received since a time, by their verdict. */
  async deliveriesSince(since: Date): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.read<{ verdict: string; count: number }>('SELECT verdict, count(*) AS count FROM delivery WHERE id >= ? GROUP BY verdict', [firstIdAt(since.getTime())]);
    return new Map(rows.map(({ verdict, count }) => [verdict, Number(count)]));
  }
}
