import { type JobQueue } from '../../../jobs/job-queue.js';
import { type DeliveryStore } from '../deliveries/delivery.store.js';
import { type Launcher } from './launcher.js';

const sweepLimit = 200;

export interface LaunchJobsOptions {
  launcher: Launcher;
  deliveries: Pick<DeliveryStore, 'overdue'>;
  jobs: JobQueue;
  now: () => Date;
  /** Time between two sweeps. */
  sweepMs: number;
}

/** What the alarm clock wakes for launches: those that are due again, and the sweep that finds those whose job was lost. */
export class LaunchJobs {
  constructor(private readonly options: LaunchJobsOptions) {}

  register(): void {
    const { jobs, launcher } = this.options;
    jobs.handle('trigger.launch', ({ deliveryId }) => launcher.launch(deliveryId));
    jobs.handle('trigger.sweep', async () => {
      try {
        await this.sweep();
      } finally {
        // Whatever happens to one sweep, there must be a next one.
        await this.armSweep();
      }
    });
  }

  /** Finds at once what an earlier process left, then again and again. */
  async start(): Promise<void> {
    await this.sweep();
    await this.armSweep();
  }

  async sweep(): Promise<void> {
    const { deliveries, launcher, now } = this.options;
    for (const deliveryId of await deliveries.overdue(now(), sweepLimit)) await launcher.launch(deliveryId);
  }

  private armSweep(): Promise<void> {
    const { jobs, now, sweepMs } = this.options;
    return jobs.schedule('trigger.sweep', 'all', {}, new Date(now().getTime() + sweepMs));
  }
}
