import { type Engine, type SqlSession } from '../database/database.js';
import { OrderedIds } from '../ordered-ids.js';

/** What the product itself tells triggers of, and what each is about, by id. */
export interface ProductEvents {
  'execution.completed': { executionId: string };
  'execution.failed': { executionId: string };
  'execution.cancelled': { executionId: string };
  'schedule.late': { triggerId: string; name: string; workflowId: string; dueAt: string };
  'trigger.failed': { triggerId: string; name: string; workflowId: string; deliveryId: string; attempts: number; error: string };
  'prompt.label.moved': { promptId: string; path: string; label: string; fromVersionId: string | null; toVersionId: string | null; movedById: string };
}

export type ProductEventType = keyof ProductEvents;

export interface ProductEvent<Type extends ProductEventType> {
  workspaceId: string;
  type: Type;
  subject: ProductEvents[Type];
  /** How many events had launched runs, one by another, before it. */
  depth?: number;
  at: Date;
}

/** In patterns `*` stands for any characters. The types of product events have no character that is special to LIKE. */
const pattern = { sqlite: `settings ->> 'type'`, postgres: `settings::json ->> 'type'` };

const listener = (engine: Engine, workspaceId: string) =>
  `SELECT 1 FROM trigger WHERE trigger.workspace_id = ${workspaceId} AND trigger.type = 'EVENT' AND active AND trigger.deleted_at IS NULL AND ? LIKE replace(${pattern[engine]}, '*', '%')`;

/** Keeps what has happened, from the very commit that it happened in, until the triggers that wait for it have been told. Nothing is kept where nobody waits. */
export class Outbox {
  private readonly ids = new OrderedIds();
  private readonly executionEnded: string;
  private readonly happened: string;

  constructor(engine: Engine) {
    this.executionEnded = `INSERT INTO outbox_event (id, workspace_id, type, subject, depth, at)
      SELECT ?, execution.workspace_id, ?, ?, chain_depth, ? FROM execution WHERE execution.id = ? AND parent_id IS NULL AND replay_id IS NULL AND EXISTS (${listener(engine, 'execution.workspace_id')})`;
    this.happened = `INSERT INTO outbox_event (id, workspace_id, type, subject, depth, at) SELECT ?, ?, ?, ?, ?, ? WHERE EXISTS (${listener(engine, '?')})`;
  }

  /**
   * An execution has ended. Those that run for another one, and those of a replay, tell nobody.
   * @returns whether somebody waits for it: announce it once it is committed
   */
  async addEnd(sql: SqlSession, executionId: string, to: 'COMPLETED' | 'FAILED' | 'CANCELLED', at: Date): Promise<boolean> {
    const type = `execution.${to.toLowerCase()}`;
    return (await sql.run(this.executionEnded, [this.ids.next(at), type, JSON.stringify({ executionId }), at, executionId, type])) > 0;
  }

  /** Anything else. @returns whether somebody waits for it: announce it once it is committed */
  async add<Type extends ProductEventType>(sql: SqlSession, { workspaceId, type, subject, depth = 0, at }: ProductEvent<Type>): Promise<boolean> {
    return (await sql.run(this.happened, [this.ids.next(at), workspaceId, type, JSON.stringify(subject), depth, at, workspaceId, type])) > 0;
  }
}
