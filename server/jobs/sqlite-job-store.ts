import { randomUUID } from 'node:crypto';
import { type Database } from '../database/database.js';
import { type ClaimedJob, type JobStore } from './job-store.js';

interface ClaimedRow {
  id: string;
  name: string;
  payload: string;
  failures: number;
}

/** Keeps jobs in the product's own SQLite file, which one process uses. */
export class SqliteJobStore implements JobStore {
  private constructor(private readonly database: Database) {}

  static async open(database: Database): Promise<SqliteJobStore> {
    await database.write((sql) =>
      // Nobody else uses the file, so a lock that is older than this process is a dead one's.
      sql.run('UPDATE job SET due_at = locked_at, locked_at = NULL WHERE locked_at < ?', [Math.floor(performance.timeOrigin)]),
    );
    return new SqliteJobStore(database);
  }

  async put(name: string, key: string, payload: unknown, dueAt: Date): Promise<void> {
    await this.database.write((sql) =>
      sql.run(
        `INSERT INTO job (id, name, waiting_key, payload, due_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (name, waiting_key) DO UPDATE SET payload = excluded.payload, due_at = excluded.due_at, failures = 0`,
        [randomUUID(), name, key, JSON.stringify(payload), dueAt.getTime()],
      ),
    );
  }

  async claim(name: string, lockMs: number): Promise<ClaimedJob | undefined> {
    const now = Date.now();
    const [row] = await this.database.write((sql) =>
      sql.all<ClaimedRow>(
        `UPDATE job SET locked_at = ?, due_at = ?, waiting_key = NULL
         WHERE id = (SELECT id FROM job WHERE name = ? AND due_at <= ? ORDER BY due_at LIMIT 1)
         RETURNING id, name, payload, failures`,
        [now, now + lockMs, name, now],
      ),
    );
    return row && { ...row, payload: JSON.parse(row.payload), lockedAt: new Date(now) };
  }

  async extend(id: string, lockMs: number): Promise<void> {
    const now = Date.now();
    await this.database.write((sql) => sql.run('UPDATE job SET locked_at = ?, due_at = ? WHERE id = ?', [now, now + lockMs, id]));
  }

  async retry(id: string, at: Date, failures: number): Promise<void> {
    await this.database.write((sql) =>
      sql.run('UPDATE job SET locked_at = NULL, due_at = ?, failures = ? WHERE id = ?', [at.getTime(), failures, id]),
    );
  }

  async unlock(ids: readonly string[]): Promise<void> {
    await this.database.write(async (sql) => {
      for (const id of ids) await sql.run('UPDATE job SET due_at = locked_at, locked_at = NULL WHERE id = ?', [id]);
    });
  }

  async remove(id: string): Promise<void> {
    await this.database.write((sql) => sql.run('DELETE FROM job WHERE id = ?', [id]));
  }

  async nextDue(names: readonly string[]): Promise<Date | undefined> {
    const [row] = await this.database.write((sql) =>
      sql.all<{ dueAt: number | null }>(`SELECT min(due_at) AS "dueAt" FROM job WHERE name IN (${names.map(() => '?').join(', ')})`, names),
    );
    return typeof row?.dueAt === 'number' ? new Date(row.dueAt) : undefined;
  }

  async close(): Promise<void> {
    // The database is closed by whoever opened it.
  }
}
