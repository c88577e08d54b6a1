import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { createEmptyDatabase, type TestDatabase } from '../testing/test-database.js';
import { type Database } from './database.js';
import { openDatabase } from './open-database.js';

let files: TestDatabase;
let database: Database;

beforeEach(async () => {
  files = await createEmptyDatabase();
  database = await openDatabase(files.config);
});

afterEach(async () => {
  await database.close();
  await files.drop();
});

const workspaceNames = async () => (await database.prisma.workspace.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name);

describe('isolation', () => {
  test('a plain query issued while a transaction is open survives its rollback', async () => {
    let plain: Promise<unknown> = Promise.resolve();
    const transaction = database.prisma.$transaction(async (tx) => {
      await tx.workspace.create({ data: { name: 'inside' } });
      plain = database.prisma.workspace.create({ data: { name: 'beside' } }).then(() => undefined);
      await tx.workspace.count();
      throw new Error('roll back');
    });
    await expect(transaction).rejects.toThrow('roll back');
    await plain;
    expect(await workspaceNames()).toEqual(['beside']);
  });

  test('200 transactions at once all succeed, beside plain queries and raw writes', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `w${String(index).padStart(3, '0')}`);
    await Promise.all(
      names.map((name, index) =>
        index % 3 === 0
          ? database.prisma.$transaction((tx) => tx.workspace.create({ data: { name } }), { maxWait: 20_000, timeout: 20_000 })
          : index % 3 === 1
            ? database.prisma.workspace.create({ data: { name } })
            : database.write((sql) => sql.run('INSERT INTO workspace (id, name, created_at) VALUES (?, ?, ?)', [name, name, new Date()])),
      ),
    );
    expect(await workspaceNames()).toEqual(names);
  });

  test('guarded inserts store the rows of owners that the guard selects, of no others, and all of them or none', async () => {
    await database.prisma.workspace.createMany({ data: [{ id: 'open', name: 'open' }, { id: 'shut', name: 'shut' }] });
    const rows = { table: 'workspace', columns: { id: 'text', name: 'text', created_at: 'timestamp' } } as const;
    const insert = (...names: string[]) =>
      database.insertGuarded({
        guard: { sql: `SELECT id FROM workspace WHERE name = ?`, params: ['open'] },
        inserts: [
          { into: { ...rows, columns: { name: 'text', id: 'text', created_at: 'timestamp' } }, rows: names.map((name, index) => [name, `${name} ${index}`, new Date()]) },
          { into: rows, rows: [] },
        ],
      });
    expect(await insert('open', 'shut', 'open')).toEqual(['open']);
    expect(await workspaceNames()).toEqual(['open', 'open', 'open', 'shut']);
    // An error of better-sqlite3 is not always one of this file’s own kind.
    expect(await insert('open', 'open', 'open').catch(() => 'refused')).toBe('refused');
    expect(await workspaceNames()).toEqual(['open', 'open', 'open', 'shut']);
  });

  test('a raw write that throws leaves nothing behind', async () => {
    const failing = database.write(async (sql) => {
      await sql.run('INSERT INTO workspace (id, name, created_at) VALUES (?, ?, ?)', ['a', 'a', new Date()]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await workspaceNames()).toEqual([]);
  });
});

/** As a backup does, or somebody's shell. @returns how to let go */
async function holdDatabase(): Promise<() => Promise<unknown>> {
  if (files.config.engine === 'sqlite') {
    const holder = new Sqlite(files.config.file);
    holder.exec('BEGIN IMMEDIATE');
    return async () => holder.exec('ROLLBACK').close();
  }
  const holder = new pg.Client({ connectionString: files.config.url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE workspace IN EXCLUSIVE MODE');
  return () => holder.end();
}

test('what is written while somebody else holds the database is written when they let go, and the process does not stand still', async () => {
  const letGo = await holdDatabase();
  let written = 0;
  const writes = [
    database.prisma.workspace.create({ data: { name: 'plain' } }),
    database.prisma.$transaction((tx) => tx.workspace.create({ data: { name: 'transaction' } })),
    database.write((sql) => sql.run('INSERT INTO workspace (id, name, created_at) VALUES (?, ?, ?)', ['raw', 'raw', new Date()])),
  ].map((write) => write.then(() => written++));
  expect(await database.read('SELECT name FROM workspace', [])).toEqual([]);
  const began = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(written).toBe(0);
  await letGo();
  await Promise.all(writes);
  expect(await workspaceNames()).toEqual(['plain', 'raw', 'transaction']);
});

describe('raw writes', () => {
  test('a time written raw is the time that Prisma reads, and comes back in milliseconds', async () => {
    const time = new Date('2026-03-29T01:30:00.123Z');
    await database.write((sql) => sql.run('INSERT INTO workspace (id, name, created_at) VALUES (?, ?, ?)', ['a', 'a', time]));
    expect((await database.prisma.workspace.findFirstOrThrow()).createdAt).toEqual(time);
    const rows = await database.write((sql) => sql.all('SELECT created_at AS at FROM workspace WHERE created_at = ?', [time]));
    expect(rows).toEqual([{ at: time.getTime() }]);
  });

  test('a row written by Prisma is found by its time', async () => {
    const createdAt = new Date('2026-10-25T00:59:59.999Z');
    await database.prisma.workspace.create({ data: { name: 'a', createdAt } });
    const rows = await database.write((sql) => sql.all('SELECT name FROM workspace WHERE created_at <= ?', [createdAt]));
    expect(rows).toEqual([{ name: 'a' }]);
  });
});

describe('opening', () => {
  test('what was committed is there after closing and opening again', async () => {
    await database.prisma.workspace.create({ data: { name: 'kept' } });
    await database.close();
    database = await openDatabase(files.config);
    expect(await workspaceNames()).toEqual(['kept']);
  });

  test('nothing is opened again by a query that comes after closing', async () => {
    const { prisma } = database;
    await database.close();
    if (files.config.engine === 'sqlite') await expect(prisma.workspace.count()).rejects.toThrow('has been closed');
    database = await openDatabase(files.config);
  });

  test('a SQLite file has one process at a time; PostgreSQL as many as wanted', async () => {
    if (files.config.engine === 'sqlite') {
      await expect(openDatabase(files.config)).rejects.toThrow(/Another process uses .*test\.db/);
    } else {
      const second = await openDatabase(files.config);
      expect(await second.prisma.workspace.count()).toBe(0);
      await second.close();
    }
  });

  test('a database made by a newer version is refused', async () => {
    await database.write((sql) =>
      sql.run("INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name) VALUES ('x', 'x', ?, '99990101000000_future')", [new Date()]),
    );
    await database.close();
    await expect(openDatabase(files.config)).rejects.toThrow('newer version');
    await files.drop();
    files = await createEmptyDatabase();
    database = await openDatabase(files.config);
  });
});
