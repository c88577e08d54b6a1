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

export interface ExecutionEnd {
  executionId: string;
  workspaceId: string;
  /** How many events had launched runs, one by another, before it. */
  depth: number;
  to: 'COMPLETED' | 'FAILED' | 'CANCELLED';
  at: Date;
}

/** Given as one JSON array. */
const endsGiven = {
  sqlite: `(SELECT value ->> 'id' AS id, value ->> 'workspaceId' AS "workspaceId", value ->> 'type' AS type, value ->> 'subject' AS subject, value ->> 'depth' AS depth, value ->> 'at' AS at FROM json_each(?)) AS made`,
  postgres: `json_to_recordset(?::json) AS made (id text, "workspaceId" text, type text, subject text, depth integer, at timestamp)`,
};

/** In patterns `*` stands for any characters. The types of product events have no character that is special to LIKE. */
const pattern = { sqlite: `settings ->> 'type'`, postgres: `settings::json ->> 'type'` };

const listener = (engine: Engine, workspaceId: string, type: string) =>
  `SELECT 1 FROM trigger WHERE trigger.workspace_id = ${workspaceId} AND trigger.type = 'EVENT' AND active AND trigger.deleted_at IS NULL AND ${type} LIKE replace(${pattern[engine]}, '*', '%')`;

/** Keeps what has happened, from the very commit that it happened in, until the triggers that wait for it have been told. Nothing is kept where nobody waits. */
export class Outbox {
  private readonly ids = new OrderedIds();
  private readonly executionsEnded: string;
  private readonly happened: string;

  constructor(private readonly engine: Engine) {
    this.executionsEnded = `INSERT INTO outbox_event (id, workspace_id, type, subject, depth, at)
      SELECT made.id, made."workspaceId", made.type, made.subject, made.depth, made.at FROM ${endsGiven[engine]} WHERE EXISTS (${listener(engine, 'made."workspaceId"', 'made.type')})`;
    this.happened = `INSERT INTO outbox_event (id, workspace_id, type, subject, depth, at) SELECT ?, ?, ?, ?, ?, ? WHERE EXISTS (${listener(engine, '?', '?')})`;
  }

  /**
   * Executions have ended.
   * @returns whether somebody waits for one of them: announce it once it is committed
   */
  async addEnds(sql: SqlSession, ends: readonly ExecutionEnd[]): Promise<boolean> {
    if (ends.length === 0) return false;
    const made = ends.map(({ executionId, workspaceId, depth, to, at }) => ({
      id: this.ids.next(at),
      workspaceId,
      depth,
      type: `execution.${to.toLowerCase()}`,
      subject: JSON.stringify({ executionId }),
      at: this.engine === 'sqlite' ? at.getTime() : at,
    }));
    return (await sql.run(this.executionsEnded, [JSON.stringify(made)])) > 0;
  }

  /** Anything else. @returns whether somebody waits for it: announce it once it is committed */
  async add<Type extends ProductEventType>(sql: SqlSession, { workspaceId, type, subject, depth = 0, at }: ProductEvent<Type>): Promise<boolean> {
    return (await sql.run(this.happened, [this.ids.next(at), workspaceId, type, JSON.stringify(subject), depth, at, workspaceId, type])) > 0;
  }
}
