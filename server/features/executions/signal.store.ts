import { type Database } from '../../database/database.js';
import { OrderedIds } from '../../ordered-ids.js';
import { type ExecutionStatus, type Signal } from './execution.types.js';

/** How signals get to executions. The run that holds one reads and deletes them through `RunStore`. */
export class SignalStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  /**
   * Stores a signal for an execution in one of these statuses, after which it may be rung.
   * @returns whether it was in one
   */
  async send(workspaceId: string, executionId: string, signal: Pick<Signal, 'type' | 'payload' | 'stepKey'>, statuses: readonly ExecutionStatus[]): Promise<boolean> {
    const { type, payload, stepKey } = signal;
    const at = new Date();
    const added = await this.database.write((sql) =>
      sql.run(
        `INSERT INTO execution_signal (id, execution_id, type, payload, at)
         SELECT ?, id, ?, ?, ? FROM execution WHERE id = ? AND workspace_id = ? AND status IN (${statuses.map((status) => `'${status}'`).join(', ')})`,
        [this.ids.next(at), type, JSON.stringify({ ...payload, stepKey }), at, executionId, workspaceId],
      ),
    );
    return added > 0;
  }
}
