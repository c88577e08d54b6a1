import { type Connection } from '../../../../schema/connection.js';
import { type Database } from '../../../database/database.js';
import { isAnyOf } from '../../../database/is-any-of.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { pageQuery, type PageRequest, toConnection } from '../../../pagination.js';
import { executionColumns, type ExecutionRow, toExecution } from '../execution-row.js';
import { type ExecutionRecord } from '../execution.types.js';
import { type ExecutionFilter } from './execution-filter.js';
import { matching } from './execution-matching.store.js';

const noCancelSent = `NOT EXISTS (SELECT 1 FROM execution_signal AS sent WHERE sent.execution_id = execution.id AND sent.type = 'CANCEL')`;

/** One read of the queue, since its end may be far from its head. The workspace is compared in a way that leaves the index on the status to be used. */
const queuePositionSql = (isOneOfThem: string) => `WITH queued AS (
    SELECT id, max_runs, run_key, row_number() OVER (PARTITION BY workflow_id ORDER BY id) AS in_workflow,
      row_number() OVER (PARTITION BY workflow_id, run_key ORDER BY id) AS of_key
    FROM execution WHERE status = 'QUEUED' AND workspace_id || '' = ? AND scope IS NULL
  ) SELECT id, CAST(CASE WHEN max_runs IS NULL AND run_key IS NOT NULL THEN of_key ELSE in_workflow END AS INTEGER) AS position
  FROM queued WHERE id ${isOneOfThem}`;

/** Executions as they are looked for, many at a time. */
export class ExecutionHistoryStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  /** Newest first. One statement, whatever is asked for. */
  async list(workspaceId: string, filter: ExecutionFilter, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    const { take, where } = pageQuery(page);
    const after = where.id ? Prisma.sql`AND execution.id < ${where.id.lt}` : Prisma.empty;
    const rows = await this.database.prisma.$queryRaw<ExecutionRow[]>(
      Prisma.sql`SELECT ${Prisma.raw(executionColumns)} FROM execution
        WHERE ${matching(this.database.engine, workspaceId, filter)} ${after} ORDER BY execution.id DESC LIMIT ${take}`,
    );
    return toConnection(rows, page, toExecution);
  }

  /** In the order of their ids; those that run for a step of another one are left out. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<ExecutionRecord[]> {
    const rows = await this.database.read<ExecutionRow>(
      `SELECT ${executionColumns} FROM execution WHERE workspace_id = ? AND parent_id IS NULL AND id ${isAnyOf[this.database.engine]} ORDER BY id`,
      [workspaceId, JSON.stringify(ids)],
    );
    return rows.map(toExecution);
  }

  /** @returns the ids of up to `limit` of those that pass the filter and have not ended, newest first */
  async unfinished(workspaceId: string, filter: ExecutionFilter, limit: number): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT execution.id FROM execution WHERE ${matching(this.database.engine, workspaceId, filter)} AND execution.finished_at IS NULL
        AND ${Prisma.raw(noCancelSent)} ORDER BY execution.id DESC LIMIT ${limit}`,
    );
    return rows.map(({ id }) => id);
  }

  /** @returns those of the ids that are executions of the workspace */
  async existing(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(`SELECT id FROM execution WHERE workspace_id = ? AND id ${isAnyOf[this.database.engine]}`, [
      workspaceId,
      JSON.stringify(ids),
    ]);
    return rows.map(({ id }) => id);
  }

  /** Stores a signal for each that has not ended and was sent none yet. @returns the ids of those, to be rung */
  cancel(workspaceId: string, ids: readonly string[], at: Date): Promise<string[]> {
    return this.database.write(async (sql) => {
      const found = await sql.all<{ id: string }>(
        `SELECT id FROM execution WHERE workspace_id = ? AND id ${isAnyOf[this.database.engine]} AND finished_at IS NULL AND ${noCancelSent}`,
        [workspaceId, JSON.stringify(ids)],
      );
      await sql.insert(
        { table: 'execution_signal', columns: { id: 'text', execution_id: 'text', type: 'text', payload: 'text', at: 'timestamp' } },
        found.map(({ id }) => [this.ids.next(at), id, 'CANCEL', '{}', at]),
      );
      return found.map(({ id }) => id);
    });
  }

  /** Replaces the labels of an execution of the workspace. @returns it, or undefined where there is none */
  async setLabels(workspaceId: string, id: string, labels: readonly string[]): Promise<ExecutionRecord | undefined> {
    return this.database.prisma.$transaction(async (transaction) => {
      const { count } = await transaction.execution.updateMany({ where: { id, workspaceId }, data: { labels: JSON.stringify(labels) } });
      if (count === 0) return undefined;
      await transaction.executionLabel.deleteMany({ where: { executionId: id } });
      await transaction.executionLabel.createMany({ data: labels.map((label) => ({ executionId: id, workspaceId, label })) });
      return toExecution(await transaction.execution.findUniqueOrThrow({ where: { id } }));
    });
  }

  /** Of the executions that have not ended, and of those that have since a time, the newest: which status each has. */
  async statuses(workspaceId: string, since: Date, limit: number): Promise<Map<string, string>> {
    const rows = await this.database.read<{ id: string; status: string }>(
      `SELECT id, status FROM (
         SELECT id, status FROM execution WHERE workspace_id = ? AND finished_at IS NULL AND parent_id IS NULL
         UNION ALL SELECT id, status FROM execution WHERE workspace_id = ? AND finished_at >= ? AND parent_id IS NULL
       ) AS recent ORDER BY id DESC LIMIT ?`,
      [workspaceId, workspaceId, since, limit],
    );
    return new Map(rows.map(({ id, status }) => [id, status]));
  }

  /** The labels that the workspace's executions have, in the order of the alphabet. */
  async labels(workspaceId: string, limit: number): Promise<string[]> {
    const rows = await this.database.read<{ label: string }>('SELECT DISTINCT label FROM execution_label WHERE workspace_id = ? ORDER BY label LIMIT ?', [workspaceId, limit]);
    return rows.map(({ label }) => label);
  }

  /** How many of its workflow, or where only its key is limited of that, are to begin before it, itself included. Only of those that are queued. */
  async queuePositions(workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.read<{ id: string; position: number }>(queuePositionSql(isAnyOf[this.database.engine]), [workspaceId, JSON.stringify(ids)]);
    return new Map(rows.map(({ id, position }) => [id, position]));
  }

  /** How many executions run, or ran, for each step of each execution: by its id, then by the step's key. */
  async childCounts(workspaceId: string, ids: readonly string[]): Promise<Map<string, Map<string, number>>> {
    const rows = await this.database.read<{ parentId: string; stepKey: string; children: number }>(
      `SELECT parent_id AS "parentId", parent_step_key AS "stepKey", CAST(count(*) AS INTEGER) AS children FROM execution
       WHERE workspace_id = ? AND parent_id ${isAnyOf[this.database.engine]} GROUP BY parent_id, parent_step_key`,
      [workspaceId, JSON.stringify(ids)],
    );
    const counts = new Map<string, Map<string, number>>();
    for (const { parentId, stepKey, children } of rows) counts.set(parentId, (counts.get(parentId) ?? new Map<string, number>()).set(stepKey, children));
    return counts;
  }
}
