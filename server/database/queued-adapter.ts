import {
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type Transaction,
} from '@prisma/driver-adapter-utils';
import { type Lock } from './lock.js';
import { onceFree } from './sqlite-busy.js';

/**
 * Wraps an adapter that has one connection so that plain queries wait for an open transaction to end. The stock better-sqlite3
 * adapter lets them run inside it, where they are lost when it rolls back.
 */
export class QueuedAdapterFactory implements SqlDriverAdapterFactory {
  readonly provider;
  readonly adapterName;
  private closed = false;

  constructor(
    private readonly inner: SqlDriverAdapterFactory,
    private readonly lock: Lock,
    private readonly onConnect: (adapter: SqlDriverAdapter) => void,
  ) {
    this.provider = inner.provider;
    this.adapterName = inner.adapterName;
  }

  /** Prisma connects again when it is used after `$disconnect`; by then the file may be another process's. */
  close(): void {
    this.closed = true;
  }

  async connect(): Promise<SqlDriverAdapter> {
    if (this.closed) throw new Error('The database has been closed.');
    const adapter = await this.inner.connect();
    this.onConnect(adapter);
    return new QueuedAdapter(adapter, this.lock);
  }
}

class QueuedAdapter implements SqlDriverAdapter {
  readonly provider;
  readonly adapterName;

  constructor(
    private readonly inner: SqlDriverAdapter,
    private readonly lock: Lock,
  ) {
    this.provider = inner.provider;
    this.adapterName = inner.adapterName;
  }

  queryRaw(query: SqlQuery) {
    return onceFree(() => this.lock.hold(() => this.inner.queryRaw(query)));
  }

  executeRaw(query: SqlQuery) {
    return onceFree(() => this.lock.hold(() => this.inner.executeRaw(query)));
  }

  executeScript(script: string) {
    return this.lock.hold(() => this.inner.executeScript(script));
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    const release = await this.lock.acquire();
    try {
      return releasing(await this.inner.startTransaction(isolationLevel), release);
    } catch (error) {
      release();
      throw error;
    }
  }

  dispose() {
    return this.inner.dispose();
  }
}

/** Prisma runs `COMMIT` or `ROLLBACK` as a statement first and calls `commit` or `rollback` after it. */
function releasing(transaction: Transaction, release: () => void): Transaction {
  return {
    provider: transaction.provider,
    adapterName: transaction.adapterName,
    options: transaction.options,
    queryRaw: (query) => onceFree(() => transaction.queryRaw(query)),
    executeRaw: (query) => onceFree(() => transaction.executeRaw(query)),
    createSavepoint: async (name) => transaction.createSavepoint?.(name),
    rollbackToSavepoint: async (name) => transaction.rollbackToSavepoint?.(name),
    releaseSavepoint: async (name) => transaction.releaseSavepoint?.(name),
    commit: () => transaction.commit().finally(release),
    rollback: () => transaction.rollback().finally(release),
  };
}
