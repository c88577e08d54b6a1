import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { migrationScript } from '../../scripts/schema-engine.mjs';
import { projectRoot } from '../project-root.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../testing/test-database.js';
import { type Database } from './database.js';
import { openDatabase } from './open-database.js';

const models = readFileSync(join(projectRoot, 'prisma', 'schema.prisma'), 'utf8');

const catalog = {
  sqlite: `SELECT m.type || ' ' || m.name AS owner, c.name, c.type, c."notnull", c.dflt_value, c.pk
    FROM sqlite_master m LEFT JOIN pragma_table_xinfo(m.name) c WHERE m.name NOT LIKE '\\_prisma%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY 1, 2`,
  postgres: `SELECT table_name || ' ' || column_name AS what, data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS how
      FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations'
    UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
    UNION ALL SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> coalesce(to_regclass('_prisma_migrations'), 0)
    ORDER BY 1, 2`,
};

interface CatalogRow {
  /** On SQLite. */
  owner?: string;
  /** On PostgreSQL. */
  what?: string;
}

/**
 * What Prisma's models can't say, and migrations make by hand. What searching prompts needs: a full-text index is a virtual table on SQLite and a
 * column of a type of its own on PostgreSQL. And what keeps the audit log as it is.
 */
const byHand = new Set([
  ...['', '_config', '_data', '_docsize', '_idx'].map((part) => `table prompt_words${part}`),
  'trigger prompt_search_removed',
  'prompt_search words',
  'prompt_search_words_idx',
  'prompt_search_words_not_null',
  ...['changed', 'deleted', 'replaced'].map((what) => `trigger audit_entry_is_never_${what}`),
]);

test('the migrations add up to the models', async () => {
  const migrated = await createTestDatabase();
  const direct = await createEmptyDatabase();
  try {
    const { engine } = migrated.database;
    const found = await migrated.database.write((sql) => sql.all<CatalogRow>(catalog[engine]));
    const expected = await catalogOfModels(engine, direct, await migrationScript(engine, undefined, models));
    expect(found.length).toBeGreaterThan(50);
    expect(found.filter(({ owner, what }) => !byHand.has(owner ?? what ?? '')).map((row) => ({ ...row }))).toEqual(expected);
  } finally {
    await migrated.drop();
    await direct.drop();
  }
});

test('no migration of SQLite makes a table anew, for dropping the old one deletes what refers to it', () => {
  const folder = join(projectRoot, 'prisma', 'migrations', 'sqlite');
  const scripts = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => ({ name, script: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }));
  expect(scripts.filter(({ script }) => /DROP TABLE[^;]*;\s*ALTER TABLE[^;]*RENAME TO/i.test(script)).map(({ name }) => name)).toEqual([]);
});

test('two processes that start on one empty database both find it migrated', async () => {
  const files = await createEmptyDatabase();
  // On SQLite the second is refused, which the opening tests cover.
  const count = files.config.engine === 'postgres' ? 4 : 1;
  const opened = await Promise.all(Array.from({ length: count }, () => openDatabase(files.config)));
  for (const database of opened) {
    expect(await database.prisma.workspace.count()).toBe(0);
    await database.close();
  }
  await files.drop();
});

async function catalogOfModels(engine: Database['engine'], files: TestDatabase, script: string): Promise<object[]> {
  if (files.config.engine === 'sqlite') {
    const connection = new Sqlite(files.config.file);
    connection.exec(script);
    const rows = connection.prepare<[], object>(catalog.sqlite).all();
    connection.close();
    return rows.map((row) => ({ ...row }));
  }
  const client = new pg.Client({ connectionString: files.config.url });
  await client.connect();
  await client.query(script);
  const { rows } = await client.query<object>(catalog[engine]);
  await client.end();
  return rows.map((row) => ({ ...row }));
}
