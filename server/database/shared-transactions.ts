import { GroupQueue } from '../group-queue.js';
import { type SqlSession } from './database.js';

type Work = (sql: SqlSession) => Promise<void>;

/** Few enough that those who only read get their turn. */
const mostTogether = 100;

/**
 * What is to be written at the same moment, or while a transaction is under way, shares the next transaction, and so one flush of the disk.
 * Each is undone by itself where it fails. For SQLite, where a statement that fails leaves its transaction intact.
 */
export class SharedTransactions {
  private readonly queue: GroupQueue<Work, { error: unknown } | undefined>;

  /** @param inTransaction commits what the work has written, or undoes it and throws what the work throws */
  constructor(
    private readonly sql: SqlSession,
    inTransaction: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    this.queue = new GroupQueue(mostTogether, (works) => inTransaction(() => this.perform(works)), queueMicrotask);
  }

  /** Resolves once what the work wrote is stored. @throws what the work throws, which then has written nothing */
  async write<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    let result: { value: T } | undefined;
    const failure = await this.queue.add(async (sql) => {
      result = { value: await work(sql) };
    });
    if (failure) throw failure.error;
    if (!result) throw new Error('A transaction was committed without its work.');
    return result.value;
  }

  private async perform(works: readonly Work[]): Promise<({ error: unknown } | undefined)[]> {
    const [only, ...others] = works;
    if (only && others.length === 0) {
      await only(this.sql);
      return [undefined];
    }
    const failures: ({ error: unknown } | undefined)[] = [];
    for (const work of works) failures.push(await this.performOne(work));
    return failures;
  }

  private async performOne(work: Work): Promise<{ error: unknown } | undefined> {
    await this.sql.run('SAVEPOINT one');
    try {
      await work(this.sql);
      await this.sql.run('RELEASE one');
      return undefined;
    } catch (error) {
      await this.undoOne(error);
      return { error };
    }
  }

  /** @throws why, where SQLite has undone the whole transaction by itself, as it does when the disk is full */
  private async undoOne(reason: unknown): Promise<void> {
    try {
      await this.sql.run('ROLLBACK TO one');
      await this.sql.run('RELEASE one');
    } catch {
      throw reason;
    }
  }
}
