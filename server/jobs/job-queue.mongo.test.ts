import { expect, it } from '@jest/globals';
import { StartupError } from '../errors.js';
import { harnessOn } from '../testing/shared-job-queue.js';
import { describeJobQueue, describeSharedJobQueue } from './job-queue.contract.js';
import { MongoJobStore } from './mongo-job-store.js';
import { mongoTestDatabase } from './mongo-test-database.js';

async function onMongo(lockMs: number) {
  const { url, drop } = mongoTestDatabase();
  return harnessOn(() => MongoJobStore.open(url), lockMs, { loseAll: drop, drop });
}

describeJobQueue('MongoDB', () => onMongo(4_000));
describeSharedJobQueue('MongoDB', () => onMongo(1_500));

it('says in one line that MongoDB can not be reached', async () => {
  const opening = MongoJobStore.open('mongodb://127.0.0.1:1/jobs?serverSelectionTimeoutMS=200');
  await expect(opening).rejects.toThrow(StartupError);
  await expect(opening).rejects.toThrow('127.0.0.1:1');
});
