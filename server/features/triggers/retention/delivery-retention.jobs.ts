import { type JobQueue } from '../../../jobs/job-queue.js';
import { type DeliveryRetention } from './delivery-retention.service.js';

const everyMs = 60 * 60_000;
/** A process that has just started has better things to do. */
const firstAfterMs = 90_000;

/** Deletes each hour the deliveries that are not kept any more. */
export class DeliveryRetentionJobs {
  constructor(
    private readonly retention: Pick<DeliveryRetention, 'prune'>,
    private readonly jobs: JobQueue,
    private readonly now: () => Date,
  ) {}

  register(): void {
    this.jobs.handle('trigger.prune', async () => {
      try {
        await this.retention.prune(this.now());
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
    return this.jobs.schedule('trigger.prune', 'all', {}, new Date(this.now().getTime() + inMs));
  }
}
