import { type EventBus } from '../../events/event-bus.js';
import { type JobQueue } from '../../jobs/job-queue.js';
import { type RunStore } from './run.store.js';

/** Enough to fill a runner; what is left over is found by the next sweep. */
const sweepLimit = 1_000;

export interface ExecutionJobsOptions {
  store: RunStore;
  jobs: JobQueue;
  bus: EventBus;
  now: () => Date;
  onFault: (error: unknown) => void;
  /** Time between two sweeps. */
  sweepMs: number;
}

/** What the alarm clock wakes for executions: retries that are due, and the sweep that finds what was interrupted or whose bell was lost. */
export class ExecutionJobs {
  private readonly store: RunStore;
  private readonly jobs: JobQueue;
  private readonly bus: EventBus;

  constructor(private readonly options: ExecutionJobsOptions) {
    ({ store: this.store, jobs: this.jobs, bus: this.bus } = options);
  }

  register(): void {
    this.bus.subscribe('bus.restored', () => void this.sweep().catch(this.options.onFault));
    this.jobs.handle('execution.wake', async ({ executionId }) => this.bus.publish('execution.ready', { executionId }));
    this.jobs.handle('execution.sweep', async () => {
      try {
        await this.sweep();
      } finally {
        // Whatever happens to one sweep, there must be a next one.
        await this.armSweep();
      }
    });
  }

  /** Finds at once what an earlier process left, then again and again, and whenever announcements may have been missed. */
  async start(): Promise<void> {
    await this.sweep();
    await this.armSweep();
  }

  async sweep(): Promise<void> {
    for (const executionId of await this.store.findDue(this.options.now(), sweepLimit)) this.bus.publish('execution.ready', { executionId });
  }

  private armSweep(): Promise<void> {
    return this.jobs.schedule('execution.sweep', 'all', {}, new Date(this.options.now().getTime() + this.options.sweepMs));
  }
}
