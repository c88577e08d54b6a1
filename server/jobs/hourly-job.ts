import { type JobQueue } from './job-queue.js';

const everyMs = 60 * 60_000;

export interface HourlyJobOptions {
  name: 'execution.prune' | 'trigger.prune';
  /** A process that has just started has better things to do. */
  firstAfterMs: number;
  work: (now: Date) => Promise<unknown>;
  jobs: JobQueue;
  now: () => Date;
}

/** What is done each hour by one of all processes. It is in no hurry: should its job be lost, it goes on some hours later. */
export class HourlyJob {
  private missedFrom = 0;

  constructor(private readonly options: HourlyJobOptions) {}

  register(): void {
    const { name, work, jobs, now } = this.options;
    jobs.handle(name, async () => {
      try {
        await work(now());
      } finally {
        // Whatever happens to one, there must be a next one.
        await this.arm(everyMs);
      }
    });
  }

  /** May be called again and again: what is armed is not put off. */
  async start(): Promise<void> {
    const { firstAfterMs, now } = this.options;
    if (now().getTime() >= this.missedFrom) await this.arm(firstAfterMs);
  }

  private async arm(inMs: number): Promise<void> {
    const { name, jobs, now } = this.options;
    const at = now().getTime() + inMs;
    await jobs.schedule(name, 'all', {}, new Date(at));
    // Another process may do it, and this one not hear of it.
    this.missedFrom = at + 2 * everyMs;
  }
}
