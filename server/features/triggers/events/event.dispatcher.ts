import { NotFoundError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { type JobQueue } from '../../../jobs/job-queue.js';
import { type OutboxEvent, type OutboxStore } from '../../../outbox/outbox.store.js';
import { type ExecutionService } from '../../executions/execution.service.js';
import { type EventsService } from './event.service.js';

export interface DispatcherDependencies {
  store: OutboxStore;
  events: Pick<EventsService, 'deliver'>;
  executions: Pick<ExecutionService, 'find'>;
  jobs: JobQueue;
  bus: EventBus;
  now: () => Date;
  onFault: (error: unknown) => void;
  /** Time between two sweeps. */
  sweepMs: number;
}

const together = 100;
const claimMs = 30_000;

/** Takes what has happened out of the outbox and tells the triggers: when rung, and again and again for what a lost ring left there. */
export class EventDispatcher {
  private underWay: Promise<void> | undefined;
  private rungAgain = false;
  private stopListening: (() => void)[] = [];

  constructor(private readonly deps: DispatcherDependencies) {}

  register(): void {
    const ring = () => void this.dispatch().catch(this.deps.onFault);
    this.stopListening = [this.deps.bus.subscribe('outbox.filled', ring), this.deps.bus.subscribe('prompt.label.moved', ring)];
    this.deps.jobs.handle('outbox.sweep', async () => {
      try {
        await this.dispatch();
      } finally {
        // Whatever happens to one sweep, there must be a next one.
        await this.armSweep();
      }
    });
  }

  async start(): Promise<void> {
    await this.dispatch();
    await this.armSweep();
  }

  /** What is not told yet, another process tells, or this one when it comes back. */
  async stop(): Promise<void> {
    for (const stop of this.stopListening) stop();
    this.rungAgain = false;
    await this.underWay?.catch(() => undefined);
  }

  /** Tells of everything that is in the outbox now. */
  dispatch(): Promise<void> {
    if (this.underWay) {
      this.rungAgain = true;
      return this.underWay;
    }
    this.underWay = this.tellAll().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  private async tellAll(): Promise<void> {
    const { store, now } = this.deps;
    for (let more = true; more; ) {
      this.rungAgain = false;
      const events = await store.claim(now(), new Date(now().getTime() + claimMs), together);
      await Promise.all(events.map((event) => this.tell(event)));
      more = events.length === together || this.rungAgain;
    }
  }

  private async tell({ subject, ...event }: OutboxEvent): Promise<void> {
    const { store, events, onFault } = this.deps;
    try {
      const payload = typeof subject['executionId'] === 'string' ? await this.endOf(event.workspaceId, subject['executionId']) : subject;
      // Removed last: a process that dies in between leaves it to be told again, which launches nothing twice.
      if (payload) await events.deliver({ ...event, payload, source: event.type });
      await store.remove(event.id);
    } catch (error) {
      // It is told again once its claim has run out.
      onFault(error);
    }
  }

  /** @returns undefined where the execution is not kept any more */
  private async endOf(workspaceId: string, executionId: string): Promise<Record<string, unknown> | undefined> {
    try {
      const { id, workflowId, trigger, status, inputs, branch = null, labels, createdAt, startedAt, finishedAt, costUsd = null, output, error } = await this.deps.executions.find({ workspaceId }, executionId);
      const execution = { id, workflowId, trigger, status, inputs, branch, labels, createdAt, startedAt, finishedAt, costUsd };
      return { execution, ...(status === 'COMPLETED' && { output }), ...(error && { error }) };
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  private armSweep(): Promise<void> {
    const { jobs, now, sweepMs } = this.deps;
    return jobs.schedule('outbox.sweep', 'all', {}, new Date(now().getTime() + sweepMs));
  }
}
