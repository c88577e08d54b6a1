import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type JobPayloads, type JobQueue } from './job-queue.js';

export interface JobQueueHarness {
  /** A queue on the store; a second one is as another process would have it. */
  open(): Promise<JobQueue>;
  now(): number;
  /** Lets this time come, where the queue does not live in real time. */
  reach(time: number): Promise<void>;
  drop(): Promise<void>;
}

/** Of a queue whose jobs outlive it and are shared with others. */
export interface SharedJobQueueHarness extends JobQueueHarness {
  lockMs: number;
  /** Empties the store. */
  loseAll(): Promise<void>;
  /** Claims the job that is due, as a process would that is killed right then. */
  claimAndDie(): Promise<void>;
}

/** Generous, for machines that are busy; a queue that waits for a poll would take seconds. */
const promptnessMs = 1_000;

/** What every job queue promises. */
export function describeJobQueue(name: string, make: () => Promise<JobQueueHarness>): void {
  describe(`job queue on ${name}`, () => {
    let harness: JobQueueHarness;
    let queues: JobQueue[];
    beforeEach(async () => {
      harness = await make();
      queues = [];
    });
    afterEach(async () => {
      await Promise.all(queues.map((queue) => queue.stop()));
      await harness.drop();
    });

    const open = async (handler: Recorder['handler']) => {
      const queue = await openQueue(harness, handler);
      queues.push(queue);
      await queue.start();
      return queue;
    };

    it('runs a job at or after its time', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(recorder.handler);
      const at = harness.now() + 50;
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(at));
      await harness.reach(at);
      await recorder.reached(1);
      expect(recorder.runs[0]?.at).toBeGreaterThanOrEqual(at);
    });

    it('hands the payload over as it was given', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(recorder.handler);
      const executionId = '018f-Ünï "quoted" \\ $1 ? 🚀';
      await queue.schedule('execution.wake', executionId, { executionId }, new Date(harness.now()));
      await harness.reach(harness.now());
      await recorder.reached(1);
      expect(recorder.runs[0]?.executionId).toBe(executionId);
    });

    it('runs a job that was scheduled twice once, at the later order', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(recorder.handler);
      const now = harness.now();
      await queue.schedule('execution.wake', 'moved', { executionId: 'old' }, new Date(now + 40));
      await queue.schedule('execution.wake', 'moved', { executionId: 'new' }, new Date(now + 120));
      await queue.schedule('execution.wake', 'last', { executionId: 'last' }, new Date(now + 160));
      await harness.reach(now + 160);
      await recorder.reached(2);
      expect(recorder.runs.map(({ executionId }) => executionId)).toEqual(['new', 'last']);
      expect(recorder.runs[0]?.at).toBeGreaterThanOrEqual(now + 120);
    });

    it('runs jobs each at its own time, whatever the order they were scheduled in', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(recorder.handler);
      const times = [200, 50, 150, 100].map((delay) => harness.now() + delay);
      for (const at of times) await queue.schedule('execution.wake', String(at), { executionId: String(at) }, new Date(at));
      await harness.reach(Math.max(...times));
      await recorder.reached(4);
      expect(recorder.runs.map(({ executionId }) => Number(executionId))).toEqual([...times].sort((a, b) => a - b));
      for (const { executionId, at } of recorder.runs) expect(at - Number(executionId)).toBeLessThan(promptnessMs);
    });

    it('brings a job forward', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(recorder.handler);
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(harness.now() + 3_600_000));
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(harness.now()));
      await harness.reach(harness.now());
      await recorder.reached(1);
    });

    it('keeps jobs of the same key and different names apart', async () => {
      const queue = await harness.open();
      queues.push(queue);
      const recorder = new Recorder(harness);
      queue.handle('execution.wake', recorder.handler);
      queue.handle('execution.sweep', () => recorder.handler({ executionId: 'sweep' }));
      await queue.start();
      await queue.schedule('execution.wake', 'same', { executionId: 'wake' }, new Date(harness.now()));
      await queue.schedule('execution.sweep', 'same', {}, new Date(harness.now()));
      await harness.reach(harness.now());
      await recorder.reached(2);
      expect(recorder.ids()).toEqual(['sweep', 'wake']);
    });

    it('lets a job schedule itself again under its own key while it runs', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(async (payload) => {
        if (recorder.runs.length < 2) await queue.schedule('execution.wake', 'again', payload, new Date(harness.now() + 20));
        await recorder.handler(payload);
      });
      await queue.schedule('execution.wake', 'again', { executionId: 'again' }, new Date(harness.now()));
      await harness.reach(harness.now() + 60);
      await recorder.reached(3);
    });

    it('tries a job again whose handler throws', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(async (payload) => {
        await recorder.handler(payload);
        if (recorder.runs.length < 3) throw new Error('Not yet.');
      });
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(harness.now()));
      await harness.reach(harness.now() + 60_000);
      await recorder.reached(3);
    });

    it('gives a job up that fails time and again, and takes it anew', async () => {
      const recorder = new Recorder(harness);
      let broken = true;
      const queue = await open(async (payload) => {
        await recorder.handler(payload);
        if (broken) throw new Error('Never.');
      });
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(harness.now()));
      await harness.reach(harness.now() + 60_000);
      await recorder.reached(6);
      broken = false;
      await queue.schedule('execution.wake', 'a', { executionId: 'again' }, new Date(harness.now()));
      await harness.reach(harness.now() + 60_000);
      await recorder.reached(7);
      expect(recorder.runs[6]?.executionId).toBe('again');
    });

    it('waits on stop for what runs and begins nothing new', async () => {
      const recorder = new Recorder(harness);
      const gate = new Gate();
      let finished = false;
      const queue = await open(async (payload) => {
        await recorder.handler(payload);
        await gate.opened;
        finished = true;
      });
      const now = harness.now();
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(now));
      const reached = harness.reach(now);
      await recorder.reached(1);
      let stopped = false;
      const stopping = queue.stop().then(() => (stopped = true));
      // Each of these takes as long as a step of stopping does.
      for (let index = 0; index < 20; index++) {
        await queue.schedule('execution.wake', 'b', { executionId: 'b' }, new Date(now));
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(stopped).toBe(false);
      gate.open();
      await Promise.all([stopping, reached]);
      expect(finished).toBe(true);
      expect(recorder.runs).toHaveLength(1);
    });

    it('runs each of 1,000 jobs once', async () => {
      const recorder = new Recorder(harness);
      const queue = await open(recorder.handler);
      const ids = Array.from({ length: 1_000 }, (_, index) => `job-${index}`);
      await Promise.all(ids.map((id) => queue.schedule('execution.wake', id, { executionId: id }, new Date(harness.now()))));
      await harness.reach(harness.now());
      await recorder.reached(1_000);
      expect(recorder.ids()).toEqual([...ids].sort());
    });
  });
}

