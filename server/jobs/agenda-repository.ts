import { type JobParameters, type JobRepository, toJobId } from 'agenda';
import { type ClaimedJob, type JobStore } from './job-store.js';

export interface RepositoryListener {
  /** Nothing more is due. */
  onNothingDue(): void;
  /** A job that failed will be due again. */
  onRetry(at: Date): void;
  /** Jobs that were due could not be taken before; now there is room. */
  onRoom(): void;
}

/**
 * What Agenda calls, in terms of a job store. It makes up for three things that Agenda does: it claims jobs ahead of their time, it
 * never gets back to the number of locks that it allows itself once a lock ran out, and it leaves behind a job that is done.
 */
export class AgendaRepository implements JobRepository {
  /** Claimed and not yet done: when each was locked. */
  private readonly held = new Map<string, number>();
  private readonly claiming = new Set<Promise<unknown>>();
  private backlog = false;
  private closed = false;
  private onEmpty: (() => void) | undefined;

  constructor(
    private readonly store: JobStore,
    private readonly lockMs: number,
    private readonly limit: number,
    private readonly listener: RepositoryListener,
  ) {}

  async getNextJobToRun(name: string): Promise<JobParameters | undefined> {
    if (this.closed || this.isFull()) return undefined;
    const claim = this.store.claim(name, this.lockMs);
    this.claiming.add(claim);
    try {
      const job = await claim;
      if (job) this.held.set(job.id, job.lockedAt.getTime());
      else this.listener.onNothingDue();
      return job && parametersOf(job);
    } finally {
      this.claiming.delete(claim);
    }
  }

  /** Agenda takes no more jobs after this. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.claiming);
    // What was claimed last reaches Agenda's list in this turn, and is on it when Agenda is told to stop.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits until no claimed job is left, at most for a while. @returns how many are */
  async drain(limitMs: number): Promise<number> {
    if (this.held.size > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, limitMs);
        this.onEmpty = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.held.size;
  }

  async saveJob<Data>(job: JobParameters<Data>): Promise<JobParameters<Data>> {
    await this.store.put(job.name, String(job.unique?.key), job.data, job.nextRunAt ?? new Date());
    return { ...job, _id: toJobId('') };
  }

  async saveJobState(job: JobParameters): Promise<void> {
    const id = String(job._id);
    if (job.lockedAt) {
      // As a job begins, its lock is what the claim made it.
      if (this.held.get(id) === job.lockedAt.getTime()) return;
      this.held.set(id, job.lockedAt.getTime());
      await this.store.extend(id, this.lockMs);
      return;
    }
    try {
      if (job.nextRunAt) {
        await this.store.retry(id, job.nextRunAt, job.failCount ?? 0);
        this.listener.onRetry(job.nextRunAt);
      } else {
        await this.store.remove(id);
      }
    } finally {
      this.letGo(id);
    }
  }

  async unlockJob(job: JobParameters): Promise<void> {
    await this.unlockJobs([String(job._id)]);
  }

  async unlockJobs(ids: readonly string[]): Promise<void> {
    // Agenda does not always wait for this; where it fails, the locks run out.
    await this.store.unlock(ids).catch(() => undefined);
    for (const id of ids) this.letGo(id);
  }

  connect = async (): Promise<void> => undefined;
  lockJob = unused;
  getJobById = unused;
  removeJobs = unused;
  queryJobs = unused;
  getJobsOverview = unused;
  getDistinctJobNames = unused;
  getQueueSize = unused;
  disableJobs = unused;
  enableJobs = unused;
  purgeAllJobs = unused;

  private isFull(): boolean {
    if (this.held.size < this.limit) return false;
    const lockedBefore = Date.now() - this.lockMs;
    for (const [id, lockedAt] of this.held) if (lockedAt < lockedBefore) this.held.delete(id);
    this.backlog = this.held.size >= this.limit;
    return this.backlog;
  }

  private letGo(id: string): void {
    this.held.delete(id);
    if (this.held.size === 0) this.onEmpty?.();
    if (this.backlog && this.held.size <= this.limit / 2) {
      this.backlog = false;
      this.listener.onRoom();
    }
  }
}

/** Agenda's administration, which the product has no use for. */
async function unused(): Promise<never> {
  throw new Error('The job queue does not offer this.');
}

function parametersOf({ id, name, payload, lockedAt, failures }: ClaimedJob): JobParameters {
  return { _id: toJobId(id), name, type: 'normal', priority: 0, data: payload, nextRunAt: lockedAt, lockedAt, failCount: failures };
}
