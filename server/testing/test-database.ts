import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Config } from '../config.js';
import { type Database, type StatementListener } from '../database/database.js';
import { openDatabase } from '../database/open-database.js';

export interface TestDatabase {
  config: Config['database'];
  drop: () => Promise<void>;
}

/** A database of its own, empty: a SQLite file, or a PostgreSQL database on a server, the one at TEST_DATABASE_URL where that is set. */
export async function createEmptyDatabase(server: string | null = process.env.TEST_DATABASE_URL ?? null): Promise<TestDatabase> {
  return server ? createPostgresDatabase(server) : createSqliteFile();
}

/** The same, opened and migrated; `drop` closes it first. */
export async function createTestDatabase(onStatement?: StatementListener, server?: string | null): Promise<TestDatabase & { database: Database }> {
  const { config, drop } = await createEmptyDatabase(server);
  const database = await openDatabase(config, onStatement);
  return {
    database,
    config,
    drop: async () => {
      await database.close();
      await drop();
    },
  };
}

async function createSqliteFile(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'promptpilot-'));
  return {
    config: { engine: 'sqlite', file: join(folder, 'test.db') },
    drop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createPostgresDatabase(server: string): Promise<TestDatabase> {
  const name = `promptpilot_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    config: { engine: 'postgres', url: url.toString() },
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
