import { type PrismaClient } from './generated/sqlite/client.js';

export type Engine = 'sqlite' | 'postgres';

export type SqlValue = string | number | boolean | null | Date | Uint8Array;

/** Statements within one transaction. Placeholders are `?`; times are given as Date and come back as milliseconds since 1970. */
export interface SqlSession {
  all<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** @returns how many rows it changed */
  run(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** Inserts all rows, in one statement where statements cost a round trip. */
  insert(into: BulkInsert, rows: readonly (readonly SqlValue[])[]): Promise<void>;
}

export interface BulkInsert {
  table: string;
  /** In the order of each row's values. */
  columns: Readonly<Record<string, 'text' | 'integer' | 'double precision' | 'boolean' | 'timestamp' | 'bytea'>>;
  /** An `ON CONFLICT …` clause. */
  onConflict?: string;
}

export interface RowsInto {
  into: BulkInsert;
  rows: readonly (readonly SqlValue[])[];
}

/** Rows that are inserted only where their owner is as the writer believes it to be. */
export interface GuardedInserts {
  /**
   * Selects, as `id`, the owners that are, and holds them as they are until the end of the transaction; or inserts rows each of which names an owner in
   * a column, where no conflict leaves it out.
   */
  guard: { sql: string; params: readonly SqlValue[] } | (RowsInto & { ownerColumn: string });
  /** The first value of each row is its owner's id. */
  inserts: readonly RowsInto[];
}

/** The product's database, whichever engine it is. Only stores use it. */
export interface Database {
  readonly engine: Engine;
  readonly prisma: PrismaClient;
  /**
   * Runs prepared SQL in one transaction, for the paths where Prisma costs too much. Never use `prisma` inside: on SQLite it waits
   * for this transaction to end. On PostgreSQL these transactions run one after another, too.
   */
  write<T>(work: (sql: SqlSession) => Promise<T>): Promise<T>;
  /**
   * Inserts in one transaction, which is one round trip where that costs something, the rows whose owners the guard finds.
   * @returns the ids that it found
   */
  insertGuarded(inserts: GuardedInserts): Promise<string[]>;
  /** Runs one prepared query that changes nothing, for reads that happen too often for Prisma. It sees what is committed. */
  read<Row>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
  close(): Promise<void>;
}

export type StatementListener = (sql: string) => void;

/** On a busy machine an interactive transaction may wait its turn for longer than Prisma's default of two seconds. */
export const transactionOptions = { maxWait: 20_000, timeout: 20_000 };
