import { type Database } from '../../../database/database.js';
import { isAnyOf } from '../../../database/is-any-of.js';
import { firstIdAt } from '../../../ordered-ids.js';

export interface RetentionSettings {
  /** Runs that ended longer ago are deleted. */
  days: number;
  /** Of each workflow so many are kept, the newest. */
  runs: number;
}

/** Runs of one workflow, of the oldest first. */
interface Prunable {
  workflowId: string;
  endedBefore: Date;
  runs: number;
  /** Only those that come after this id. */
  after: string;
  limit: number;
}

export interface Descendant {
  id: string;
  parentId: string;
  ended: boolean;
}

const endedRoots = 'FROM execution WHERE workspace_id = ? AND workflow_id = ? AND parent_id IS NULL AND finished_at IS NOT NULL';

/** What a workspace keeps of its runs, and the deleting of the rest. */
export class RetentionStore {
  constructor(private readonly database: Database) {}

  async settings(workspaceId: string): Promise<RetentionSettings> {
    const { retentionDays: days, retentionRuns: runs } = await this.database.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    return { days, runs };
  }

  async update(workspaceId: string, { days, runs }: Partial<RetentionSettings>): Promise<RetentionSettings> {
    await this.database.prisma.workspace.update({ where: { id: workspaceId }, data: { retentionDays: days, retentionRuns: runs } });
    return this.settings(workspaceId);
  }

  /** Every workflow there is, with its workspace. */
  async workflows(): Promise<{ workspaceId: string; workflowId: string }[]> {
    const rows = await this.database.prisma.workflow.findMany({ select: { id: true, workspaceId: true }, orderBy: { id: 'asc' } });
    return rows.map(({ id, workspaceId }) => ({ workspaceId, workflowId: id }));
  }

  /** @returns ids of runs that ended too long ago, or are too many; runs within others are not among them */
  async prunable(workspaceId: string, { workflowId, endedBefore, runs, after, limit }: Prunable): Promise<string[]> {
    const [last] = await this.database.read<{ id: string }>(`SELECT id ${endedRoots} ORDER BY id DESC LIMIT 1 OFFSET ?`, [workspaceId, workflowId, runs]);
    const tooMany = last?.id ?? '';
    // What ended before a time was made before it, too: newer ids need not be looked at.
    const newest = [tooMany, firstIdAt(endedBefore.getTime())].sort().at(-1) ?? '';
    const rows = await this.database.read<{ id: string }>(
      `SELECT id ${endedRoots} AND id > ? AND id <= ? AND (finished_at < ? OR id <= ?) ORDER BY id LIMIT ?`,
      [workspaceId, workflowId, after, newest, endedBefore, tooMany, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** What runs for steps of these directly. */
  async children(workspaceId: string, ids: readonly string[]): Promise<Descendant[]> {
    const rows = await this.database.read<{ id: string; parentId: string; finishedAt: number | null }>(
      `SELECT id, parent_id AS "parentId", finished_at AS "finishedAt" FROM execution WHERE workspace_id = ? AND parent_id ${isAnyOf[this.database.engine]}`,
      [workspaceId, JSON.stringify(ids)],
    );
    return rows.map(({ id, parentId, finishedAt }) => ({ id, parentId, ended: finishedAt !== null }));
  }

  /** Deletes those of them that have ended, with their steps, events and labels. */
  async delete(workspaceId: string, ids: readonly string[]): Promise<void> {
    await this.database.write((sql) =>
      sql.run(`DELETE FROM execution WHERE workspace_id = ? AND finished_at IS NOT NULL AND id ${isAnyOf[this.database.engine]}`, [workspaceId, JSON.stringify(ids)]),
    );
  }
}
