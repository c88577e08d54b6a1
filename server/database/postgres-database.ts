import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { StartupError } from '../errors.js';
import { type BulkInsert, type Database, type GuardedInserts, type SqlSession, type SqlValue, type StatementListener, transactionOptions } from './database.js';
import { PrismaClient } from './generated/postgres/client.js';
import { applyMigrations } from './migrator.js';
import { openPool } from './postgres-pool.js';

const timestampType = 1114;
const bigintType = 20;

export async function openPostgresDatabase(url: string, onStatement?: StatementListener): Promise<Database> {
  // One connection: grouped commits gain nothing from a second writer, and wait for each other's rows.
  const writer = openPool(url, 1, { types: { getTypeParser }, pipeline: true });
  // Rows that nobody knows of yet wait for nobody's.
  const newcomers = openPool(url, 1, { types: { getTypeParser } });
  const readers = openPool(url, 4, { types: { getTypeParser } });
  // A pool of ours: the one that Prisma's adapter makes ends the process when a connection is lost between two of its statements.
  const plain = openPool(url, 10);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(plain),
    transactionOptions,
    log: onStatement ? [{ level: 'query', emit: 'event' }] : [],
  });
  if (onStatement) prisma.$on('query', ({ query }) => onStatement(query));
  const write: Database['write'] = (work) => inTransaction(writer, work, onStatement);
  const close = async () => {
    await prisma.$disconnect();
    await Promise.all([writer, newcomers, readers, plain].map((pool) => pool.end()));
  };
  try {
    await reach(writer, url);
    await applyMigrations('postgres', write);
    // The generated clients differ only in the engine that is baked into them; the code is typed against one.
    return {
      engine: 'postgres',
      prisma: prisma as object as Database['prisma'],
      write,
      insertGuarded: (inserts) => insertGuarded('sql' in inserts.guard ? writer : newcomers, inserts, onStatement),
      read: (sql, params) => read(readers, sql, params, onStatement),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function reach(writer: pg.Pool, url: string): Promise<void> {
  try {
    await writer.query('SELECT 1');
  } catch (error) {
    const { host, pathname } = new URL(url);
    const reason = error instanceof AggregateError ? error.errors.map(messageOf).join(', ') : messageOf(error);
    throw new StartupError(`The database ${host}${pathname} can't be reached (${reason}). Start PostgreSQL, or correct DATABASE_URL.`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function read<Row>(pool: pg.Pool, sql: string, params: readonly SqlValue[], onStatement?: StatementListener): Promise<Row[]> {
  onStatement?.(sql);
  const { rows } = await pool.query(statementOf(sql, params));
  return rows as Row[];
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: SqlSession) => Promise<T>, onStatement?: StatementListener): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    // Pipelined: the first statement follows at once, and its answer comes with that of BEGIN.
    const [, result] = await Promise.all([client.query('BEGIN'), work(new PostgresSession(client, onStatement))]);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => (broken = failure));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** One statement, and so without BEGIN and COMMIT, each of which is a round trip. */
async function insertGuarded(pool: pg.Pool, { guard, inserts }: GuardedInserts, onStatement?: StatementListener): Promise<string[]> {
  const parts = inserts.map(({ into }, index) => `inserted_${index} AS (${bulkInsert(into, 'owner')})`);
  const owners = 'sql' in guard ? guard : { sql: `${bulkInsert(guard.into)} RETURNING ${guard.ownerColumn} AS id`, params: arraysOf(guard.into, guard.rows) };
  const sql = `WITH owner AS MATERIALIZED (${owners.sql}), ${parts.join(', ')} SELECT id FROM owner`;
  onStatement?.(sql);
  const params = [...owners.params, ...inserts.flatMap(({ into, rows }) => arraysOf(into, rows))];
  const { rows } = await pool.query<{ id: string }>(statementOf(sql, params));
  return rows.map(({ id }) => id);
}

class PostgresSession implements SqlSession {
  constructor(
    private readonly client: pg.PoolClient,
    private readonly onStatement?: StatementListener,
  ) {}

  async all<Row>(sql: string, params: readonly SqlValue[] = []): Promise<Row[]> {
    this.onStatement?.(sql);
    const { rows } = await this.client.query(statementOf(sql, params));
    return rows as Row[];
  }

  async run(sql: string, params: readonly SqlValue[] = []): Promise<number> {
    this.onStatement?.(sql);
    const { rowCount } = await this.client.query(statementOf(sql, params));
    return rowCount ?? 0;
  }

  async insert(into: BulkInsert, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    const sql = bulkInsert(into);
    this.onStatement?.(sql);
    await this.client.query(statementOf(sql, arraysOf(into, rows)));
  }
}

/**
 * One text however many rows: each column travels as an array.
 * @param owners what selects, as `id`, the owners whose rows are inserted; absent: all rows are
 */
function bulkInsert({ table, columns, onConflict = '' }: BulkInsert, owners?: string): string {
  const names = Object.keys(columns);
  const arrays = Object.values(columns).map((type) => `?::${type}[]`);
  const condition = owners === undefined ? '' : `WHERE given.${names[0]} IN (SELECT id FROM ${owners})`;
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT * FROM unnest(${arrays.join(', ')}) AS given (${names.join(', ')}) ${condition} ${onConflict}`;
}

function arraysOf({ columns }: BulkInsert, rows: readonly (readonly SqlValue[])[]) {
  return Object.keys(columns).map((_, index) => rows.map((row) => toPostgres(row[index] ?? null)));
}

const statements = new Map<string, { name: string; text: string }>();

function statementOf(sql: string, params: readonly (SqlValue | SqlValue[])[]): pg.QueryConfig {
  if (params.length === 0) return { text: sql };
  let statement = statements.get(sql);
  if (!statement) {
    let position = 0;
    const text = sql.replace(/\?/g, () => `$${++position}`);
    statement = { name: createHash('sha1').update(text).digest('base64url'), text };
    statements.set(sql, statement);
  }
  return { ...statement, values: params.map((value) => (Array.isArray(value) ? value : toPostgres(value))) };
}

/** Columns are timestamps without a zone that hold UTC; a Date would be written in the process's own zone. */
function toPostgres(value: SqlValue): Exclude<SqlValue, Date> {
  return value instanceof Date ? value.toISOString() : value;
}

function getTypeParser(type: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (type === timestampType) return (value) => Date.parse(`${value}Z`);
  if (type === bigintType) return Number;
  return pg.types.getTypeParser(type, format) as (value: string) => unknown;
}
