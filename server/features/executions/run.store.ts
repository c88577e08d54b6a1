import { type BulkInsert, type Database, type Engine, type GuardedInserts, type SqlSession, type SqlValue } from '../../database/database.js';
import { isAnyOf } from '../../database/is-any-of.js';
import { OrderedIds } from '../../ordered-ids.js';
import { Outbox } from '../../outbox/outbox.js';
import { admitted, type Claim, claimExecutions, type ClaimRequest, due, unlimited } from './claim.js';
import { type SignalRow, toJson, toSignal } from './execution-row.js';
import { applyTransitions, type Transition } from './execution-transition.js';
import { type ExecutionEvent, type Signal, type StepState } from './execution.types.js';

/** Everything that one turn of a run changes, committed together or not at all. */
export interface RunCommit {
  executionId: string;
  epoch: number;
  events: readonly ExecutionEvent[];
  steps: readonly StepState[];
  transition?: Transition | undefined;
  /** Ids of the signals that it acts on. */
  handledSignals?: readonly string[];
  /** Whose step is sent a signal when the execution ends. */
  parent?: { id: string; stepKey: string } | undefined;
  /** Whose triggers are told when the execution ends, and its depth in the chain of events; absent: nobody is. */
  tells?: { workspaceId: string; depth: number } | undefined;
}

/** What executions are told for the sake of the one that they run for. */
export interface ChildrenSignal {
  executionId: string;
  /** Absent: of all steps. */
  stepKey?: string;
  signal: 'CANCEL' | 'PAUSE' | 'RESUME';
  at: Date;
}

const eventInsert: BulkInsert = {
  table: 'execution_event',
  columns: { execution_id: 'text', seq: 'integer', type: 'text', step_key: 'text', attempt: 'integer', payload: 'text', at: 'timestamp' },
};

const stepUpsert: BulkInsert = {
  table: 'step_execution',
  columns: {
    execution_id: 'text',
    step_key: 'text',
    position: 'integer',
    status: 'text',
    attempt: 'integer',
    input: 'text',
    output: 'text',
    error: 'text',
    details: 'text',
    input_tokens: 'integer',
    output_tokens: 'integer',
    started_at: 'timestamp',
    finished_at: 'timestamp',
    retry_at: 'timestamp',
    cached_input_tokens: 'integer',
    reasoning_tokens: 'integer',
    cost_usd: 'double precision',
    waiting_for: 'text',
    reused: 'boolean',
  },
  onConflict: `ON CONFLICT (execution_id, step_key) DO UPDATE SET status = excluded.status, attempt = excluded.attempt, input = excluded.input,
    output = excluded.output, error = excluded.error, details = excluded.details, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
    started_at = excluded.started_at, finished_at = excluded.finished_at, retry_at = excluded.retry_at, cached_input_tokens = excluded.cached_input_tokens,
    reasoning_tokens = excluded.reasoning_tokens, cost_usd = excluded.cost_usd, waiting_for = excluded.waiting_for`,
};

const signalInsert: BulkInsert = {
  table: 'execution_signal',
  columns: { id: 'text', execution_id: 'text', type: 'text', payload: 'text', at: 'timestamp' },
};

/** On PostgreSQL the row locks keep a claim from passing between this check and the end of the transaction. They let foreign keys pass: those of children that tell another group's parents of their end. */
const guardSql: Record<Engine, string> = {
  sqlite: `SELECT execution.id FROM json_each(?) AS made CROSS JOIN execution ON execution.id = made.value ->> 'id'
    WHERE status = 'RUNNING' AND lease_epoch = made.value ->> 'epoch'`,
  postgres: `WITH made AS MATERIALIZED (SELECT * FROM json_to_recordset(?::json) AS made (id text, epoch integer))
    SELECT execution.id FROM made JOIN execution ON execution.id = made.id AND execution.id = ANY (ARRAY(SELECT id FROM made))
    WHERE (status = 'RUNNING' AND lease_epoch = made.epoch) IS TRUE ORDER BY execution.id FOR NO KEY UPDATE OF execution`,
};

/**
 * What runners write. A claim raises the execution's epoch; a commit that carries an older epoch is refused, so that a process that was
 * stopped past its lease and then wakes cannot write over the one that took over (a fencing token).
 */
export class RunStore {
  private readonly ids = new OrderedIds();

  private readonly outbox: Outbox;

