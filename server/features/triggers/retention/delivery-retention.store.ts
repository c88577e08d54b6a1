import { type Database } from '../../../database/database.js';
import { firstIdAt } from '../../../ordered-ids.js';

/** How long a workspace keeps deliveries, and the deleting of the rest. */
export class DeliveryRetentionStore {
  constructor(private readonly database: Database) {}

  async days(workspaceId: string): Promise<number> {
    const { deliveryDays } = await this.database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { deliveryDays: true } });
    return deliveryDays;
  }

  async setDays(workspaceId: string, deliveryDays: number): Promise<void> {
    await this.database.prisma.workspace.update({ where: { id: workspaceId }, data: { deliveryDays } });
  }

  /** Over all workspaces: every trigger there is or was, with how long its deliveries are kept. */
  async triggers(): Promise<{ id: string; workspaceId: string; days: number; deleted: boolean }[]> {
    const rows = await this.database.prisma.trigger.findMany({ select: { id: true, workspaceId: true, deletedAt: true, workspace: { select: { deliveryDays: true } } } });
    return rows.map(({ id, workspaceId, deletedAt, workspace }) => ({ id, workspaceId, days: workspace.deliveryDays, deleted: deletedAt !== null }));
  }

  /** Deletes up to `limit` of a trigger's deliveries that came before a time, or before the newest `kept`. Those that wait to be launched stay. @returns how many */
  async prune(workspaceId: string, triggerId: string, { before, kept, limit }: { before: Date; kept: number; limit: number }): Promise<number> {
    const [last] = await this.database.read<{ id: string }>('SELECT id FROM delivery WHERE trigger_id = ? ORDER BY id DESC LIMIT 1 OFFSET ?', [triggerId, kept]);
    const newest = [last?.id ?? '', firstIdAt(before.getTime())].sort().at(-1) ?? '';
    return this.database.write((sql) =>
      sql.run(
        `DELETE FROM delivery WHERE id IN (SELECT id FROM delivery WHERE workspace_id = ? AND trigger_id = ? AND id <= ? AND (state IS NULL OR state <> 'RETRYING') ORDER BY id LIMIT ?)`,
        [workspaceId, triggerId, newest, limit],
      ),
    );
  }

  /** A trigger that was deleted goes with its last delivery. */
  async forget(workspaceId: string, triggerId: string): Promise<void> {
    await this.database.prisma.trigger.deleteMany({ where: { id: triggerId, workspaceId, deletedAt: { not: null }, deliveries: { none: {} } } });
  }
}