/** What a job queue promises beyond that when its jobs are kept in a store that processes share. */
export function describeSharedJobQueue(name: string, make: () => Promise<SharedJobQueueHarness>): void {
  describe(`job queues that share ${name}`, () => {
    let harness: SharedJobQueueHarness;
    let recorder: Recorder;
    let gate: Gate;
    let queues: JobQueue[];
    beforeEach(async () => {
      harness = await make();
      recorder = new Recorder(harness);
      gate = new Gate();
      queues = [];
    });
    afterEach(async () => {
      gate.open();
      await Promise.all(queues.map((queue) => queue.stop()));
      await harness.drop();
    });

    const open = async (handler = recorder.handler) => {
      const queue = await openQueue(harness, handler);
      queues.push(queue);
      return queue;
    };

    it('never run a job twice while the first run holds its lock', async () => {
      const handler: Recorder['handler'] = async (payload) => {
        await recorder.handler(payload);
        if (payload.executionId === 'long') await gate.opened;
      };
      const [first, second] = [await open(handler), await open(handler)];
      await Promise.all([first.start(), second.start()]);
      await first.schedule('execution.wake', 'long', { executionId: 'long' }, new Date());
      const ids = Array.from({ length: 100 }, (_, index) => `job-${index}`);
      await Promise.all(
        ids.map((id, index) => (index % 2 ? first : second).schedule('execution.wake', id, { executionId: id }, new Date())),
      );
      await second.schedule('execution.wake', 'late', { executionId: 'late' }, new Date(Date.now() + 2 * harness.lockMs));
      await recorder.reached(102);
      expect(recorder.ids()).toEqual(['late', 'long', ...ids].sort());
    });

    it('say when every job is gone, once their process has armed any', async () => {
      const queue = await open();
      await queue.start();
      await queue.schedule('execution.wake', 'later', { executionId: 'later' }, new Date(Date.now() + 3_600_000));
      const told = new Promise<void>((resolve) => queue.onLost(async () => {
        await queue.schedule('execution.wake', 'anew', { executionId: 'anew' }, new Date());
        resolve();
      }));
      await harness.loseAll();
      await told;
      await recorder.reached(1);
      expect(recorder.ids()).toEqual(['anew']);
    });

    it('run at its time what a process put that runs no jobs itself', async () => {
      const api = await harness.open();
      queues.push(api);
      await (await open()).start();
      const times = [0, 100, 200].map((delay) => Date.now() + delay);
      for (const at of times) await api.schedule('execution.wake', String(at), { executionId: String(at) }, new Date(at));
      await recorder.reached(3);
      for (const { executionId, at } of recorder.runs) expect(at - Number(executionId)).toBeLessThan(promptnessMs);
    });

    it('run a job after a restart that was scheduled before it', async () => {
      const before = await open();
      await before.start();
      const at = Date.now() + 100;
      await before.schedule('execution.wake', 'a', { executionId: 'a' }, new Date(at));
      await before.stop();
      queues.pop();
      await (await open()).start();
      await recorder.reached(1);
      expect(recorder.runs[0]?.at).toBeGreaterThanOrEqual(at);
    });

    it('run a job again whose process was killed, once its lock has run out', async () => {
      const queue = await open();
      await queue.schedule('execution.wake', 'a', { executionId: 'a' }, new Date());
      const claimedAt = Date.now();
      await harness.claimAndDie();
      await queue.start();
      await recorder.reached(1);
      expect(recorder.runs[0]?.at).toBeGreaterThanOrEqual(claimedAt + harness.lockMs);
    });
  });
}

async function openQueue(harness: JobQueueHarness, handler: Recorder['handler']): Promise<JobQueue> {
  const queue = await harness.open();
  queue.handle('execution.wake', handler);
  return queue;
}

class Recorder {
  readonly runs: { executionId: string; at: number }[] = [];
  private waiters: { count: number; resolve: () => void }[] = [];

  constructor(private readonly harness: JobQueueHarness) {}

  readonly handler = async ({ executionId }: JobPayloads['execution.wake']): Promise<void> => {
    this.runs.push({ executionId, at: this.harness.now() });
    this.waiters = this.waiters.filter(({ count, resolve }) => this.runs.length < count || resolve());
  };

  async reached(count: number): Promise<void> {
    if (this.runs.length < count) await new Promise<void>((resolve) => this.waiters.push({ count, resolve }));
  }

  ids(): string[] {
    return this.runs.map(({ executionId }) => executionId).sort();
  }
}

class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}
