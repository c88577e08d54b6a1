import { type Database } from '../../../database/database.js';
import { isAnyOf } from '../../../database/is-any-of.js';
import { sameJson } from '../../prompts/history/json-difference.js';
import { type ExecutionStatus } from '../execution.types.js';

/** An execution that repeats another, beside that one. */
export interface Pair {
  id: string;
  replayId: string | null;
  status: ExecutionStatus;
  costUsd: number | undefined;
  /** From start to end, in milliseconds. */
  durationMs: number | undefined;
  /** Undefined where that is no longer kept. */
  base: Pick<Pair, 'status' | 'costUsd' | 'durationMs'> | undefined;
  /** Undefined unless both have completed. */
  outputChanged: boolean | undefined;
}

interface PairRow {
  id: string;
  replayId: string | null;
  status: ExecutionStatus;
  costUsd: number | null;
  startedAt: number | null;
  finishedAt: number | null;
  baseId: string | null;
  baseStatus: ExecutionStatus | null;
  baseCostUsd: number | null;
  baseStartedAt: number | null;
  baseFinishedAt: number | null;
  outputs: 'same' | 'different' | 'unclear' | null;
}

// Of two JSON texts of one length the keys may only stand in another order; only those are read.
const pairsSql = (which: string) => `SELECT run.id, run.replay_id AS "replayId", run.status, run.cost_usd AS "costUsd", run.started_at AS "startedAt", run.finished_at AS "finishedAt",
    base.id AS "baseId", base.status AS "baseStatus", base.cost_usd AS "baseCostUsd", base.started_at AS "baseStartedAt", base.finished_at AS "baseFinishedAt",
    CASE WHEN run.status <> 'COMPLETED' OR base.status <> 'COMPLETED' THEN NULL WHEN run.output = base.output THEN 'same' WHEN length(run.output) <> length(base.output) THEN 'different' ELSE 'unclear' END AS outputs
  FROM execution AS run LEFT JOIN execution AS base ON base.id = run.rerun_of_id AND base.workspace_id = run.workspace_id
  WHERE ${which} AND run.workspace_id = ? AND run.rerun_of_id IS NOT NULL`;

export class PairStore {
  constructor(private readonly database: Database) {}

  ofReplays(workspaceId: string, replayIds: readonly string[]): Promise<Pair[]> {
    return this.read('run.replay_id', workspaceId, replayIds);
  }

  ofExecutions(workspaceId: string, executionIds: readonly string[]): Promise<Pair[]> {
    return this.read('run.id', workspaceId, executionIds);
  }

  private async read(column: string, workspaceId: string, ids: readonly string[]): Promise<Pair[]> {
    const which = `${column} ${isAnyOf[this.database.engine]}`;
    const rows = await this.database.read<PairRow>(pairsSql(which), [JSON.stringify(ids), workspaceId]);
    const changed = await this.changedOf(workspaceId, rows.filter(({ outputs }) => outputs === 'unclear'));
    return rows.map((row) => ({
      id: row.id,
      replayId: row.replayId,
      status: row.status,
      costUsd: row.costUsd ?? undefined,
      durationMs: between(row.startedAt, row.finishedAt),
      base: row.baseStatus === null ? undefined : { status: row.baseStatus, costUsd: row.baseCostUsd ?? undefined, durationMs: between(row.baseStartedAt, row.baseFinishedAt) },
      outputChanged: row.outputs === null || row.baseStatus === null ? undefined : row.outputs === 'different' || changed.has(row.id),
    }));
  }

  private async changedOf(workspaceId: string, rows: readonly PairRow[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const ids = rows.flatMap(({ id, baseId }) => [id, baseId ?? '']);
    const found = await this.database.prisma.execution.findMany({ where: { workspaceId, id: { in: ids } }, select: { id: true, output: true } });
    const outputs = new Map(found.map(({ id, output }): [string, unknown] => [id, output === null ? null : JSON.parse(output)]));
    return new Set(rows.filter(({ id, baseId }) => !sameJson(outputs.get(id), outputs.get(baseId ?? ''))).map(({ id }) => id));
  }
}

function between(from: number | null, to: number | null): number | undefined {
  return from === null || to === null ? undefined : to - from;
}
