import { type Engine, type SqlSession } from '../../database/database.js';
import { isAnyOf } from '../../database/is-any-of.js';
import { groupBy } from '../../group-by.js';
import { executionColumns, type ExecutionRow, type SignalRow, type StepRow, stepColumns, toSignal, toStepState, toExecution } from './execution-row.js';
import { type ExecutionRecord, type Signal, type StepState } from './execution.types.js';

/** An execution that this process alone may run until `leaseExpiresAt`, unless it extends the lease. */
export interface Claim {
  execution: ExecutionRecord;
  steps: StepState[];
  /** What has reached it from outside, oldest first. */
  signals: Signal[];
  /** It was paused, and is to go on. */
  wasPaused: boolean;
  epoch: number;
  /** Claims, this one included, since the execution last made progress. */
  claims: number;
  lastSeq: number;
}

export interface ClaimRequest {
  owner: string;
  now: Date;
  leaseExpiresAt: Date;
}

const countsAgainstLimits = 'other.admitted_at IS NOT NULL AND other.finished_at IS NULL AND other.scope IS NULL';

/** Executions of a replay that may be under way at a time. */
const replaysAtATime = 5;

/** Somebody waits for an execution that the same limits hold back. */
const liveOneWaits = `EXISTS (SELECT 1 FROM execution AS other WHERE other.workflow_id = execution.workflow_id AND other.status = 'QUEUED' AND other.replay_id IS NULL
  AND (other.max_runs IS NOT NULL OR other.run_key = execution.run_key))`;

/** The execution may begin: it has begun before, or no limit holds it back. `?` never stands in it. */
export const admitted = `(admitted_at IS NOT NULL
  OR (max_runs IS NULL OR (SELECT count(*) FROM execution AS other WHERE other.workflow_id = execution.workflow_id AND ${countsAgainstLimits}) < max_runs)
  AND (max_runs_per_key IS NULL OR (SELECT count(*) FROM execution AS other
    WHERE other.workflow_id = execution.workflow_id AND other.run_key = execution.run_key AND ${countsAgainstLimits}) < max_runs_per_key)
  AND (max_runs_per_trigger IS NULL OR (SELECT count(*) FROM execution AS other WHERE other.trigger_id = execution.trigger_id AND ${countsAgainstLimits}) < max_runs_per_trigger)
  AND (replay_id IS NULL OR (SELECT count(*) FROM execution AS other WHERE other.replay_id = execution.replay_id AND ${countsAgainstLimits}) < ${replaysAtATime} AND NOT ${liveOneWaits}))`;

const hasSignal = 'EXISTS (SELECT 1 FROM execution_signal AS signal WHERE signal.execution_id = execution.id)';
/** What a paused execution goes on for, and one that a limit holds back ends for. */
const hasDecision = `EXISTS (SELECT 1 FROM execution_signal AS signal WHERE signal.execution_id = execution.id AND signal.type IN ('RESUME', 'CANCEL'))`;

const dueIf = (mayBegin: string) => `((lease_expires_at IS NULL OR lease_expires_at < ?) AND (
  status = 'RUNNING' OR status = 'QUEUED' AND ${mayBegin} OR status = 'WAITING' AND (wake_at <= ? OR ${hasSignal}) OR status IN ('QUEUED', 'PAUSED') AND ${hasDecision}))`;

/** What could go on at a time, given twice, if nobody holds it. */
export const due = dueIf(admitted);

const claimSql = (which: string) => `UPDATE execution SET status = 'RUNNING', lease_owner = ?, lease_epoch = lease_epoch + 1, lease_expires_at = ?, claims = claims + 1,
    started_at = coalesce(started_at, ?), admitted_at = coalesce(admitted_at, ?), wake_at = NULL
  WHERE ${which} RETURNING id, lease_epoch AS epoch, claims`;

/** Nothing holds it back, which most are. */
export const unlimited = 'max_runs IS NULL AND max_runs_per_key IS NULL AND max_runs_per_trigger IS NULL AND replay_id IS NULL';

/** The same of one that has been read, or is still to be stored. */
export function isUnlimited({ maxRuns, maxRunsPerKey, maxRunsPerTrigger, replayId }: Pick<ExecutionRecord, 'maxRuns' | 'maxRunsPerKey' | 'maxRunsPerTrigger' | 'replayId'>): boolean {
  return [maxRuns, maxRunsPerKey, maxRunsPerTrigger, replayId].every((limit) => limit === undefined);
}

/**
 * Without the counts of those under way, which no limit asks for here, but which the planner would reckon with. IS TRUE keeps the planner from seeking by any of
 * it: as long as it has no statistics it would go through all that run, or that no replay made.
 */
const free = `(${unlimited} AND ${dueIf('TRUE')}) IS TRUE`;

