import { Agenda, type Job } from 'agenda';
import { type Logger } from 'pino';
import { type EventBus } from '../events/event-bus.js';
import { AgendaRepository } from './agenda-repository.js';
import { JobAlarm } from './job-alarm.js';
import { jobPayloadSchemas } from './job-payloads.js';
import { type JobHandler, type JobName, type JobPayloads, type JobQueue } from './job-queue.js';
import { type JobStore } from './job-store.js';

export interface AgendaJobQueueOptions {
  /** How many handlers may run at once. */
  concurrency: number;
  /** After this time a job that a killed process was at is run by another one, or by the same one started again. */
  lockMs: number;
  /** How long after its first failure a job is tried again; after each further one it waits twice as long. */
  retryMs: number;
  /** How long `stop` waits for handlers that run. */
  drainMs: number;
}

const defaults: AgendaJobQueueOptions = { concurrency: 20, lockMs: 10_000, retryMs: 1_000, drainMs: 10_000 };

/** A job that has failed this often, and once more, is given up. */
const maxRetries = 5;

/**
 * The job queue on Agenda. It owns the store and closes it when it stops. Of a job that one process puts, those that run jobs hear over the
 * bus; where that is lost, their next poll finds it. A queue that is never started takes no jobs.
 */
export class AgendaJobQueue implements JobQueue {
  private readonly handlers = new Map<JobName, (payload: unknown) => Promise<void>>();
  private readonly options: AgendaJobQueueOptions;
  private readonly repository: AgendaRepository;
  private readonly alarm: JobAlarm;
  private readonly agenda: Agenda;
  private readonly names: JobName[] = [];
  private stopping: Promise<void> | undefined;
  private unsubscribe: (() => void) | undefined;
  private lost: (() => Promise<void>) | undefined;
  private rearming: Promise<void> | undefined;

  constructor(
    private readonly store: JobStore,
    private readonly bus: EventBus,
    private readonly log: Logger,
    options: Partial<AgendaJobQueueOptions> = {},
  ) {
    this.options = { ...defaults, ...options };
    const { concurrency, lockMs } = this.options;
    const report = (err: unknown) => this.log.warn({ err }, 'The job store has a problem; jobs may be late');
    this.alarm = new JobAlarm(this.names, () => this.nextDue(), report);
    this.repository = new AgendaRepository(store, lockMs, 2 * concurrency, {
      onNothingDue: () => void this.alarm.look(),
      onRetry: (at) => this.alarm.setNoLaterThan(at),
      onRoom: () => this.alarm.ring(),
    });
    this.agenda = new Agenda({
      backend: {
        name: 'job store',
        repository: this.repository,
        notificationChannel: this.alarm,
        connect: async () => undefined,
        disconnect: async () => undefined,
      },
      // The alarm rings in time; the poll finds what other processes have left behind.
      processEvery: lockMs,
      maxConcurrency: concurrency,
    });
    this.agenda.on('error', report);
  }

  handle<Name extends JobName>(name: Name, handler: JobHandler<Name>): void {
    const schema = jobPayloadSchemas[name];
    this.handlers.set(name, async (payload) => handler(schema.parse(payload)));
    this.names.push(name);
    this.agenda.define<unknown>(name, (job) => this.run(name, job), {
      concurrency: this.options.concurrency,
      lockLifetime: this.options.lockMs,
      backoff: ({ attempt }) => this.options.retryMs * 2 ** (attempt - 1),
    });
  }

  async schedule<Name extends JobName>(name: Name, key: string, payload: JobPayloads[Name], at: Date): Promise<void> {
    await this.agenda.create<unknown>(name, payload).unique({ key }).schedule(at).save();
    this.bus.publish('job.scheduled', { name, at: at.getTime() });
  }

  async start(): Promise<void> {
    this.unsubscribe = this.bus.subscribe('job.scheduled', ({ name, at }) => {
      if (this.names.some((own) => own === name)) this.alarm.setNoLaterThan(new Date(at));
    });
    await this.agenda.start();
  }

  async lateMs(): Promise<number> {
    const next = this.names.length === 0 ? undefined : await this.store.nextDue(this.names, this.options.lockMs);
    return next ? Math.max(0, Date.now() - next.getTime()) : 0;
  }

  onLost(listener: () => Promise<void>): void {
    this.lost = listener;
  }

  stop(): Promise<void> {
    this.stopping ??= this.stopOnce();
    return this.stopping;
  }

  private async stopOnce(): Promise<void> {
    this.unsubscribe?.();
    await this.rearming;
    await this.repository.close();
    await this.agenda.stop(false);
    const left = await this.repository.drain(this.options.drainMs);
    if (left > 0) this.log.warn({ jobs: left }, 'Stopped while jobs were running; they will be run again');
    await this.store.close();
  }

  private async nextDue(): Promise<Date | undefined> {
    const next = await this.store.nextDue(this.names, this.options.lockMs);
    if (!next && this.lost) this.rearming ??= this.rearm(this.lost).finally(() => (this.rearming = undefined));
    return next;
  }

  private async rearm(lost: () => Promise<void>): Promise<void> {
    this.log.warn('The job store is empty; what waits is found in the database and armed anew');
    try {
      await lost();
    } catch (err) {
      // The store is looked at again with the next poll.
      this.log.error({ err }, 'Jobs could not be armed anew');
    }
  }

  private async run(name: JobName, job: Job<unknown>): Promise<void> {
    const stopHolding = this.keepLock(job);
    try {
      await this.handlers.get(name)?.(job.attrs.data);
    } catch (err) {
      const failures = (job.attrs.failCount ?? 0) + 1;
      const context = { err, job: name, payload: job.attrs.data, failures };
      if (failures > maxRetries) {
        // Agenda takes this for a success and forgets the job.
        this.log.error(context, 'A job failed again and is given up');
        return;
      }
      this.log.error(context, 'A job failed and will be tried again');
      throw err;
    } finally {
      await stopHolding();
    }
  }

  /** Extends the lock while a handler runs, for Agenda would run the job a second time. */
  private keepLock(job: Job<unknown>): () => Promise<void> {
    let extending: Promise<void> | undefined;
    const timer = setInterval(() => {
      extending = job.touch().catch((err: unknown) => this.log.warn({ err, job: job.attrs.name }, 'The lock of a job could not be extended'));
    }, this.options.lockMs / 3);
    return async () => {
      clearInterval(timer);
      await extending;
    };
  }
}
