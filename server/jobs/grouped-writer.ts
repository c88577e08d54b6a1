import { type Database, type SqlSession } from '../database/database.js';

interface Waiting {
  /** @returns how to tell the caller, once the transaction is stored */
  work: (sql: SqlSession) => Promise<() => void>;
  reject: (error: unknown) => void;
}

/**
 * Writes together what is asked for within one turn of the event loop, or while a transaction is under way: each transaction waits for
 * the disk. For SQLite, where a statement that fails leaves its transaction intact.
 */
export class GroupedWriter {
  private waiting: Waiting[] = [];
  private draining = false;

  constructor(private readonly database: Database) {}

  /** Resolves once what the work wrote is stored. */
  write<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        work: async (sql) => {
          const result = await work(sql);
          return () => resolve(result);
        },
        reject,
      });
      if (this.draining) return;
      this.draining = true;
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const group = this.waiting;
      this.waiting = [];
      await this.flush(group);
    }
    this.draining = false;
  }

  private async flush(group: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.database.write(async (sql) => {
        const done: (() => void)[] = [];
        for (const { work, reject } of group) await work(sql).then((answer) => done.push(answer), reject);
        return done;
      });
      for (const answer of answers) answer();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
