import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartupError } from '../errors.js';
import { projectRoot } from '../project-root.js';
import { type Database, type Engine, type SqlSession } from './database.js';

/** The lock that Prisma's own `migrate deploy` takes, so that it and a server that starts exclude each other. */
const prismaAdvisoryLock = 72_707_369;

interface Migration {
  name: string;
  script: string;
  checksum: string;
}

/**
 * Applies the migrations that the database lacks, each in a transaction with its row in `_prisma_migrations`, as `prisma migrate deploy`
 * would and so that it can go on from there. Two processes may do this at once.
 * @param executeScript runs several statements in the open transaction, where the session can run one at a time only
 * @throws StartupError when the database was made by a newer version, or a migration was left half done by the Prisma CLI
 */
export async function applyMigrations(
  engine: Engine,
  write: Database['write'],
  executeScript?: (script: string) => void,
): Promise<void> {
  const migrations = readMigrations(engine);
  await write(async (sql) => {
    if (engine === 'postgres') await sql.run(`SELECT pg_advisory_xact_lock(${prismaAdvisoryLock})`);
    await sql.run(recordTable[engine]);
    const applied = await appliedNames(sql);
    refuseUnknown(applied, migrations);
    for (const migration of migrations.filter(({ name }) => !applied.has(name))) {
      if (executeScript) executeScript(migration.script);
      else await sql.run(migration.script);
      const now = new Date();
      await sql.run(
        'INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)',
        [randomUUID(), migration.checksum, now, migration.name, now],
      );
    }
  });
}

/** The columns that Prisma gives this table. */
const recordTable = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL, "logs" TEXT,
    "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
  postgres: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`,
};

async function appliedNames(sql: SqlSession): Promise<Set<string>> {
  const rows = await sql.all<{ name: string; finished: number }>(
    'SELECT migration_name AS name, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const unfinished = rows.find(({ finished }) => finished === 0);
  if (unfinished) {
    throw new StartupError(`The migration ${unfinished.name} was left half done. Restore the database from a backup, or resolve it with \`npx prisma migrate resolve\`.`);
  }
  return new Set(rows.map(({ name }) => name));
}

function refuseUnknown(applied: Set<string>, migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].find((name) => !known.has(name));
  if (unknown) throw new StartupError(`The database was made by a newer version (it has the migration ${unknown}). Start that version or a later one.`);
}

function readMigrations(engine: Engine): Migration[] {
  const folder = join(projectRoot, 'prisma', 'migrations', engine);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    });
}
