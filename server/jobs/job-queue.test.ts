import { expect } from '@jest/globals';
import { pino } from 'pino';
import { openDatabase } from '../database/database.js';
import { ManualJobQueue } from '../testing/manual-job-queue.js';
import { createEmptyDatabase } from '../testing/test-database.js';
import { AgendaJobQueue } from './agenda-job-queue.js';
import { describeJobQueue, describeSharedJobQueue, type SharedJobQueueHarness } from './job-queue.contract.js';
import { openJobStore } from './job-stores.js';

const log = pino({ level: 'silent' });
const lockMs = 500;

describeSharedJobQueue('the database', async (): Promise<SharedJobQueueHarness> => {
  const { config, drop } = await createEmptyDatabase();
  const database = await openDatabase(config);
  const openStore = () => openJobStore({ database: config, mongodbUrl: undefined }, database, log);
  return {
    lockMs,
    open: async () => new AgendaJobQueue(await openStore(), log, { lockMs, retryMs: 5, drainMs: 2_000 }),
    claimAndDie: async () => {
      const store = await openStore();
      expect(await store.claim('execution.wake', lockMs)).toBeDefined();
      await store.close();
    },
    now: () => Date.now(),
    reach: async () => undefined,
    drop: async () => {
      await database.close();
      await drop();
    },
  };
});

describeJobQueue('a clock that the test moves', async () => {
  const queue = new ManualJobQueue();
  return {
    open: async () => queue,
    now: () => queue.now.getTime(),
    reach: (time) => queue.advanceTo(new Date(time)),
    drop: async () => undefined,
  };
});
