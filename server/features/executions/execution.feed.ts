import { type BusEvents, type EventBus } from '../../events/event-bus.js';
import { type ExecutionStore } from './execution.store.js';
import { type ExecutionEvent, isFinished } from './execution.types.js';

const pageSize = 500;

/** An announcement may be lost; then the database is asked anyway after this time. */
const patienceMs = 5_000;

const endings: ReadonlySet<ExecutionEvent['type']> = new Set(['EXECUTION_COMPLETED', 'EXECUTION_FAILED', 'EXECUTION_CANCELLED']);

/** Follows executions: what is stored first, then what is being stored, read from the database in one order. */
export class ExecutionFeed {
  constructor(
    private readonly store: ExecutionStore,
    private readonly bus: EventBus,
  ) {}

  /** Every event after sequence number `after`, each once and in order, until the execution ends or the caller stops. */
  follow(workspaceId: string, executionId: string, after: number): AsyncIterableIterator<ExecutionEvent> {
    // Listening begins before the first read, so that nothing falls between what is stored and what is announced.
    const bell = new Bell(this.bus, executionId);
    const events = this.read(bell, workspaceId, executionId, after);
    return {
      next: () => events.next(),
      return: () => {
        // A generator that waits does not hear `return`: it must be woken first.
        bell.close();
        return events.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  private async *read(bell: Bell, workspaceId: string, executionId: string, after: number): AsyncGenerator<ExecutionEvent, void, undefined> {
    try {
      let seq = after;
      // Read before the events: an execution that ends meanwhile still has its last event ahead.
      const execution = await this.store.find(workspaceId, executionId);
      while (!bell.closed) {
        const events = await this.store.eventsAfter(workspaceId, executionId, seq, pageSize);
        for (const event of events) {
          yield event;
          seq = event.seq;
          if (endings.has(event.type)) return;
        }
        if (events.length === pageSize) continue;
        if (!execution || isFinished(execution.status)) return;
        await bell.rungPast(seq, patienceMs);
      }
    } finally {
      bell.close();
    }
  }
}

/** Remembers how far an execution has been announced, so that an announcement between two waits is not missed. */
class Bell {
  closed = false;
  private announced = 0;
  private notify: (() => void) | undefined;
  private readonly unsubscribe: () => void;

  constructor(bus: EventBus, executionId: string) {
    this.unsubscribe = bus.subscribe('execution.progress', (progress: BusEvents['execution.progress']) => {
      if (progress.executionId !== executionId) return;
      this.announced = Math.max(this.announced, progress.lastSeq);
      this.notify?.();
    });
  }

  close(): void {
    this.closed = true;
    this.unsubscribe();
    this.notify?.();
  }

  async rungPast(seq: number, patience: number): Promise<void> {
    if (this.announced > seq || this.closed) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.notify = resolve;
      timer = setTimeout(resolve, patience);
    });
    clearTimeout(timer);
    this.notify = undefined;
  }
}
