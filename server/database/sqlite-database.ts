import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Sqlite from 'better-sqlite3';
import { StartupError } from '../errors.js';
import { type BulkInsert, type Database, type GuardedInserts, type RowsInto, type SqlSession, type SqlValue, type StatementListener, transactionOptions } from './database.js';
import { PrismaClient } from './generated/sqlite/client.js';
import { Lock } from './lock.js';
import { applyMigrations } from './migrator.js';
import { QueuedAdapterFactory } from './queued-adapter.js';
import { SharedTransactions } from './shared-transactions.js';
import { isBusy, onceFree } from './sqlite-busy.js';

export async function openSqliteDatabase(file: string, onStatement?: StatementListener): Promise<Database> {
  const releaseFile = holdFile(file);
  const lock = new Lock();
  let connection: Sqlite.Database | undefined;
  const adapter = new QueuedAdapterFactory(
    new PrismaBetterSqlite3({ url: `file:${file}` }, { timestampFormat: 'unixepoch-ms' }),
    lock,
    (connected) => {
      connection = connectionOf(connected);
      // better-sqlite3 makes WAL mean synchronous=NORMAL, which loses the last commits with the power.
      connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 0;');
    },
  );
  const prisma = new PrismaClient({ adapter, transactionOptions, log: onStatement ? [{ level: 'query', emit: 'event' }] : [] });
  if (onStatement) prisma.$on('query', ({ query }) => onStatement(query));
  try {
    await prisma.$connect();
    if (!connection) throw new Error('Prisma did not connect.');
    const sql = new SqliteSession(connection, onStatement);
    const transactions = new SharedTransactions(sql, (work) => inTransaction(sql, lock, work));
    const write: Database['write'] = (work) => transactions.write(work);
    await applyMigrations('sqlite', write, (script) => connection?.exec(script));
    return {
      engine: 'sqlite',
      prisma,
      write,
      insertGuarded: (inserts) => write(() => insertGuarded(sql, inserts)),
      read: (statement, params) => lock.hold(() => sql.all(statement, params)),
      close: async () => {
        adapter.close();
        await prisma.$disconnect();
        releaseFile();
      },
    };
  } catch (error) {
    await prisma.$disconnect();
    releaseFile();
    throw error;
  }
}

async function inTransaction<T>(sql: SqlSession, lock: Lock, work: () => Promise<T>): Promise<T> {
  const release = await onceFree(() => begin(sql, lock));
  try {
    const result = await work();
    await sql.run('COMMIT');
    return result;
  } catch (error) {
    // Where SQLite has undone the transaction by itself there is none any more; what went wrong first says why.
    await sql.run('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    release();
  }
}

async function insertGuarded(sql: SqliteSession, { guard, inserts }: GuardedInserts): Promise<string[]> {
  const found = 'sql' in guard ? (await sql.all<{ id: string }>(guard.sql, guard.params)).map(({ id }) => id) : sql.insertAny(guard).map((row) => ownerIn(guard, row));
  const ids = new Set<SqlValue | undefined>(found);
  for (const { into, rows } of inserts) await sql.insert(into, rows.filter(([owner]) => ids.has(owner)));
  return found;
}

function ownerIn({ into, ownerColumn }: { into: BulkInsert; ownerColumn: string }, row: readonly SqlValue[]): string {
  return String(row[Object.keys(into.columns).indexOf(ownerColumn)]);
}

/** While the file is held, those who only read get their turn between two tries. */
async function begin(sql: SqlSession, lock: Lock): Promise<() => void> {
  const release = await lock.acquire();
  try {
    await sql.run('BEGIN IMMEDIATE');
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

class SqliteSession implements SqlSession {
  private readonly prepared = new Map<string, Sqlite.Statement>();

  constructor(
    private readonly connection: Sqlite.Database,
    private readonly onStatement?: StatementListener,
  ) {}

  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    return this.prepare(sql).all(...params.map(toSqlite)) as Row[];
  }

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    return this.prepare(sql).run(...params.map(toSqlite)).changes;
  }

  async insert(into: BulkInsert, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    const statement = this.prepare(insertOf(into));
    for (const row of rows) statement.run(...row.map(toSqlite));
  }

  /** @returns the rows that no conflict left out */
  insertAny({ into, rows }: RowsInto): (readonly SqlValue[])[] {
    const statement = this.prepare(insertOf(into));
    return rows.filter((row) => statement.run(...row.map(toSqlite)).changes > 0);
  }

  private prepare(sql: string): Sqlite.Statement {
    this.onStatement?.(sql);
    let statement = this.prepared.get(sql);
    if (!statement) {
      // Prisma's adapter makes integers BigInt on this connection.
      statement = this.connection.prepare(sql).safeIntegers(false);
      this.prepared.set(sql, statement);
    }
    return statement;
  }
}

function insertOf({ table, columns, onConflict = '' }: BulkInsert): string {
  const names = Object.keys(columns);
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ${onConflict}`;
}

function toSqlite(value: SqlValue): string | number | null | Uint8Array {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'boolean' ? Number(value) : value;
}

/** The adapter keeps its connection to itself; statements of our own must share it, for a second one would wait for it on the same thread. */
function connectionOf(adapter: object): Sqlite.Database {
  if ('client' in adapter && adapter.client instanceof Sqlite) return adapter.client;
  throw new Error('This version of @prisma/adapter-better-sqlite3 keeps its connection elsewhere.');
}

/** Holds the file for this process through a lock that the operating system drops however the process ends. */
function holdFile(file: string): () => void {
  const folder = dirname(file);
  let holder: Sqlite.Database;
  try {
    mkdirSync(folder, { recursive: true });
    holder = new Sqlite(`${file}.lock`, { timeout: 0 });
  } catch {
    throw new StartupError(`The data folder ${folder} can't be written. Make it writable, or set DATA_DIR to a folder that is.`);
  }
  try {
    holder.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    holder.close();
    if (isBusy(error)) {
      throw new StartupError(`Another process uses ${file}. Stop it, set DATA_DIR to another folder, or run several processes on PostgreSQL with DATABASE_URL.`);
    }
    throw new StartupError(`The data folder ${folder} can't be written. Make it writable, or set DATA_DIR to a folder that is.`);
  }
  return () => holder.close();
}
