import { type Database, type Engine, type SqlValue } from '../../../database/database.js';
import { firstIdAt } from '../../../ordered-ids.js';
import { type StatsCount, type StatsSpan, type StatsSubject } from './execution-stats.js';

/** An id is made within this time of its execution, whichever process makes it. */
const idToleranceMs = 60 * 60_000;

/** Milliseconds since 1970. */
const msOf: Record<Engine, (column: string) => string> = {
  sqlite: (column) => column,
  postgres: (column) => `(extract(epoch FROM ${column}) * 1000)`,
};

/** What is counted, one row each, narrowed by ids first, since they come in the order of time and have an index. */
const runs = (narrowed: string) => `SELECT created_at, status, started_at, finished_at, input_tokens, output_tokens, cost_usd
  FROM execution WHERE workspace_id = ? AND parent_id IS NULL ${narrowed} AND id >= ? AND id < ?`;

const steps = `SELECT execution.created_at, step.status, step.started_at, step.finished_at, step.input_tokens, step.output_tokens, step.cost_usd
  FROM execution JOIN step_execution AS step ON step.execution_id = execution.id
  WHERE execution.workspace_id = ? AND step.reused = FALSE AND step.details LIKE ? AND execution.id >= ? AND execution.id < ?`;

/**
 * Each part of the time, and under part -1 all of it. A percentile is the smallest duration that so many do not exceed: it is one that was
 * measured.
 */
const statsSql = (engine: Engine, counted: string) => `WITH counted AS (${counted}), placed AS (
    SELECT CAST(floor((${msOf[engine]('created_at')} - ?) / ?) AS INTEGER) AS part, status, input_tokens, output_tokens, cost_usd,
      CASE WHEN status = 'COMPLETED' THEN ${msOf[engine]('finished_at')} - ${msOf[engine]('started_at')} END AS duration
    FROM counted WHERE created_at >= ? AND created_at < ?
  ), both_ways AS (SELECT * FROM placed UNION ALL SELECT -1, status, input_tokens, output_tokens, cost_usd, duration FROM placed
  ), ranked AS (
    SELECT part, duration, row_number() OVER (PARTITION BY part ORDER BY duration) AS place, count(*) OVER (PARTITION BY part) AS measured
    FROM both_ways WHERE duration IS NOT NULL
  ), percentiles AS (
    SELECT part, min(CASE WHEN place * 100 >= measured * 50 THEN duration END) AS p50, min(CASE WHEN place * 100 >= measured * 95 THEN duration END) AS p95
    FROM ranked GROUP BY part
  ), sums AS (
    SELECT part, count(*) AS total, sum(CASE WHEN status = 'COMPLETED' THEN 1 ELSE 0 END) AS completed, sum(CASE WHEN status = 'FAILED' THEN 1 ELSE 0 END) AS failed,
      sum(CASE WHEN status IN ('CANCELLED', 'SKIPPED') THEN 1 ELSE 0 END) AS cancelled, sum(input_tokens) AS "inputTokens", sum(output_tokens) AS "outputTokens",
      coalesce(sum(cost_usd), 0) AS "costUsd"
    FROM both_ways GROUP BY part
  )
  SELECT sums.part, total, completed, failed, cancelled, "inputTokens", "outputTokens", "costUsd",
    CAST(p50 AS DOUBLE PRECISION) AS "p50DurationMs", CAST(p95 AS DOUBLE PRECISION) AS "p95DurationMs"
  FROM sums LEFT JOIN percentiles ON percentiles.part = sums.part`;

type StatsRow = Omit<StatsCount, 'unfinished'> & { part: number };

/** Counts what runs, in the database. */
export class ExecutionStatsStore {
  constructor(private readonly database: Database) {}

  /** One statement. @returns the parts of the span in which anything was created, by their places; and under -1 all of them as one */
  async count(workspaceId: string, subject: StatsSubject, { from, to, buckets }: StatsSpan): Promise<Map<number, StatsCount>> {
    const ids = [firstIdAt(from.getTime() - idToleranceMs), firstIdAt(to.getTime() + idToleranceMs)];
    const [counted, params] = countedBy(subject);
    const rows = await this.database.read<StatsRow>(statsSql(this.database.engine, counted), [
      workspaceId,
      ...params,
      ...ids,
      from.getTime(),
      (to.getTime() - from.getTime()) / buckets,
      from,
      to,
    ]);
    return new Map(rows.map(({ part, ...count }) => [part, { ...count, unfinished: count.total - count.completed - count.failed - count.cancelled }]));
  }
}

function countedBy(subject: StatsSubject): [counted: string, params: SqlValue[]] {
  switch (subject.kind) {
    case 'workspace':
      return [runs(''), []];
    case 'workflow':
      return [runs('AND workflow_id = ?'), [subject.workflowId]];
    case 'promptVersion':
      return [steps, [`%"promptVersionId":"${subject.promptVersionId}"%`]];
  }
}
