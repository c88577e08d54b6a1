import { type BulkInsert, type Database, type SqlSession } from '../../database/database.js';
import { toExecution, toJson, toStepState } from './execution-row.js';
import { type ExecutionEvent, type ExecutionRecord, type Failure, type StepState, type Usage } from './execution.types.js';

/** An execution that this process alone may run until `leaseExpiresAt`, unless it extends the lease. */
export interface Claim {
  execution: ExecutionRecord;
  steps: StepState[];
  epoch: number;
  /** Claims, this one included, since the execution last made progress. */
  claims: number;
  lastSeq: number;
}

/** What becomes of the execution itself, where a commit changes it. */
export type Transition =
  | { to: 'COMPLETED'; output: unknown; usage: Usage; at: Date }
  | { to: 'FAILED'; error: Failure; usage: Usage; at: Date }
  | { to: 'WAITING'; wakeAt: Date }
  /** Still running; the count of claims without progress starts again. */
  | { to: 'PROGRESS' };

/** Everything that one turn of a run changes, committed together or not at all. */
export interface RunCommit {
  executionId: string;
  epoch: number;
  events: readonly ExecutionEvent[];
  steps: readonly StepState[];
  transition?: Transition | undefined;
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
  },
  onConflict: `ON CONFLICT (execution_id, step_key) DO UPDATE SET status = excluded.status, attempt = excluded.attempt, input = excluded.input,
    output = excluded.output, error = excluded.error, details = excluded.details, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens,
    started_at = excluded.started_at, finished_at = excluded.finished_at, retry_at = excluded.retry_at`,
};

/** The ids that are given as a JSON array, as a subquery: one statement text for any number of them. */
const idsOf = {
  sqlite: '(SELECT value FROM json_each(?))',
  postgres: '(SELECT json_array_elements_text(?::json))',
};

/**
 * What runners write. A claim raises the execution's epoch; a commit that carries an older epoch is refused, so that a process that was
 * stopped past its lease and then wakes cannot write over the one that took over (a fencing token).
 */
export class RunStore {
  constructor(private readonly database: Database) {}

  /** Takes the execution if it may run now and nobody holds it. */
  async claim(executionId: string, owner: string, now: Date, leaseExpiresAt: Date): Promise<Claim | undefined> {
    const [claimed] = await this.database.write((sql) =>
      sql.all<{ epoch: number; claims: number }>(
        `UPDATE execution SET status = 'RUNNING', lease_owner = ?, lease_epoch = lease_epoch + 1, lease_expires_at = ?, claims = claims + 1,
           started_at = coalesce(started_at, ?), wake_at = NULL
         WHERE id = ? AND status IN ('QUEUED', 'RUNNING', 'WAITING') AND (lease_expires_at IS NULL OR lease_expires_at < ?)
           AND (wake_at IS NULL OR wake_at <= ?)
         RETURNING lease_epoch AS epoch, claims`,
        [owner, leaseExpiresAt, now, executionId, now, now],
      ),
    );
    return claimed && { ...claimed, ...(await this.load(executionId)) };
  }

  private async load(executionId: string): Promise<Pick<Claim, 'execution' | 'steps' | 'lastSeq'>> {
    const { steps, events, ...row } = await this.database.prisma.execution.findUniqueOrThrow({
      where: { id: executionId },
      include: { steps: { orderBy: { position: 'asc' } }, events: { select: { seq: true }, orderBy: { seq: 'desc' }, take: 1 } },
    });
    return { execution: toExecution(row), steps: steps.map(toStepState), lastSeq: events[0]?.seq ?? 0 };
  }

  /**
   * Commits what several runs have done in one transaction.
   * @returns the ids of executions whose epoch has passed: nothing of theirs was written
   */
  commit(commits: readonly RunCommit[]): Promise<ReadonlySet<string>> {
    return this.database.write(async (sql) => {
      const stale = await this.findStale(sql, commits);
      const valid = commits.filter(({ executionId }) => !stale.has(executionId));
      const events = valid.flatMap((commit) => commit.events.map(eventRow));
      const steps = valid.flatMap(({ executionId, steps }) => steps.map((step) => ({ executionId, step })));
      if (events.length > 0) await sql.insert(eventInsert, events);
      // One row must not be upserted twice by one statement: of two commits of a run, the later one's state counts.
      if (steps.length > 0) await sql.insert(stepUpsert, lastOfEachStep(steps));
      for (const { executionId, transition } of valid) if (transition) await applyTransition(sql, executionId, transition);
      return stale;
    });
  }

  private async findStale(sql: SqlSession, commits: readonly RunCommit[]): Promise<Set<string>> {
    const ids = JSON.stringify([...new Set(commits.map(({ executionId }) => executionId))]);
    // On PostgreSQL the row lock keeps a claim from passing between this check and the end of the transaction.
    const rows = await sql.all<{ id: string; epoch: number }>(
      `SELECT id, lease_epoch AS epoch FROM execution WHERE id IN ${idsOf[this.database.engine]} AND status = 'RUNNING'
       ${this.database.engine === 'postgres' ? 'ORDER BY id FOR UPDATE' : ''}`,
      [ids],
    );
    const epochs = new Map(rows.map(({ id, epoch }) => [id, epoch]));
    return new Set(commits.filter(({ executionId, epoch }) => epochs.get(executionId) !== epoch).map(({ executionId }) => executionId));
  }

  async extendLeases(owner: string, executionIds: readonly string[], leaseExpiresAt: Date): Promise<void> {
    await this.database.write((sql) =>
      sql.run(`UPDATE execution SET lease_expires_at = ? WHERE lease_owner = ? AND status = 'RUNNING' AND id IN ${idsOf[this.database.engine]}`, [
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
    const rows = await this.database.prisma.execution.findMany({
      where: {
        OR: [
          { status: 'QUEUED' },
          { status: 'RUNNING', OR: [{ leaseExpiresAt: null }, { leaseExpiresAt: { lt: now } }] },
          { status: 'WAITING', wakeAt: { lte: now } },
        ],
      },
      select: { id: true },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(({ id }) => id);
  }
}

async function applyTransition(sql: SqlSession, executionId: string, transition: Transition): Promise<void> {
  switch (transition.to) {
    case 'PROGRESS':
      await sql.run('UPDATE execution SET claims = 0 WHERE id = ?', [executionId]);
      return;
    case 'WAITING':
      await sql.run(`UPDATE execution SET status = 'WAITING', wake_at = ?, lease_expires_at = NULL, claims = 0 WHERE id = ?`, [transition.wakeAt, executionId]);
      return;
    case 'COMPLETED':
    case 'FAILED': {
      const output = transition.to === 'COMPLETED' ? toJson(transition.output) : null;
      const error = transition.to === 'FAILED' ? toJson(transition.error) : null;
      const { usage, at } = transition;
      await sql.run(
        `UPDATE execution SET status = ?, output = ?, error = ?, input_tokens = ?, output_tokens = ?, finished_at = ?, lease_expires_at = NULL WHERE id = ?`,
        [transition.to, output, error, usage.inputTokens, usage.outputTokens, at, executionId],
      );
    }
  }
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
  ];
}

function lastOfEachStep(steps: readonly { executionId: string; step: StepState }[]) {
  const last = new Map(steps.map(({ executionId, step }) => [`${executionId} ${step.key}`, stepRow(executionId, step)]));
  return [...last.values()];
}
