import { type PrismaClient } from './generated/sqlite/client.js';

export type Engine = 'sqlite' | 'postgres';

export type SqlValue = string | number | boolean | null | Date;

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
  columns: Readonly<Record<string, 'text' | 'integer' | 'double precision' | 'boolean' | 'timestamp'>>;
  /** An `ON CONFLICT …` clause. */
  onConflict?: string;
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
  /** Runs one prepared query that changes nothing, for reads that happen too often for Prisma. It sees what is committed. */
  read<Row>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
  close(): Promise<void>;
}

export type StatementListener = (sql: string) => void;

/** On a busy machine an interactive transaction may wait its turn for longer than Prisma's default of two seconds. */
export const transactionOptions = { maxWait: 20_000, timeout: 20_000 };
