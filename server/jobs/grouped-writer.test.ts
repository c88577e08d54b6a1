import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, type SqlSession } from '../database/database.js';
import { openDatabase } from '../database/open-database.js';
import { GroupedWriter } from './grouped-writer.js';

describe('grouped writer', () => {
  let folder: string;
  let database: Database;
  let transactions: number;
  let writer: GroupedWriter;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'promptpilot-'));
    database = await openDatabase({ engine: 'sqlite', file: join(folder, 'test.db') });
    transactions = 0;
    const write: Database['write'] = (work) => {
      transactions += 1;
      return database.write(work);
    };
    writer = new GroupedWriter({ ...database, write });
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const insert = (id: string) => (sql: SqlSession) =>
    sql.run('INSERT INTO job (id, name, payload, due_at) VALUES (?, ?, ?, 0)', [id, 'name', '{}']);
  const count = () => database.write((sql) => sql.all<{ n: number }>('SELECT count(*) AS n FROM job'));

  it('writes in one transaction what is asked for in one turn', async () => {
    const changed = await Promise.all(['a', 'b', 'c'].map((id) => writer.write(insert(id))));
    expect(changed).toEqual([1, 1, 1]);
    expect(transactions).toBe(1);
    expect(await count()).toEqual([{ n: 3 }]);
  });

  it('fails only the one whose statement fails', async () => {
    const results = await Promise.allSettled(['a', 'a', 'b'].map((id) => writer.write(insert(id))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await count()).toEqual([{ n: 2 }]);
  });

  it('goes on after a transaction that failed as a whole', async () => {
    const commitFails = writer.write((sql) => sql.run('COMMIT'));
    await expect(commitFails).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    await writer.write(insert('a'));
    expect(await count()).toEqual([{ n: 1 }]);
  });
});
