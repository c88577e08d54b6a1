import { PostgresJobRepository } from '@agendajs/postgres-backend';
import type pg from 'pg';
import { z } from 'zod';
import { openPool } from '../database/postgres-pool.js';
import { type ClaimedJob, type JobStore } from './job-store.js';

/** Any number that nothing else in the database takes as an advisory lock. */
const schemaLock = 7_302_648;

const dataSchema = z.object({ key: z.string(), payload: z.unknown() });

/** Keeps jobs in Agenda's own table on PostgreSQL, beside the product's. */
export class PostgresJobStore implements JobStore {
  private constructor(
    private readonly pool: pg.Pool,
    private readonly jobs: PostgresJobRepository,
  ) {}

  static async open(url: string, onProblem: (error: unknown) => void): Promise<PostgresJobStore> {
    const pool = openPool(url, 4, { onProblem });
    const jobs = new PostgresJobRepository({ pool });
    try {
      await makeTable(pool, jobs);
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new PostgresJobStore(pool, jobs);
  }

  async put(name: string, key: string, payload: unknown, dueAt: Date): Promise<void> {
    await this.pool.query(
      `WITH moved AS (
         UPDATE agenda_jobs SET next_run_at = $3, data = $4, fail_count = NULL
         WHERE name = $1 AND data->>'key' = $2 AND locked_at IS NULL RETURNING id)
       INSERT INTO agenda_jobs (name, next_run_at, data) SELECT $1, $3, $4 WHERE NOT EXISTS (SELECT FROM moved)`,
      [name, key, dueAt, JSON.stringify({ key, payload })],
    );
  }

  async claim(name: string, lockMs: number): Promise<ClaimedJob | undefined> {
    const now = new Date();
    const job = await this.jobs.getNextJobToRun(name, now, new Date(now.getTime() - lockMs), now, undefined);
    if (!job) return undefined;
    return { id: String(job._id), name, payload: dataSchema.parse(job.data).payload, lockedAt: now, failures: job.failCount ?? 0 };
  }

  async extend(id: string): Promise<void> {
    await this.pool.query('UPDATE agenda_jobs SET locked_at = $2 WHERE id = $1', [id, new Date()]);
  }

  async retry(id: string, at: Date, failures: number): Promise<void> {
    await this.pool.query('UPDATE agenda_jobs SET locked_at = NULL, next_run_at = $2, fail_count = $3 WHERE id = $1', [id, at, failures]);
  }

  async unlock(ids: readonly string[]): Promise<void> {
    await this.jobs.unlockJobs([...ids]);
  }

  async remove(id: string): Promise<void> {
    await this.jobs.removeJobs({ id });
  }

  async nextDue(names: readonly string[], lockMs: number): Promise<Date | undefined> {
    const { rows } = await this.pool.query<{ due: Date | null }>(
      `SELECT least(min(next_run_at) FILTER (WHERE locked_at IS NULL), min(locked_at) + $2 * interval '1 millisecond') AS due
       FROM agenda_jobs WHERE name = ANY($1)`,
      [names, lockMs],
    );
    return rows[0]?.due ?? undefined;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

/** Agenda's `CREATE TABLE IF NOT EXISTS` fails where two processes run it at once. */
async function makeTable(pool: pg.Pool, jobs: PostgresJobRepository): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [schemaLock]);
    await jobs.connect();
    await client.query(`CREATE INDEX IF NOT EXISTS agenda_jobs_key_idx ON agenda_jobs (name, (data->>'key'))`);
  } finally {
    // Destroying the connection gives its lock up however far this got.
    client.release(true);
  }
}
