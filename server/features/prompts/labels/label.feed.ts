import { Bell } from '../../../events/bell.js';
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

type LabelBell = Bell<'prompt.label.moved'>;

/** Follows labels as they move: the bus says when to look, the database what moved. */
export class LabelFeed {
  constructor(
    private readonly store: LabelStore,
    private readonly bus: EventBus,
  ) {}

  /** Each move from now on that the filter lets through, once. Listening begins before this is returned. */
  async follow(workspaceId: string, filter: LabelFilter): Promise<AsyncIterableIterator<LabelMoveRecord>> {
    const bell = new Bell(this.bus, 'prompt.label.moved', (moved, before) => (moved.workspaceId === workspaceId ? before + 1 : before));
    const begin = Date.now();
    const earlier = await this.store.movesSince(workspaceId, new Date(begin - lateMs)).catch((error: unknown) => {
      bell.close();
      throw error;
    });
    return bell.endingWith(this.read(bell, workspaceId, filter, { at: begin, seen: new Set(earlier.map(({ move }) => move.id)) }));
  }

  /** Each reading goes back over the time in which moves may still have been on their way at the last one. */
  private async *read(bell: LabelBell, workspaceId: string, filter: LabelFilter, last: { at: number; seen: Set<string> }): AsyncGenerator<LabelMoveRecord, void, undefined> {
    let heard = 0;
    try {
      while (!bell.closed) {
        await bell.rungPast(heard, patienceMs);
        if (bell.closed) return;
        heard = bell.announced;
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

function letsThrough(filter: LabelFilter, move: LabelMoveRecord, path: string): boolean {
  return (!filter.promptId || filter.promptId === move.promptId) && (!filter.path || filter.path === path) && (!filter.label || filter.label === move.label);
}
