import { expect } from '@jest/globals';
import { pino } from 'pino';
import { InProcessBus } from '../events/in-process-bus.js';
import { AgendaJobQueue } from '../jobs/agenda-job-queue.js';
import { type SharedJobQueueHarness } from '../jobs/job-queue.contract.js';
import { type JobStore } from '../jobs/job-store.js';

/** Queues on Agenda for the contract suite, each with a store of its own that `openStore` opens on the same jobs. */
export function harnessOn(openStore: () => Promise<JobStore>, lockMs: number, { loseAll, drop }: Pick<SharedJobQueueHarness, 'loseAll' | 'drop'>): SharedJobQueueHarness {
  const log = pino({ level: 'silent' });
  const bus = new InProcessBus();
  return {
    lockMs,
    loseAll,
    open: async () => new AgendaJobQueue(await openStore(), bus, log, { lockMs, retryMs: 5, drainMs: 2_000 }),
    claimAndDie: async () => {
      const store = await openStore();
      expect(await store.claim('execution.wake', lockMs)).toBeDefined();
      await store.close();
    },
    now: () => Date.now(),
    reach: async () => undefined,
    drop,
  };
}
