import { type Engine, type SqlSession } from '../../database/database.js';
import { toJson } from './execution-row.js';
import { type Failure, type Usage } from './execution.types.js';

/** What becomes of the execution itself, where a commit changes it. */
export type Transition =
  | (({ to: 'COMPLETED'; output: unknown } | { to: 'FAILED'; error: Failure } | { to: 'CANCELLED' }) & { usage: Usage; costUsd: number | undefined; at: Date })
  /** Without a time it waits for a signal. */
  | { to: 'WAITING'; wakeAt: Date | undefined }
  | { to: 'PAUSED' }
  /** Still running; the count of claims without progress starts again. */
  | { to: 'PROGRESS' };

export type Ending = Extract<Transition, { usage: Usage }>;

/** Nothing of the execution follows. */
export function isEnding(transition: Transition): transition is Ending {
  return 'usage' in transition;
}

/** Writes what became of executions within the transaction that stores why. @returns those that have ended */
export async function applyTransitions<Of extends { executionId: string; transition?: Transition | undefined }>(sql: SqlSession, engine: Engine, commits: readonly Of[]): Promise<(Of & { ending: Ending })[]> {
  const endings: (Of & { ending: Ending })[] = [];
  for (const commit of commits) {
    if (!commit.transition) continue;
    if (isEnding(commit.transition)) endings.push({ ...commit, ending: commit.transition });
    else await goOn(sql, commit.executionId, commit.transition);
  }
  await end(sql, engine, endings);
  return endings;
}

async function goOn(sql: SqlSession, executionId: string, transition: Exclude<Transition, Ending>): Promise<void> {
  switch (transition.to) {
    case 'PROGRESS':
      await sql.run('UPDATE execution SET claims = 0 WHERE id = ?', [executionId]);
      return;
    case 'WAITING':
      await sql.run(`UPDATE execution SET status = 'WAITING', wake_at = ?, lease_expires_at = NULL, claims = 0 WHERE id = ?`, [transition.wakeAt ?? null, executionId]);
      return;
    case 'PAUSED':
      await sql.run(`UPDATE execution SET status = 'PAUSED', lease_expires_at = NULL, claims = 0 WHERE id = ?`, [executionId]);
  }
}

const endOne = `UPDATE execution SET status = ?, output = ?, error = ?, input_tokens = ?, output_tokens = ?, cached_input_tokens = ?, reasoning_tokens = ?, cost_usd = ?,
  finished_at = ?, lease_expires_at = NULL WHERE id = ?`;

/** Each statement is a round trip there. By their ids once more, as an array, so that they are sought by them whatever is known of the table's size. */
const endMany = `WITH made AS MATERIALIZED (SELECT * FROM json_to_recordset(?::json) AS made (id text, status text, output text, error text, input_tokens integer,
    output_tokens integer, cached_input_tokens integer, reasoning_tokens integer, cost_usd double precision, finished_at timestamp))
  UPDATE execution SET status = made.status, output = made.output, error = made.error, input_tokens = made.input_tokens, output_tokens = made.output_tokens,
    cached_input_tokens = made.cached_input_tokens, reasoning_tokens = made.reasoning_tokens, cost_usd = made.cost_usd, finished_at = made.finished_at, lease_expires_at = NULL
  FROM made WHERE execution.id = made.id AND execution.id = ANY (ARRAY(SELECT id FROM made))`;

async function end(sql: SqlSession, engine: Engine, endings: readonly { executionId: string; ending: Ending }[]): Promise<void> {
  const rows = endings.map(({ executionId, ending }) => rowOf(executionId, ending));
  if (rows.length === 0) return;
  if (engine === 'postgres') await sql.run(endMany, [JSON.stringify(rows)]);
  else for (const { id, ...columns } of rows) await sql.run(endOne, [...Object.values(columns), id]);
}

/** In the order of `endOne`. */
function rowOf(id: string, ending: Ending) {
  const { to: status, usage, costUsd, at } = ending;
  return {
    status,
    output: ending.to === 'COMPLETED' ? toJson(ending.output) : null,
    error: ending.to === 'FAILED' ? toJson(ending.error) : null,
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    cached_input_tokens: usage.cachedInputTokens,
    reasoning_tokens: usage.reasoningTokens,
    cost_usd: costUsd ?? null,
    finished_at: at,
    id,
  };
}
