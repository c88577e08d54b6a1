import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ManualJobQueue } from '../../../testing/manual-job-queue.js';
import { createTestDatabase } from '../../../testing/test-database.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { PromptRunJobs } from './prompt-run.jobs.js';
import { PromptRunStore } from './prompt-run.store.js';
import { longestRunMs } from './prompt-runner.js';

let created: Awaited<ReturnType<typeof createTestDatabase>>;
let jobs: ManualJobQueue;

beforeEach(async () => {
  created = await createTestDatabase();
  jobs = new ManualJobQueue();
});
afterEach(() => created.drop());

const after = (ms: number) => new Date(jobs.now.getTime() + ms);

async function startProcess(alone: boolean): Promise<void> {
  const process = new PromptRunJobs({ store: new PromptRunStore(created.database), jobs, now: () => jobs.now, alone });
  process.register();
  await jobs.start();
  await process.recover();
  await process.start();
}

/** Under way since just now, in some process. */
async function leaveRun(): Promise<void> {
  const { workspaceId, userId } = await createIdentity(created.database);
  const { prisma } = created.database;
  const { id: promptId } = await prisma.prompt.create({ data: { workspaceId, path: 'greet', name: 'Greet', kind: 'TEXT', updatedAt: jobs.now } });
  const facts = { contentHash: 'x', runById: userId, model: 'a/b', simulated: false, values: '{}', messages: '[]' };
  await prisma.promptRun.create({ data: { ...facts, workspaceId, promptId, status: 'RUNNING', createdAt: new Date(jobs.now.getTime() - 1) } });
}

const statuses = async () => (await created.database.prisma.promptRun.findMany({ orderBy: { id: 'asc' } })).map(({ status }) => status);

it('A run that another process may be at is left alone for as long as it may take, then failed, without any start', async () => {
  await leaveRun();
  await startProcess(false);
  expect(await statuses()).toEqual(['RUNNING']);
  await jobs.advanceTo(after(longestRunMs - 1));
  expect(await statuses()).toEqual(['RUNNING']);
  await jobs.advanceTo(after(1));
  expect(await statuses()).toEqual(['FAILED']);
});

it('So is one that is left behind later', async () => {
  await startProcess(false);
  await jobs.advanceTo(after(10 * longestRunMs));
  await leaveRun();
  await jobs.advanceTo(after(2 * longestRunMs));
  expect(await statuses()).toEqual(['FAILED']);
});

it('A process that has the database to itself fails at once what an earlier one left, and has nothing to look for later', async () => {
  await leaveRun();
  await startProcess(true);
  expect(await statuses()).toEqual(['FAILED']);
  expect(jobs.waiting).toEqual([]);
});
