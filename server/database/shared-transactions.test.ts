import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Database, type SqlSession } from './database.js';
import { openDatabase } from './open-database.js';

let folder: string;
let database: Database;
let commits: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promptpilot-'));
  commits = 0;
  database = await openDatabase({ engine: 'sqlite', file: join(folder, 'test.db') }, (sql) => void (sql === 'COMMIT' && commits++));
  commits = 0;
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const insert = (id: string) => (sql: SqlSession) => sql.run('INSERT INTO job (id, name, payload, due_at) VALUES (?, ?, ?, 0)', [id, 'name', '{}']);
const ids = async () => (await database.read<{ id: string }>('SELECT id FROM job ORDER BY id', [])).map(({ id }) => id);

test('what is asked for in one turn is written in one transaction', async () => {
  expect(await Promise.all(['a', 'b', 'c'].map((id) => database.write(insert(id))))).toEqual([1, 1, 1]);
  expect(commits).toBe(1);
  expect(await ids()).toEqual(['a', 'b', 'c']);
});

test('one that fails is undone whole, and the others are stored', async () => {
  const half = database.write(async (sql) => {
    await insert('b')(sql);
    throw new Error('Not so');
  });
  const results = await Promise.allSettled([database.write(insert('a')), half, database.write(insert('a')), database.write(insert('c'))]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(await ids()).toEqual(['a', 'c']);
});

test('each sees what those before it have written', async () => {
  const [, seen] = await Promise.all([database.write(insert('a')), database.write((sql) => sql.all('SELECT id FROM job'))]);
  expect(seen).toEqual([{ id: 'a' }]);
});

test('a transaction that fails as a whole fails all that share it, and the next goes on', async () => {
  const broken = [database.write(insert('a')), database.write((sql) => sql.run('ROLLBACK')), database.write(insert('b'))];
  expect((await Promise.allSettled(broken)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  // As SQLite does of itself when there is no room left.
  const full = database.write(async (sql) => {
    await sql.run('ROLLBACK');
    throw new Error('The disk is full');
  });
  const failed = await Promise.allSettled([full, database.write(insert('d'))]);
  expect(failed).toMatchObject([0, 1].map(() => ({ status: 'rejected', reason: { message: 'The disk is full' } })));
  await database.write(insert('c'));
  expect(await ids()).toEqual(['c']);
});
