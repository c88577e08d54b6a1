import { afterEach, expect, test } from '@jest/globals';
import { CuttableLink } from '../testing/cuttable-link.js';
import { createTestDatabase } from '../testing/test-database.js';
import { isDatabaseLoss } from './database-loss.js';
import { type Database, type SqlSession } from './database.js';
import { openDatabase } from './open-database.js';

const releasers: (() => Promise<unknown>)[] = [];
let linkedUrl = '';

afterEach(async () => {
  for (const release of releasers.splice(0).reverse()) await release();
});

const uses: Record<string, (database: Database) => Promise<unknown>> = {
  query: ({ prisma }) => prisma.workflow.findMany({}),
  'raw query': ({ prisma }) => prisma.$queryRaw`SELECT 1`,
  transaction: ({ prisma }) => prisma.$transaction([prisma.workflow.count(), prisma.trigger.count()]),
  'transaction of several turns': ({ prisma }) => prisma.$transaction(async (tx) => [await tx.workflow.count(), await tx.trigger.count()]),
  read: (database) => database.read('SELECT 1', []),
  write: (database) => database.write(async (sql) => [await sql.all('SELECT 1'), await sql.all('SELECT 2')]),
};

/** Through a link that can be cut, beside the server's own connection that can end all others. */
async function openBreakable(): Promise<{ database: Database; breakIt: ((time: number) => unknown) | undefined }> {
  const files = await createTestDatabase();
  releasers.push(() => files.drop());
  if (files.config.engine === 'sqlite') return { database: files.database, breakIt: undefined };
  const url = new URL(files.config.url);
  const link = await CuttableLink.to(Number(url.port || 5_432));
  releasers.push(() => link.dispose());
  url.host = new URL(link.url).host;
  linkedUrl = url.toString();
  const database = await openDatabase({ engine: 'postgres', url: linkedUrl });
  releasers.push(() => database.close());
  const terminateOthers = () => files.database.read('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()', []);
  return { database, breakIt: (time) => (time % 2 === 0 ? terminateOthers().catch(() => undefined) : (link.cut(), link.mend())) };
}

test('a connection that breaks at any moment of any use is known for what it is, ends no process, and is replaced', async () => {
  const { database, breakIt } = await openBreakable();
  if (!breakIt) return;
  const failures: unknown[] = [];
  let broken = 0;
  const use = async (work: (database: Database) => Promise<unknown>) => {
    while (broken < 60) await work(database).catch((error: unknown) => failures.push(error));
  };
  const breaks = async () => {
    while (broken < 60) {
      // In the middle of what goes on, wherever that is.
      await Promise.race(Object.values(uses).map((work) => work(database).catch((error: unknown) => failures.push(error))));
      await breakIt(broken++);
    }
  };
  await Promise.all([breaks(), ...Object.values(uses).flatMap((work) => [use(work), use(work)])]);
  expect(failures.length).toBeGreaterThan(0);
  expect(failures.filter((error) => !isDatabaseLoss(error))).toEqual([]);
  for (const work of Object.values(uses)) await work(database);
});

test('a process that stands still in a transaction holds its rows for no longer than some seconds, and is told so when it goes on', async () => {
  const { database, breakIt } = await openBreakable();
  if (!breakIt) return;
  const another = await openDatabase({ engine: 'postgres', url: linkedUrl });
  releasers.push(() => another.close());
  await database.prisma.workspace.create({ data: { id: 'a', name: 'a' } });
  let goOn!: () => void;
  const standstill = new Promise<void>((resolve) => (goOn = resolve));
  const rename = (name: string) => (sql: SqlSession) => sql.run('UPDATE workspace SET name = ? WHERE id = ?', [name, 'a']);
  const standing = database.write(async (sql) => {
    await rename('held')(sql);
    await standstill;
  });
  const failed = standing.then(() => undefined, (error: unknown) => error);
  while ((await another.read<{ held: number }>(`SELECT count(*)::int AS held FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'`, []))[0]?.held !== 1);
  await another.write(rename('changed'));
  goOn();
  expect(isDatabaseLoss(await failed)).toBe(true);
  expect((await database.prisma.workspace.findFirstOrThrow()).name).toBe('changed');
}, 60_000);

test('what a statement gets wrong is no loss of the database', async () => {
  const { database } = await openBreakable();
  await database.prisma.workspace.create({ data: { id: 'a', name: 'a' } });
  const wrongs = [
    () => database.read('SELECT nothing FROM nowhere', []),
    () => database.prisma.workspace.create({ data: { id: 'a', name: 'again' } }),
    () => database.prisma.workspace.findFirstOrThrow({ where: { id: 'nobody' } }),
    () => Promise.reject(new Error('Something else')),
  ];
  for (const wrong of wrongs) {
    const error: unknown = await wrong().then(
      () => 'none',
      (failure: unknown) => failure,
    );
    expect(error).not.toBe('none');
    expect(isDatabaseLoss(error)).toBe(false);
  }
});
