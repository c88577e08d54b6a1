import { randomUUID } from 'node:crypto';
import { GroupQueue } from '../../group-queue.js';
import { type AuditStore, type JournalEntry } from './audit.store.js';
import { type AuditEvent } from './audit.types.js';

const largestGroup = 500;
const gatherMs = 200;
const retryMs = 2_000;
/** Of what waits to be written: past it, the log says how many it lost. */
const mostWaiting = 20_000;

export interface AuditJournalOptions {
  /** Is told of entries that could not be written yet, or at all. */
  onFault: (error: unknown, message: string) => void;
}

/** Where entries are written: one transaction for all that come together. */
export class AuditJournal {
  private readonly queue: GroupQueue<JournalEntry, undefined>;
  private waiting: AuditEvent[] = [];
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    store: Pick<AuditStore, 'write'>,
    private readonly options: AuditJournalOptions,
  ) {
    this.queue = new GroupQueue(largestGroup, async (entries) => {
      await store.write(entries);
      return entries.map(() => undefined);
    });
  }

  /** @returns once they are stored */
  async write(events: readonly AuditEvent[]): Promise<void> {
    await this.queue.add({ events });
  }

  /** Stores that something begins, so that it is known even if this process ends before it does. @returns what `settle` asks for */
  async begin(event: AuditEvent): Promise<string> {
    const id = randomUUID();
    await this.queue.add({ begun: { id, event } });
    return id;
  }

  /** Stores what came of something that has begun. @param events none where it changed nothing and nobody need know */
  async settle(begunId: string, events: readonly AuditEvent[]): Promise<void> {
    await this.queue.add({ settled: begunId, events });
  }

  /** Stores it soon, for what must not wait. */
  writeSoon(event: AuditEvent): void {
    if (this.waiting.length >= mostWaiting) return this.options.onFault(undefined, 'The audit log has lost an entry: too many wait to be stored');
    this.waiting.push(event);
    this.arm(gatherMs);
  }

  /** Writes what waits. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.writing;
    await this.flush();
  }

  private arm(inMs: number): void {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.writing = this.flush();
    }, inMs);
  }

  private async flush(): Promise<void> {
    const events = this.waiting;
    if (events.length === 0) return;
    this.waiting = [];
    try {
      await this.write(events);
    } catch (error) {
      this.options.onFault(error, 'Entries of the audit log could not be stored; it is tried again');
      this.waiting = [...events, ...this.waiting];
      this.arm(retryMs);
    }
  }
}
