import { type EventBus } from '../../../events/event-bus.js';
import { type LabelMoveRecord, type LabelStore } from './label.store.js';

/** What is absent lets every move through. */
export interface LabelFilter {
  promptId?: string | null | undefined;
  /** Of whichever prompt is at this path when its label moves. */
  path?: string | null | undefined;
  label?: string | null | undefined;
}

/** An announcement may be lost; then the database is asked anyway after this time. */
const patienceMs = 5_000;

/** A move may be committed this long after its time, behind another one of a later time. */
const lateMs = 30_000;

/** Follows labels as they move: the bus says when to look, the database what moved. */
export class LabelFeed {
  constructor(
    private readonly store: LabelStore,
    private readonly bus: EventBus,
  ) {}

  /** Each move from now on that the filter lets through, once. Listening begins before this is returned. */
  async follow(workspaceId: string, filter: LabelFilter): Promise<AsyncIterableIterator<LabelMoveRecord>> {
    const bell = new Bell(this.bus, workspaceId);
    const begin = Date.now();
    const earlier = await this.store.movesSince(workspaceId, new Date(begin - lateMs)).catch((error: unknown) => {
      bell.close();
      throw error;
    });
    return wakened(this.read(bell, workspaceId, filter, { at: begin, seen: new Set(earlier.map(({ move }) => move.id)) }), bell);
  }

  /** Each reading goes back over the time in which moves may still have been on their way at the last one. */
  private async *read(bell: Bell, workspaceId: string, filter: LabelFilter, last: { at: number; seen: Set<string> }): AsyncGenerator<LabelMoveRecord, void, undefined> {
    try {
      while (!bell.closed) {
        await bell.rung(patienceMs);
        if (bell.closed) return;
        const at = Date.now();
        const recent = await this.store.movesSince(workspaceId, new Date(last.at - lateMs));
        const fresh = recent.filter(({ move }) => !last.seen.has(move.id));
        last = { at, seen: new Set(recent.map(({ move }) => move.id)) };
        for (const { move, path } of fresh) if (letsThrough(filter, move, path)) yield move;
      }
    } finally {
      bell.close();
    }
  }
}

/** A generator that waits does not hear `return`: it must be woken first. */
function wakened<Item>(items: AsyncGenerator<Item, void, undefined>, bell: Bell): AsyncIterableIterator<Item> {
  return {
    next: () => items.next(),
    return: () => {
      bell.close();
      return items.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function letsThrough(filter: LabelFilter, move: LabelMoveRecord, path: string): boolean {
  return (!filter.promptId || filter.promptId === move.promptId) && (!filter.path || filter.path === path) && (!filter.label || filter.label === move.label);
}

/** Remembers that a label of the workspace moved, so that an announcement between two waits is not missed. */
class Bell {
  closed = false;
  private ringing = false;
  private notify: (() => void) | undefined;
  private readonly unsubscribe: () => void;

  constructor(bus: EventBus, workspaceId: string) {
    this.unsubscribe = bus.subscribe('prompt.label.moved', (moved) => {
      if (moved.workspaceId !== workspaceId) return;
      this.ringing = true;
      this.notify?.();
    });
  }

  close(): void {
    this.closed = true;
    this.unsubscribe();
    this.notify?.();
  }

  async rung(patience: number): Promise<void> {
    if (!this.ringing && !this.closed) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.notify = resolve;
        timer = setTimeout(resolve, patience);
      });
      clearTimeout(timer);
      this.notify = undefined;
    }
    this.ringing = false;
  }
}
