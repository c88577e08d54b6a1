import { type JobQueue } from '../../../jobs/job-queue.js';
import { type RetentionService } from './retention.service.js';

const everyMs = 60 * 60_000;
/** A process that has just started has better things to do. */
const firstAfterMs = 60_000;

export interface RetentionJobsOptions {
  retention: Pick<RetentionService, 'prune'>;
  jobs: JobQueue;
  now: () => Date;
}

/** Deletes each hour the runs that are not kept any more. */
export class RetentionJobs {
  constructor(private readonly options: RetentionJobsOptions) {}

  register(): void {
    this.options.jobs.handle('execution.prune', async () => {
      try {
        await this.options.retention.prune(this.options.now());
      } finally {
        // Whatever happens to one, there must be a next one.
        await this.arm(everyMs);
      }
    });
  }

  start(): Promise<void> {
    return this.arm(firstAfterMs);
  }

  private arm(inMs: number): Promise<void> {
    return this.options.jobs.schedule('execution.prune', 'all', {}, new Date(this.options.now().getTime() + inMs));
  }
}
