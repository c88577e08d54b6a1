import { setTimeout as pass } from 'node:timers/promises';
import { Bell } from '../../events/bell.js';
import { type EventBus } from '../../events/event-bus.js';
import { type ExecutionStore } from './execution.store.js';
import { type ExecutionEvent, isFinished } from './execution.types.js';

const pageSize = 500;

/** What comes within this time is read together, so that whoever watches a run does not slow it down. */
const gatherMs = 5;

/** An announcement may be lost; then the database is asked anyway after this time. */
const patienceMs = 5_000;

const endings: ReadonlySet<ExecutionEvent['type']> = new Set(['EXECUTION_COMPLETED', 'EXECUTION_FAILED', 'EXECUTION_CANCELLED']);

/** Follows executions: what is stored first, then what is being stored, read from the database in one order. */
export class ExecutionFeed {
  private readonly reads = new Map<string, Promise<ExecutionEvent[]>>();
  private gathering: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<ExecutionStore, 'find' | 'eventsAfter'>,
    private readonly bus: EventBus,
  ) {}

  /** Every event after sequence number `after`, each once and in order, until the execution ends or the caller stops. */
  follow(workspaceId: string, executionId: string, after: number): AsyncIterableIterator<ExecutionEvent> {
    // Listening begins before the first read, so that nothing falls between what is stored and what is announced.
    const bell = new Bell(this.bus, 'execution.progress', (progress, before) =>
      progress.executionId === executionId ? Math.max(before, progress.lastSeq) : before,
    );
    return bell.endingWith(this.read(bell, workspaceId, executionId, after));
  }

  private async *read(bell: Bell<'execution.progress'>, workspaceId: string, executionId: string, after: number): AsyncGenerator<ExecutionEvent, void, undefined> {
    try {
      let seq = after;
      // Read before the events: an execution that ends meanwhile still has its last event ahead.
      const execution = await this.store.find(workspaceId, executionId);
      while (!bell.closed) {
        const events = await this.eventsAfter(workspaceId, executionId, seq);
        for (const event of events) {
          yield event;
          seq = event.seq;
          if (endings.has(event.type)) return;
        }
        if (events.length === pageSize) continue;
        if (!execution || isFinished(execution.status)) return;
        await bell.rungPast(seq, patienceMs);
        await this.gather();
      }
    } finally {
      bell.close();
    }
  }

  private gather(): Promise<void> {
    return (this.gathering ??= pass(gatherMs).then(() => void (this.gathering = undefined)));
  }

  /**
   * Followers that have come equally far, and are rung together, read together. Only a read that has not begun is shared: one under way may miss
   * what they were rung for.
   */
  private eventsAfter(workspaceId: string, executionId: string, after: number): Promise<ExecutionEvent[]> {
    const key = `${workspaceId} ${executionId} ${after}`;
    const asked = this.reads.get(key);
    if (asked) return asked;
    const read = nextTurn().then(() => {
      this.reads.delete(key);
      return this.store.eventsAfter(workspaceId, executionId, after, pageSize);
    });
    this.reads.set(key, read);
    return read;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
