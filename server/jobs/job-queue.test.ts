import { pino } from 'pino';
import { openDatabase } from '../database/open-database.js';
import { ManualJobQueue } from '../testing/manual-job-queue.js';
import { harnessOn } from '../testing/shared-job-queue.js';
import { createEmptyDatabase } from '../testing/test-database.js';
import { describeJobQueue, describeSharedJobQueue } from './job-queue.contract.js';
import { openJobStore } from './job-stores.js';

const log = pino({ level: 'silent' });

async function onDatabase(lockMs: number) {
  const { config, drop } = await createEmptyDatabase();
  const database = await openDatabase(config);
  const openStore = () => openJobStore({ database: config, mongodbUrl: undefined }, database, log);
  return harnessOn(openStore, lockMs, {
    loseAll: () => database.write(async (sql) => void (await sql.run(`DELETE FROM ${config.engine === 'sqlite' ? 'job' : 'agenda_jobs'}`))),
    drop: async () => {
      await database.close();
      await drop();
    },
  });
}

describeJobQueue('the database', () => onDatabase(4_000));
describeSharedJobQueue('the database', () => onDatabase(1_500));

describeJobQueue('a clock that the test moves', async () => {
  const queue = new ManualJobQueue();
  return {
    open: async () => queue,
    now: () => queue.now.getTime(),
    reach: (time) => queue.advanceTo(new Date(time)),
    drop: async () => undefined,
  };
});
