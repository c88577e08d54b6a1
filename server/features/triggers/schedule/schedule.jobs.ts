import { type JobQueue } from '../../../jobs/job-queue.js';
import { type ScheduleAlarm } from './schedule-alarm.js';
import { type Scheduler } from './scheduler.js';

export interface ScheduleJobsOptions {
  scheduler: Pick<Scheduler, 'tick'>;
  alarm: Pick<ScheduleAlarm, 'forget'>;
  jobs: JobQueue;
  /** Time between two sweeps. */
  sweepMs: number;
  onFault: (error: unknown) => void;
}

/** What wakes the scheduler: its alarm, and a sweep in each process, which needs no job store and so finds what was lost with one. */
export class ScheduleJobs {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly options: ScheduleJobsOptions) {}

  register(): void {
    this.options.jobs.handle('trigger.due', ({ at }) => this.options.scheduler.tick(new Date(at)));
  }

  /** Launches at once what became due while nothing ran, and looks again and again. */
  async start(): Promise<void> {
    if (!this.stopped) await this.sweep();
    if (this.stopped) return;
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.sweep(), this.options.sweepMs);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Launches what is due though no alarm rang, and sets the alarm anew. */
  sweep(): Promise<void> {
    this.sweeping ??= this.sweepOnce().finally(() => (this.sweeping = undefined));
    return this.sweeping;
  }

  private async sweepOnce(): Promise<void> {
    const { scheduler, alarm, onFault } = this.options;
    alarm.forget();
    await scheduler.tick().catch(onFault);
  }
}
