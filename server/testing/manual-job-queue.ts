import { type JobHandler, type JobName, type JobPayloads, type JobQueue } from '../jobs/job-queue.js';

const maxRetries = 5;

interface WaitingJob {
  name: JobName;
  key: string;
  payload: unknown;
  at: Date;
  failures: number;
  run: () => Promise<void>;
}

/** A job queue whose time stands still until a test moves it. It lasts no longer than the object. */
export class ManualJobQueue implements JobQueue {
  private readonly handlers: { [Name in JobName]?: JobHandler<Name> } = {};
  private jobs: WaitingJob[] = [];
  private started = false;
  private running: Promise<void> = Promise.resolve();

  /** @param now where its time begins */
  constructor(public now: Date = new Date()) {}

  /** What waits to be run, soonest first. */
  get waiting(): readonly Pick<WaitingJob, 'name' | 'key' | 'payload' | 'at'>[] {
    return this.jobs.map(({ name, key, payload, at }) => ({ name, key, payload, at }));
  }

  handle<Name extends JobName>(name: Name, handler: JobHandler<Name>): void {
    const handlers: { [N in Name]?: JobHandler<N> } = this.handlers;
    handlers[name] = handler;
  }

  async schedule<Name extends JobName>(name: Name, key: string, payload: JobPayloads[Name], at: Date): Promise<void> {
    this.jobs = this.jobs.filter((job) => job.name !== name || job.key !== key);
    this.insert({ name, key, payload, at, failures: 0, run: async () => this.handlers[name]?.(payload) });
  }

  /** As if the store had been emptied. */
  loseAll(): void {
    this.jobs = [];
  }

  async start(): Promise<void> {
    this.started = true;
  }

  async lateMs(): Promise<number> {
    return 0;
  }

  onLost(): void {
    // What is kept in memory is lost with this object.
  }

  async stop(): Promise<void> {
    this.started = false;
    await this.running;
  }

  /** Runs, one after another and in the order of their times, all jobs due by then, those included that they schedule. */
  async advanceTo(time: Date): Promise<void> {
    this.running = this.running.then(() => this.runUntil(time));
    await this.running;
  }

  private async runUntil(time: Date): Promise<void> {
    while (this.started) {
      const next = this.jobs[0];
      if (!next || next.at > time) break;
      this.jobs.shift();
      if (next.at > this.now) this.now = next.at;
      await this.attempt(next);
    }
    if (this.started && time > this.now) this.now = time;
  }

  private async attempt(job: WaitingJob): Promise<void> {
    try {
      await job.run();
    } catch {
      if (job.failures >= maxRetries) return;
      this.insert({ ...job, failures: job.failures + 1, at: new Date(this.now.getTime() + 1_000 * 2 ** job.failures) });
    }
  }

  private insert(job: WaitingJob): void {
    const later = this.jobs.findIndex(({ at }) => at > job.at);
    this.jobs.splice(later === -1 ? this.jobs.length : later, 0, job);
  }
}