  /** @param onAwaited is told when an execution has ended for which a trigger waits */
  constructor(
    private readonly database: Database,
    private readonly onAwaited: () => void = () => undefined,
  ) {
    this.outbox = new Outbox(database.engine);
  }

  /** Takes those executions that may run now and that nobody holds, in one transaction. */
  claim(executionIds: readonly string[], request: ClaimRequest): Promise<Claim[]> {
    return this.database.write((sql) => claimExecutions(sql, this.database.engine, executionIds, request));
  }

  /** What has reached an execution, oldest first. */
  async signals(executionId: string): Promise<Signal[]> {
    const rows = await this.database.read<SignalRow>('SELECT id, type, payload FROM execution_signal WHERE execution_id = ? ORDER BY id', [executionId]);
    return rows.map(toSignal);
  }

  /** @returns those of the given executions that signals wait for */
  async withSignals(executionIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `SELECT DISTINCT execution_id AS id FROM execution_signal WHERE execution_id ${isAnyOf[this.database.engine]}`,
      [JSON.stringify(executionIds)],
    );
    return rows.map(({ id }) => id);
  }

  /** Sends a signal to every unfinished execution that runs for this one, or for one step of it. @returns their ids, to be rung */
  tellChildren({ executionId, stepKey, signal, at }: ChildrenSignal): Promise<string[]> {
    const ofStep = stepKey === undefined ? '' : 'AND parent_step_key = ?';
    const toResume = `AND (status = 'PAUSED' OR EXISTS (SELECT 1 FROM execution_signal AS signal WHERE signal.execution_id = execution.id AND signal.type = 'PAUSE'))`;
    return this.database.write(async (sql) => {
      const children = await sql.all<{ id: string }>(
        `SELECT id FROM execution WHERE parent_id = ? ${ofStep} AND finished_at IS NULL ${signal === 'RESUME' ? toResume : ''}
           AND NOT EXISTS (SELECT 1 FROM execution_signal AS sent WHERE sent.execution_id = execution.id AND sent.type = '${signal}')`,
        stepKey === undefined ? [executionId] : [executionId, stepKey],
      );
      await sql.insert(signalInsert, children.map(({ id }) => [this.ids.next(at), id, signal, '{}', at]));
      return children.map(({ id }) => id);
    });
  }

  /** @returns the oldest executions of a workflow that limits may have held back, to be rung; those of replays come last */
  async heldBack(workflowId: string, limit: number): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `SELECT id FROM execution WHERE workflow_id = ? AND status = 'QUEUED' AND NOT (${unlimited}) AND ${admitted}
       ORDER BY CASE WHEN replay_id IS NULL THEN 0 ELSE 1 END, id LIMIT ?`,
      [workflowId, limit],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Commits what several runs have done in one transaction.
   * @returns the ids of executions whose epoch has passed: nothing of theirs was written
   */
  commit(commits: readonly RunCommit[]): Promise<ReadonlySet<string>> {
    return commits.every(isPlain) ? this.commitPlain(commits) : this.commitAny(commits);
  }

  private async commitPlain(commits: readonly RunCommit[]): Promise<ReadonlySet<string>> {
    const valid = new Set(await this.database.insertGuarded({ guard: this.guard(commits), inserts: insertsOf(commits) }));
    return new Set(commits.map(({ executionId }) => executionId).filter((id) => !valid.has(id)));
  }

  private async commitAny(commits: readonly RunCommit[]): Promise<ReadonlySet<string>> {
    let awaited = false;
    const stale = await this.database.write(async (sql) => {
      const { sql: guard, params } = this.guard(commits);
      const held = new Set((await sql.all<{ id: string }>(guard, params)).map(({ id }) => id));
      const valid = commits.filter(({ executionId }) => held.has(executionId));
      await Promise.all(insertsOf(valid).flatMap(({ into, rows }) => (rows.length > 0 ? [sql.insert(into, rows)] : [])));
      const handled = valid.flatMap(({ handledSignals = [] }) => handledSignals);
      if (handled.length > 0) await sql.run(`DELETE FROM execution_signal WHERE id ${isAnyOf[this.database.engine]}`, [JSON.stringify(handled)]);
      const endings = await applyTransitions(sql, this.database.engine, valid);
      for (const { executionId, ending, parent } of endings) if (parent) await this.tellParent(sql, executionId, parent, ending.at);
      awaited = await this.outbox.addEnds(sql, endings.flatMap(({ executionId, ending, tells }) => (tells ? { executionId, ...tells, ...ending } : [])));
      return new Set(commits.map(({ executionId }) => executionId).filter((id) => !held.has(id)));
    });
    if (awaited) this.onAwaited();
    return stale;
  }

  private async tellParent(sql: SqlSession, executionId: string, parent: { id: string; stepKey: string }, at: Date): Promise<void> {
    const payload = JSON.stringify({ stepKey: parent.stepKey, executionId });
    await sql.run(
      `INSERT INTO execution_signal (id, execution_id, type, payload, at) SELECT ?, id, 'CHILD_ENDED', ?, ? FROM execution WHERE id = ? AND finished_at IS NULL`,
      [this.ids.next(at), payload, at, parent.id],
    );
  }

  /** Selects the executions that these commits may still write to: those of which none was made under another epoch. */
  private guard(commits: readonly RunCommit[]): { sql: string; params: readonly SqlValue[] } {
    const epochs = new Map<string, number | null>();
    for (const { executionId, epoch } of commits) epochs.set(executionId, !epochs.has(executionId) || epochs.get(executionId) === epoch ? epoch : null);
    const made = JSON.stringify([...epochs].map(([id, epoch]) => ({ id, epoch })));
    return { sql: guardSql[this.database.engine], params: [made] };
  }

  async extendLeases(owner: string, executionIds: readonly string[], leaseExpiresAt: Date): Promise<void> {
    await this.database.write((sql) =>
      sql.run(`UPDATE execution SET lease_expires_at = ? WHERE lease_owner = ? AND status = 'RUNNING' AND id ${isAnyOf[this.database.engine]}`, [
        leaseExpiresAt,
        owner,
        JSON.stringify(executionIds),
      ]),
    );
  }

  /** Gives an unfinished execution back, so that the next claim need not wait for the lease to run out. */
  async release(executionId: string, epoch: number): Promise<void> {
    await this.database.write((sql) =>
      sql.run(`UPDATE execution SET lease_expires_at = NULL, claims = 0 WHERE id = ? AND lease_epoch = ? AND status = 'RUNNING'`, [executionId, epoch]),
    );
  }

  /** Ends every lease. Only where one process at a time uses the database, for then their holders are gone. */
  async endAllLeases(): Promise<void> {
    await this.database.write((sql) => sql.run(`UPDATE execution SET lease_expires_at = NULL WHERE status = 'RUNNING'`));
  }

  /** @returns ids of executions that could go on now and that nobody holds, oldest first */
  async findDue(now: Date, limit: number): Promise<string[]> {
    const rows = await this.database.read<{ id: string }>(
      `SELECT id FROM execution WHERE status IN ('QUEUED', 'RUNNING', 'WAITING', 'PAUSED') AND ${due} ORDER BY id LIMIT ?`,
      [now, now, limit],
    );
    return rows.map(({ id }) => id);
  }
}

