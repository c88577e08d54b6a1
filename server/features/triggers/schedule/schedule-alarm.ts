import { type JobQueue } from '../../../jobs/job-queue.js';

/**
 * Sets the alarm clock for schedules. One alarm for the earliest is enough: whoever it wakes sets the next. There is one for each second, so that it makes no
 * difference how many processes set it.
 */
export class ScheduleAlarm {
  private earliest = 0;

  constructor(
    private readonly jobs: Pick<JobQueue, 'schedule'>,
    private readonly now: () => Date,
  ) {}

  /** @param fireAt when a schedule has its turn, which stands in the database already */
  async set(fireAt: Date): Promise<void> {
    const second = Math.ceil(fireAt.getTime() / 1_000) * 1_000;
    if (this.earliest > this.now().getTime() && this.earliest <= second) return;
    const at = new Date(second);
    await this.jobs.schedule('trigger.due', at.toISOString(), { at: at.toISOString() }, at);
    this.earliest = second;
  }

  /** The alarms that were set may be gone: the next is set whatever there was. */
  forget(): void {
    this.earliest = 0;
  }
}
