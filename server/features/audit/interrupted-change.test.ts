import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Database } from '../../database/database.js';
import { ManualJobQueue } from '../../testing/manual-job-queue.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { AuditJournal } from './audit-journal.js';
import { AuditJobs } from './audit.jobs.js';
import { AuditStore } from './audit.store.js';
import { type AuditEvent } from './audit.types.js';

const at = new Date('2026-11-29T08:00:00Z');
const minuteMs = 60_000;

let database: Database;
let drop: () => Promise<void>;
let event: AuditEvent;

beforeAll(async () => {
  ({ database, drop } = await createTestDatabase());
  const { id: workspaceId } = await database.prisma.workspace.create({ data: { name: 'Works' } });
  event = { workspaceId, at, actor: { type: 'PERSON', id: 'ada', name: 'Ada' }, action: 'secret.set', subject: { type: 'secret', id: 'one' }, outcome: 'DONE' };
});
afterAll(() => drop());

const entries = () => database.prisma.auditEntry.findMany({ orderBy: { id: 'asc' } });

test('A change whose process stopped is told as one of unknown outcome, at the next start or by another process; one that is over is told once', async () => {
  const store = new AuditStore(database);
  const faults: unknown[] = [];
  const journal = new AuditJournal(store, { onFault: (error) => faults.push(error) });
  const jobs = new ManualJobQueue(at);
  await journal.begin(event);
  await journal.settle(await journal.begin(event), [event]);
  expect(await entries()).toMatchObject([{ outcome: 'DONE' }]);

  const audit = new AuditJobs({ store, jobs, now: () => jobs.now, alone: false });
  audit.register();
  await jobs.start();
  await audit.start();
  // It may still be under way elsewhere.
  expect(await entries()).toHaveLength(1);
  await jobs.advanceTo(new Date(at.getTime() + 25 * minuteMs));
  expect(await entries()).toMatchObject([{ outcome: 'DONE' }, { outcome: 'UNKNOWN', action: 'secret.set', actorName: 'Ada', subjectId: 'one', at }]);
  expect(await database.prisma.auditIntent.count()).toBe(0);

  await journal.begin(event);
  await new AuditJobs({ store, jobs, now: () => new Date(at.getTime() + 1), alone: true }).recover();
  expect(await entries()).toHaveLength(3);
  await journal.stop();
  expect(faults).toEqual([]);
});

test('What could not be stored at once is stored later, and when the process stops', async () => {
  const real = new AuditStore(database);
  let broken = true;
  const faults: unknown[] = [];
  const journal = new AuditJournal({ write: (all) => (broken ? Promise.reject(new Error('The database is gone.')) : real.write(all)) }, { onFault: (error) => faults.push(error) });
  const before = (await entries()).length;
  journal.writeSoon(event);
  while (faults.length === 0) await new Promise((resolve) => setImmediate(resolve));
  broken = false;
  journal.writeSoon(event);
  await journal.stop();
  expect((await entries()).length).toBe(before + 2);
});