/** Nothing but events and steps. */
function isPlain({ transition, handledSignals = [] }: RunCommit): boolean {
  return !transition && handledSignals.length === 0;
}

function insertsOf(commits: readonly RunCommit[]): GuardedInserts['inserts'] {
  return [
    { into: eventInsert, rows: commits.flatMap(({ events }) => events.map(eventRow)) },
    // One row must not be upserted twice by one statement: of two commits of a run, the later one's state counts.
    { into: stepUpsert, rows: lastOfEachStep(commits.flatMap(({ executionId, steps }) => steps.map((step) => ({ executionId, step })))) },
  ];
}

function eventRow({ executionId, seq, type, stepKey, attempt, payload, at }: ExecutionEvent) {
  return [executionId, seq, type, stepKey ?? null, attempt ?? null, JSON.stringify(payload), at];
}

function stepRow(executionId: string, step: StepState) {
  return [
    executionId,
    step.key,
    step.position,
    step.status,
    step.attempt,
    toJson(step.input),
    toJson(step.output),
    toJson(step.error),
    toJson(step.details),
    step.usage.inputTokens,
    step.usage.outputTokens,
    step.startedAt ?? null,
    step.finishedAt ?? null,
    step.retryAt ?? null,
    step.usage.cachedInputTokens,
    step.usage.reasoningTokens,
    step.costUsd ?? null,
    toJson(step.waitingFor),
    step.reused,
  ];
}

function lastOfEachStep(steps: readonly { executionId: string; step: StepState }[]) {
  const last = new Map(steps.map(({ executionId, step }) => [`${executionId} ${step.key}`, stepRow(executionId, step)]));
  return [...last.values()];
}
