import { Bell } from '../../../events/bell.js';
import { type EventBus } from '../../../events/event-bus.js';
import { type ExecutionRecord, isFinished } from '../execution.types.js';
import { type ExecutionHistoryStore } from './execution-history.store.js';

export type ExecutionChange =
  | { type: 'CREATED' | 'CHANGED' | 'ENDED'; execution: ExecutionRecord; count: 1 }
  /** More than are told one by one. */
  | { type: 'MANY'; count: number };

/** What changes within this time is told together, as it stands at its end. */
const beatMs = 300;
const mostTold = 25;

/** An announcement may be lost; then the database is asked anyway after this time. */
const patienceMs = 5_000;
/** A commit may be stored this long after the time that it carries. */
const lateMs = 30_000;
const mostCompared = 500;

interface Follower {
  workspaceId: string;
  workflowId: string | undefined;
  bell: Bell<'execution.changed'>;
  /** Ids that have been announced since the last reading. */
  rung: Set<string>;
  /** The statuses that it knows of, to find what was not announced. */
  known: Map<string, string>;
}

/** Follows all executions of a workspace: the bus says which to look at, the database how they stand. */
export class WorkspaceFeed {
  private readonly reads = new Map<string, Promise<ExecutionChange[]>>();

  constructor(
    private readonly store: Pick<ExecutionHistoryStore, 'byIds' | 'statuses'>,
    private readonly bus: EventBus,
  ) {}

  /** What changes from now on, of one workflow or of all. Listening begins before this is returned. */
  async follow(workspaceId: string, workflowId: string | undefined): Promise<AsyncIterableIterator<ExecutionChange>> {
    const rung = new Set<string>();
    const bell = new Bell(this.bus, 'execution.changed', (changed, before) => {
      if (changed.workspaceId !== workspaceId) return before;
      rung.add(changed.executionId);
      return before + 1;
    });
    const known = await this.statuses(workspaceId).catch((error: unknown) => {
      bell.close();
      throw error;
    });
    return bell.endingWith(this.read({ workspaceId, workflowId, bell, rung, known }));
  }

  private async *read(follower: Follower): AsyncGenerator<ExecutionChange, void, undefined> {
    const { bell, rung } = follower;
    let heard = 0;
    let comparedAt = Date.now();
    try {
      while (!bell.closed) {
        await bell.rungPast(heard, patienceMs);
        if (bell.closed) return;
        heard = bell.announced;
        if (Date.now() - comparedAt >= patienceMs) {
          await this.findUnannounced(follower);
          comparedAt = Date.now();
        }
        const ids = [...rung];
        rung.clear();
        yield* await this.changes(follower, ids);
        await pause(beatMs);
      }
    } finally {
      bell.close();
    }
  }

  private async changes({ workspaceId, workflowId, known }: Follower, ids: readonly string[]): Promise<ExecutionChange[]> {
    if (ids.length === 0) return [];
    if (ids.length > mostTold) return [{ type: 'MANY', count: ids.length }];
    const changes = await this.changesOf(workspaceId, ids);
    return changes.filter((change) => {
      if (change.type === 'MANY') return true;
      known.set(change.execution.id, change.execution.status);
      return workflowId === undefined || change.execution.workflowId === workflowId;
    });
  }

  /** Followers that are rung together read together, and get the same objects, so that what is asked of each is answered once. */
  private changesOf(workspaceId: string, ids: readonly string[]): Promise<ExecutionChange[]> {
    const key = [workspaceId, ...ids].join(' ');
    const asked = this.reads.get(key);
    if (asked) return asked;
    const read = nextTurn().then(async () => {
      this.reads.delete(key);
      return (await this.store.byIds(workspaceId, ids)).map(changeOf);
    });
    this.reads.set(key, read);
    return read;
  }

  private async findUnannounced(follower: Follower): Promise<void> {
    const current = await this.statuses(follower.workspaceId);
    for (const [id, status] of current) if (follower.known.get(id) !== status) follower.rung.add(id);
    follower.known = current;
  }

  private statuses(workspaceId: string): Promise<Map<string, string>> {
    return this.store.statuses(workspaceId, new Date(Date.now() - lateMs), mostCompared);
  }
}

function changeOf(execution: ExecutionRecord): ExecutionChange {
  return { type: isFinished(execution.status) ? 'ENDED' : execution.startedAt ? 'CHANGED' : 'CREATED', execution, count: 1 };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
