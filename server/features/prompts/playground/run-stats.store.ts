import { z } from 'zod';
import { type Database } from '../../../database/database.js';
import { isAnyOf } from '../../../database/is-any-of.js';
import { noRuns, type RunStats } from './prompt-run.js';

/** The middle value of an odd number of them, and the mean of the two middle ones of an even number. */
const statsSql = (isOneOfThem: string) => `
  WITH ended AS (
    SELECT version_id, status, duration_ms, CAST(input_tokens + output_tokens AS DOUBLE PRECISION) AS tokens, cost
    FROM prompt_run WHERE version_id ${isOneOfThem} AND workspace_id = ? AND status <> 'RUNNING'
  ), measured AS (
    SELECT version_id, 'medianDurationMs' AS measure, duration_ms AS amount FROM ended WHERE status = 'COMPLETED'
    UNION ALL SELECT version_id, 'medianTokens', tokens FROM ended WHERE status = 'COMPLETED'
    UNION ALL SELECT version_id, 'medianCost', cost FROM ended WHERE status = 'COMPLETED'
  ), ranked AS (
    SELECT version_id, measure, amount, row_number() OVER each_measure AS place, count(*) OVER (PARTITION BY version_id, measure) AS total
    FROM measured WHERE amount IS NOT NULL WINDOW each_measure AS (PARTITION BY version_id, measure ORDER BY amount)
  )
  SELECT version_id AS "versionId", measure, avg(amount) AS amount FROM ranked
  WHERE place IN ((total + 1) / 2, (total + 2) / 2) GROUP BY version_id, measure
  UNION ALL SELECT version_id, 'runs', count(*) FROM ended GROUP BY version_id`;

const statsRows = z.array(z.object({ versionId: z.string(), measure: z.enum(['runs', 'medianDurationMs', 'medianTokens', 'medianCost']), amount: z.number() }));

export class RunStatsStore {
  private readonly sql: string;

  constructor(private readonly database: Database) {
    this.sql = statsSql(isAnyOf[database.engine]);
  }

  /** Of each version that was run, by its id, in one statement. */
  async of(workspaceId: string, versionIds: readonly string[]): Promise<Map<string, RunStats>> {
    const rows = statsRows.parse(await this.database.read(this.sql, [JSON.stringify(versionIds), workspaceId]));
    const stats = new Map<string, RunStats>();
    for (const { versionId, measure, amount } of rows) {
      stats.set(versionId, { ...(stats.get(versionId) ?? noRuns), [measure]: amount });
    }
    return stats;
  }
}
