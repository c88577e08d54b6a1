import { type JobQueue } from '../../../jobs/job-queue.js';
import { type PromptRunStore } from './prompt-run.store.js';
import { longestRunMs } from './prompt-runner.js';

export interface PromptRunJobsOptions {
  store: PromptRunStore;
  jobs: JobQueue;
  now: () => Date;
  /** Whether no other process has runs under way in this database. */
  alone: boolean;
}

/** Ends the runs of processes that died. Nobody else would: a run lives in the process that was asked for it. */
export class PromptRunJobs {
  constructor(private readonly options: PromptRunJobsOptions) {}

  register(): void {
    this.options.jobs.handle('promptRun.sweep', () => this.sweep());
  }

  /** To be called before this process has runs of its own. */
  async recover(): Promise<void> {
    if (this.options.alone) await this.options.store.failInterrupted(this.options.now());
  }

  async start(): Promise<void> {
    if (!this.options.alone) await this.sweep();
  }

  /** What is younger than a run may take may be under way in another process. */
  private async sweep(): Promise<void> {
    const { store, jobs, now } = this.options;
    try {
      await store.failInterrupted(new Date(now().getTime() - longestRunMs));
    } finally {
      // Whatever happens to one sweep, there must be a next one.
      await jobs.schedule('promptRun.sweep', 'all', {}, new Date(now().getTime() + longestRunMs));
    }
  }
}
