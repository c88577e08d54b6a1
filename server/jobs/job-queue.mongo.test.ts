import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { StartupError } from '../errors.js';
import { harnessOn } from '../testing/shared-job-queue.js';
import { describeJobQueue, describeSharedJobQueue } from './job-queue.contract.js';
import { MongoJobStore } from './mongo-job-store.js';

const server = process.env.MONGODB_URL;
if (!server) throw new Error('Set MONGODB_URL to a MongoDB server, such as mongodb://127.0.0.1:27017.');

async function onMongo(lockMs: number) {
  const url = new URL(server ?? '');
  url.pathname = `/promptpilot_test_${randomUUID().replaceAll('-', '')}`;
  const drop = async () => {
    const client = await MongoClient.connect(url.toString());
    await client.db().dropDatabase();
    await client.close();
  };
  return harnessOn(() => MongoJobStore.open(url.toString()), lockMs, { loseAll: drop, drop });
}

describeJobQueue('MongoDB', () => onMongo(4_000));
describeSharedJobQueue('MongoDB', () => onMongo(1_500));

it('says in one line that MongoDB can not be reached', async () => {
  const opening = MongoJobStore.open('mongodb://127.0.0.1:1/jobs?serverSelectionTimeoutMS=200');
  await expect(opening).rejects.toThrow(StartupError);
  await expect(opening).rejects.toThrow('127.0.0.1:1');
});