/**
 * The executions given that no limit holds back. On PostgreSQL other processes are told of them too: what one of them is claiming at this moment
 * is passed over, for to wait would be for nothing, and for each other perhaps for ever.
 */
const claimFree: Record<Engine, string> = {
  // CROSS JOIN has SQLite take them one by one: left to itself it goes through all that no replay made.
  sqlite: claimSql(`rowid IN (SELECT execution.rowid FROM json_each(?) AS given CROSS JOIN execution ON execution.id = given.value WHERE ${free})`),
  postgres: claimSql(`id = ANY (ARRAY(SELECT id FROM execution WHERE id ${isAnyOf.postgres} AND ${free} FOR NO KEY UPDATE SKIP LOCKED))`),
};

const claimLimited = claimSql(`id = ? AND NOT (${unlimited}) AND ${due}`);

interface Claimed {
  id: string;
  epoch: number;
  claims: number;
}

/** Raises the epoch of those that may run and that nobody holds, and reads them as they then are. */
export async function claimExecutions(sql: SqlSession, engine: Engine, executionIds: readonly string[], request: ClaimRequest): Promise<Claim[]> {
  const { owner, now, leaseExpiresAt } = request;
  const before = [owner, leaseExpiresAt, now, now];
  const ids = JSON.stringify(executionIds);
  const claimed = await sql.all<Claimed>(claimFree[engine], [...before, ids, now, now]);
  const missed = executionIds.filter((id) => !claimed.some((one) => one.id === id));
  // One after another: each that begins counts against the limits of the next.
  for (const id of await limitedOf(sql, engine, missed)) claimed.push(...(await sql.all<Claimed>(claimLimited, [...before, id, now, now])));
  return claimed.length === 0 ? [] : load(sql, engine, claimed);
}

/** @returns those that limits count, in the order given; no other process lets any of the same workflows begin before this transaction ends */
async function limitedOf(sql: SqlSession, engine: Engine, executionIds: readonly string[]): Promise<string[]> {
  if (executionIds.length === 0) return [];
  const rows = await sql.all<{ id: string; workflowId: string }>(
    `SELECT id, workflow_id AS "workflowId" FROM execution WHERE id ${isAnyOf[engine]} AND NOT (${unlimited}) AND finished_at IS NULL`,
    [JSON.stringify(executionIds)],
  );
  const workflowIds = engine === 'postgres' ? [...new Set(rows.map(({ workflowId }) => workflowId))].sort() : [];
  for (const id of workflowIds) await sql.all(`SELECT pg_advisory_xact_lock(hashtextextended('runs of ' || ?, 0))`, [id]);
  const limited = new Set(rows.map(({ id }) => id));
  return executionIds.filter((id) => limited.has(id));
}

async function load(sql: SqlSession, engine: Engine, claimed: readonly Claimed[]): Promise<Claim[]> {
  const ids = [JSON.stringify(claimed.map(({ id }) => id))];
  const areThese = isAnyOf[engine];
  // Together, since each waits for its way there and back on PostgreSQL.
  const [executionRows, stepRows, lastEvents, signalRows] = await Promise.all([
    sql.all<ExecutionRow>(`SELECT ${executionColumns} FROM execution WHERE id ${areThese}`, ids),
    sql.all<StepRow>(`SELECT ${stepColumns} FROM step_execution WHERE execution_id ${areThese} ORDER BY position`, ids),
    sql.all<{ executionId: string; seq: number; type: string }>(
      `SELECT execution_id AS "executionId", seq, type FROM execution_event AS event WHERE execution_id ${areThese}
         AND seq = (SELECT max(seq) FROM execution_event AS other WHERE other.execution_id = event.execution_id)`,
      ids,
    ),
    sql.all<SignalRow & { executionId: string }>(`SELECT id, execution_id AS "executionId", type, payload FROM execution_signal WHERE execution_id ${areThese} ORDER BY id`, ids),
  ]);
  const executions = new Map(executionRows.map((row) => [row.id, toExecution(row)]));
  const steps = groupBy(stepRows, ({ executionId }) => executionId);
  const last = new Map(lastEvents.map((event) => [event.executionId, event]));
  const signals = groupBy(signalRows, ({ executionId }) => executionId);
  return claimed.flatMap(({ id, epoch, claims }) => {
    const execution = executions.get(id);
    if (!execution) return [];
    const event = last.get(id);
    return {
      execution,
      epoch,
      claims,
      steps: (steps.get(id) ?? []).map(toStepState),
      signals: (signals.get(id) ?? []).map(toSignal),
      lastSeq: event?.seq ?? 0,
      wasPaused: event?.type === 'EXECUTION_PAUSED',
    };
  });
}
