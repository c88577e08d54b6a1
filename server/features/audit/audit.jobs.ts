import { type JobQueue } from '../../jobs/job-queue.js';
import { type AuditStore } from './audit.store.js';

/** No change takes as long. */
const longestChangeMs = 10 * 60_000;

export interface AuditJobsOptions {
  store: Pick<AuditStore, 'settleAbandoned'>;
  jobs: JobQueue;
  now: () => Date;
  /** Whether no other process changes anything in this database. */
  alone: boolean;
}

/** Tells of changes that had begun in a process that stopped: nobody knows whether they were made. */
export class AuditJobs {
  constructor(private readonly options: AuditJobsOptions) {}

  register(): void {
    this.options.jobs.handle('audit.sweep', () => this.sweep());
  }

  /** To be called before this process changes anything. */
  async recover(): Promise<void> {
    if (this.options.alone) await this.settle(this.options.now());
  }

  start(): Promise<void> {
    return this.sweep();
  }

  private async sweep(): Promise<void> {
    const { jobs, now } = this.options;
    try {
      await this.settle(new Date(now().getTime() - longestChangeMs));
    } finally {
      // Whatever happens to one sweep, there must be a next one.
      await jobs.schedule('audit.sweep', 'all', {}, new Date(now().getTime() + longestChangeMs));
    }
  }

  private async settle(begunBefore: Date): Promise<void> {
    while ((await this.options.store.settleAbandoned(begunBefore)) > 0);
  }
}
