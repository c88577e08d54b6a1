import { type Database } from '../../database/database.js';

const unfinished = ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED'];

/** What those who run the product want to know of all workspaces together. */
export class ExecutionMetricsStore {
  constructor(private readonly database: Database) {}

  /** How many have not ended, by their status. */
  async unfinished(): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.read<{ status: string; count: number }>(
      `SELECT status, count(*) AS count FROM execution WHERE status IN (${unfinished.map(() => '?').join(', ')}) GROUP BY status`,
      unfinished,
    );
    const counts = new Map(rows.map(({ status, count }) => [status, Number(count)]));
    return new Map(unfinished.map((status) => [status, counts.get(status) ?? 0]));
  }
}
