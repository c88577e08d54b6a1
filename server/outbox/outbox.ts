import { type Engine, type SqlSession } from '../database/database.js';
import { OrderedIds } from '../ordered-ids.js';

/** What the product itself tells triggers of, and what each is about, by id. */
export interface ProductEvents {
  'execution.completed': { executionId: string };
  'execution.failed': { executionId: string };
  'execution.cancelled': { executionId: string };
  'prompt.label.moved': { promptId: string; path: string; label: string; fromVersionId: string | null; toVersionId: string | null; movedById: string };
}

export type ProductEventType = keyof ProductEvents;

/** In patterns `*` stands for any characters. The types of product events have no character that is special to LIKE. */
const pattern = { sqlite: `settings ->> 'type'`, postgres: `settings::json ->> 'type'` };

const listener = (engine: Engine) =>
  `SELECT 1 FROM trigger WHERE trigger.workspace_id = execution.workspace_id AND trigger.type = 'EVENT' AND active AND trigger.deleted_at IS NULL AND ? LIKE replace(${pattern[engine]}, '*', '%')`;

/** Keeps what has happened, from the very commit that it happened in, until the triggers that wait for it have been told. Nothing is kept where nobody waits. */
export class Outbox {
  private readonly ids = new OrderedIds();
  private readonly executionEnded: string;

  constructor(engine: Engine) {
    this.executionEnded = `INSERT INTO outbox_event (id, workspace_id, type, subject, depth, at)
      SELECT ?, execution.workspace_id, ?, ?, chain_depth, ? FROM execution WHERE execution.id = ? AND parent_id IS NULL AND replay_id IS NULL AND EXISTS (${listener(engine)})`;
  }

  /**
   * An execution has ended. Those that run for another one, and those of a replay, tell nobody.
   * @returns whether somebody waits for it: announce it once it is committed
   */
  async addEnd(sql: SqlSession, executionId: string, to: 'COMPLETED' | 'FAILED' | 'CANCELLED', at: Date): Promise<boolean> {
    const type = `execution.${to.toLowerCase()}`;
    return (await sql.run(this.executionEnded, [this.ids.next(at), type, JSON.stringify({ executionId }), at, executionId, type])) > 0;
  }
}
