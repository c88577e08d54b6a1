import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairQueue } from './fair-queue.js';

const anybody = () => true;

function drain<Job>(queue: FairQueue<Job>): Job[] {
  const jobs: Job[] = [];
  for (let job = queue.take(anybody); job !== undefined; job = queue.take(anybody)) jobs.push(job);
  return jobs;
}

describe('A fair queue', () => {
  it('gives each of k keys that wait its turn within k jobs, whoever came first and with however many', () => {
    const step = fc.oneof(fc.record({ push: fc.constantFrom('a', 'b', 'c', 'd') }), fc.constant('take' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new FairQueue<string>();
        const waitedFor = new Map<string, number>();
        for (const at of steps) {
          if (at !== 'take') {
            if (queue.lengthOf(at.push) === 0) waitedFor.set(at.push, 0);
            queue.push(at.push, at.push);
            continue;
          }
          const served = queue.take(anybody);
          if (served === undefined) continue;
          for (const [key, turns] of waitedFor) waitedFor.set(key, turns + 1);
          if (queue.lengthOf(served) === 0) waitedFor.delete(served);
          else waitedFor.set(served, 0);
          for (const turns of waitedFor.values()) expect(turns).toBeLessThan(4);
        }
      }),
    );
  });

  it('serves the jobs of one key in their order, and loses none', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat())), (jobs) => {
        const queue = new FairQueue<[string, number]>();
        for (const job of jobs) queue.push(job[0], job);
        const served = drain(queue);
        for (const key of ['a', 'b', 'c']) expect(served.filter((job) => job[0] === key)).toEqual(jobs.filter((job) => job[0] === key));
        expect(served).toHaveLength(jobs.length);
      }),
    );
  });

  it('keeps the turn of a key that may not be served yet', () => {
    const queue = new FairQueue<string>();
    for (const job of ['a1', 'a2', 'b1', 'b2']) queue.push(job.charAt(0), job);
    expect(queue.take((key) => key !== 'a')).toBe('b1');
    expect(drain(queue)).toEqual(['a1', 'b2', 'a2']);
  });

  it('forgets what is removed, without anybody losing a turn', () => {
    const queue = new FairQueue<string>();
    for (const job of ['a1', 'a2', 'b1']) queue.push(job.charAt(0), job);
    queue.remove('a', 'a1');
    queue.remove('b', 'b1');
    expect(queue.has((key) => key === 'b')).toBe(false);
    expect(queue.removeAll()).toEqual(['a2']);
    expect(drain(queue)).toEqual([]);
  });
});
