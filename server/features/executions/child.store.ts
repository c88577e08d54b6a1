import { type BulkInsert, type Database } from '../../database/database.js';
import { isAnyOf } from '../../database/is-any-of.js';
import { OrderedIds } from '../../ordered-ids.js';
import { failureSchema, type ExecutionRecord, type Failure, type Lockfile, type Usage } from './execution.types.js';
import { type RunLimits } from './execution.store.js';

/** The step of an execution that others run for. */
export interface ParentStep {
  execution: ExecutionRecord;
  stepKey: string;
}

export interface NewChild {
  /** Of a WORKFLOW step, 0. */
  itemIndex: number;
  workflowId: string;
  workflowVersionId: string;
  scope: string[] | undefined;
  inputs: Record<string, unknown>;
  lockfile: Lockfile;
  limits: RunLimits;
  stepKeys: readonly string[];
}

/** How far the executions of a step are, and what they used. */
export interface ChildProgress {
  made: number;
  ended: number;
  completed: number;
  usage: Usage;
  costUsd: number | undefined;
}

export interface FailedChild {
  id: string;
  itemIndex: number;
  /** Undefined where it was cancelled. */
  error: Failure | undefined;
}

const childInsert: BulkInsert = {
  table: 'execution',
  columns: {
    id: 'text',
    workspace_id: 'text',
    workflow_id: 'text',
    workflow_version_id: 'text',
    status: 'text',
    trigger: 'text',
    started_by_id: 'text',
    inputs: 'text',
    lockfile: 'text',
    created_at: 'timestamp',
    branch: 'text',
    max_runs: 'integer',
    run_key: 'text',
    max_runs_per_key: 'integer',
    parent_id: 'text',
    parent_step_key: 'text',
    item_index: 'integer',
    scope: 'text',
  },
  onConflict: 'ON CONFLICT (parent_id, parent_step_key, item_index) DO NOTHING',
};

const stepInsert: BulkInsert = { table: 'step_execution', columns: { execution_id: 'text', step_key: 'text', position: 'integer', status: 'text' } };
const queuedInsert: BulkInsert = { table: 'execution_event', columns: { execution_id: 'text', seq: 'integer', type: 'text', payload: 'text', at: 'timestamp' } };

const ofStep = 'workspace_id = ? AND parent_id = ? AND parent_step_key = ?';

/** The executions that a MAP or WORKFLOW step consists of. */
export class ChildStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  /** Makes those that are not there yet, however often it is asked. @returns the ids of those it made, to be rung */
  create({ execution: parent, stepKey }: ParentStep, children: readonly NewChild[], at: Date): Promise<string[]> {
    const named = children.map((child) => ({ ...child, id: this.ids.next(at) }));
    return this.database.write(async (sql) => {
      const [open] = await sql.all('SELECT id FROM execution WHERE id = ? AND workspace_id = ? AND finished_at IS NULL', [parent.id, parent.workspaceId]);
      if (!open) return [];
      await sql.insert(
        childInsert,
        named.map(({ id, itemIndex, workflowId, workflowVersionId, scope, inputs, lockfile, limits }) => [
          id,
          parent.workspaceId,
          workflowId,
          workflowVersionId,
          'QUEUED',
          'WORKFLOW',
          parent.startedById,
          JSON.stringify(inputs),
          JSON.stringify(lockfile),
          at,
          parent.branch ?? null,
          limits.maxRuns ?? null,
          limits.runKey ?? null,
          limits.maxRunsPerKey ?? null,
          parent.id,
          stepKey,
          itemIndex,
          scope ? JSON.stringify(scope) : null,
        ]),
      );
      const rows = await sql.all<{ id: string }>(`SELECT id FROM execution WHERE id ${isAnyOf[this.database.engine]}`, [JSON.stringify(named.map(({ id }) => id))]);
      const made = new Set(rows.map(({ id }) => id));
      const fresh = named.filter(({ id }) => made.has(id));
      if (fresh.length === 0) return [];
      await sql.insert(stepInsert, fresh.flatMap(({ id, stepKeys }) => stepKeys.map((key, position) => [id, key, position, 'PENDING'])));
      await sql.insert(queuedInsert, fresh.map(({ id }) => [id, 1, 'EXECUTION_QUEUED', '{}', at]));
      return fresh.map(({ id }) => id);
    });
  }

  async progress({ execution, stepKey }: ParentStep): Promise<ChildProgress> {
    const [row] = await this.database.read<Usage & { made: number; ended: number; completed: number; costUsd: number | null }>(
      `SELECT CAST(count(*) AS INTEGER) AS made, CAST(count(finished_at) AS INTEGER) AS ended,
         CAST(coalesce(sum(CASE WHEN status = 'COMPLETED' THEN 1 ELSE 0 END), 0) AS INTEGER) AS completed,
         CAST(coalesce(sum(input_tokens), 0) AS INTEGER) AS "inputTokens", CAST(coalesce(sum(output_tokens), 0) AS INTEGER) AS "outputTokens",
         CAST(coalesce(sum(cached_input_tokens), 0) AS INTEGER) AS "cachedInputTokens", CAST(coalesce(sum(reasoning_tokens), 0) AS INTEGER) AS "reasoningTokens",
         sum(cost_usd) AS "costUsd" FROM execution WHERE ${ofStep}`,
      [execution.workspaceId, execution.id, stepKey],
    );
    if (!row) throw new Error('A count gave no row.');
    const { made, ended, completed, costUsd, ...usage } = row;
    return { made, ended, completed, usage, costUsd: costUsd ?? undefined };
  }

  /** The first item that did not complete, of those that have ended for a reason of their own. */
  async firstFailure({ execution, stepKey }: ParentStep): Promise<FailedChild | undefined> {
    const [row] = await this.database.read<{ id: string; itemIndex: number; error: string | null }>(
      `SELECT id, item_index AS "itemIndex", error FROM execution WHERE ${ofStep} AND status IN ('FAILED', 'CANCELLED')
       ORDER BY CASE WHEN status = 'FAILED' THEN 0 ELSE 1 END, item_index LIMIT 1`,
      [execution.workspaceId, execution.id, stepKey],
    );
    return row && { ...row, error: row.error === null ? undefined : failureSchema.parse(JSON.parse(row.error)) };
  }

  /** In the order of the items; null of one that did not complete. */
  async outputs({ execution, stepKey }: ParentStep): Promise<unknown[]> {
    const rows = await this.database.read<{ output: string | null }>(`SELECT output FROM execution WHERE ${ofStep} ORDER BY item_index`, [execution.workspaceId, execution.id, stepKey]);
    return rows.map(({ output }): unknown => (output === null ? null : JSON.parse(output)));
  }
}
