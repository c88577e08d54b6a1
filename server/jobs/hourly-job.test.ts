import { beforeEach, expect, test } from '@jest/globals';
import { ManualJobQueue } from '../testing/manual-job-queue.js';
import { HourlyJob } from './hourly-job.js';

const minute = 60_000;
let jobs: ManualJobQueue;
let begin: number;
/** Minutes since the beginning. */
let done: number[];

beforeEach(async () => {
  jobs = new ManualJobQueue();
  begin = jobs.now.getTime();
  done = [];
  await jobs.start();
});

function create(): HourlyJob {
  const job = new HourlyJob({ name: 'trigger.prune', firstAfterMs: minute, work: async (now) => void done.push((now.getTime() - begin) / minute), jobs, now: () => jobs.now });
  job.register();
  return job;
}

const goOn = (toMinute: number) => jobs.advanceTo(new Date(begin + toMinute * minute));

test('it is done soon after the start, and then each hour', async () => {
  await create().start();
  await goOn(150);
  expect(done).toEqual([1, 61, 121]);
});

test('it is not put off by who arms it again and again', async () => {
  const job = create();
  for (let at = 0; at <= 150; at += 0.5) {
    await job.start();
    await goOn(at);
  }
  expect(done).toEqual([1, 61, 121]);
});

test('once its job is lost it goes on some hours later, where it is armed again and again', async () => {
  const job = create();
  await job.start();
  await goOn(30);
  jobs.loseAll();
  for (let at = 30; at <= 240; at += 1) {
    await goOn(at);
    await job.start();
  }
  expect(done).toEqual([1, 182]);
});
