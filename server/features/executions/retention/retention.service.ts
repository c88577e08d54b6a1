import { z } from 'zod';
import { type UpdateRetentionInput } from '../../../../schema/retention.js';
import { parseInput, withoutNulls } from '../../../input.js';
import { type AuditJournal } from '../../audit/audit-journal.js';
import { type Identity } from '../../auth/identity.js';
import { type BudgetsService } from '../../providers/spending/budgets.service.js';
import { type Descendant, type RetentionSettings, type RetentionStore } from './retention.store.js';

const dayMs = 24 * 60 * 60_000;
/** Runs that are looked at together. */
const batch = 100;
/** Rows that are deleted in one transaction: others wait for it. */
const mostDeleted = 100;

const days = 'Give a whole number of days from 1 to 3,650.';
const runs = 'Give a whole number of runs from 1 to 1,000,000.';
const changes = z.object({
  days: z.int(days).min(1, days).max(3_650, days).optional(),
  runs: z.int(runs).min(1, runs).max(1_000_000, runs).optional(),
});

/** Says how long runs that have ended are kept, and deletes the others. */
export class RetentionService {
  constructor(
    private readonly store: RetentionStore,
    private readonly budgets: Pick<BudgetsService, 'forgetRuns'>,
    private readonly journal?: Pick<AuditJournal, 'writeSoon'>,
  ) {}

  settings({ workspaceId }: Identity): Promise<RetentionSettings> {
    return this.settingsOf(workspaceId);
  }

  settingsOf(workspaceId: string): Promise<RetentionSettings> {
    return this.store.settings(workspaceId);
  }

  update({ workspaceId }: Identity, input: UpdateRetentionInput): Promise<RetentionSettings> {
    return this.store.update(workspaceId, parseInput(changes, withoutNulls(input), 'input'));
  }

  /** Deletes what no workspace keeps any more, a little at a time. @returns how many executions, those within others included */
  async prune(now: Date): Promise<number> {
    const known = new Map<string, RetentionSettings>();
    const deletedOf = new Map<string, number>();
    for (const { workspaceId, workflowId } of await this.store.workflows()) {
      const settings = known.get(workspaceId) ?? (await this.store.settings(workspaceId));
      known.set(workspaceId, settings);
      const deleted = await this.pruneWorkflow(workspaceId, workflowId, settings, now);
      if (deleted > 0) deletedOf.set(workspaceId, (deletedOf.get(workspaceId) ?? 0) + deleted);
    }
    for (const [workspaceId, deleted] of deletedOf) this.tell(workspaceId, deleted, now);
    return [...deletedOf.values()].reduce((sum, deleted) => sum + deleted, 0);
  }

  private tell(workspaceId: string, deleted: number, at: Date): void {
    const actor = { type: 'SYSTEM', name: 'PromptPilot' } as const;
    this.journal?.writeSoon({ workspaceId, at, actor, action: 'execution.prune', subject: { type: 'retention', id: workspaceId, name: 'Retention of runs' }, after: { deleted }, outcome: 'DONE' });
  }

  private async pruneWorkflow(workspaceId: string, workflowId: string, settings: RetentionSettings, now: Date): Promise<number> {
    const endedBefore = new Date(now.getTime() - settings.days * dayMs);
    let deleted = 0;
    for (let after = ''; ; ) {
      const roots = await this.store.prunable(workspaceId, { workflowId, endedBefore, runs: settings.runs, after, limit: batch });
      const last = roots.at(-1);
      if (last === undefined) return deleted;
      deleted += await this.deleteTrees(workspaceId, roots);
      after = last;
    }
  }

  /** Deletes the runs in which nothing goes on any more, from the innermost out, so that what is left is whole if this is interrupted. */
  private async deleteTrees(workspaceId: string, roots: readonly string[]): Promise<number> {
    const rootOf = new Map(roots.map((id) => [id, id]));
    const levels: string[][] = [[...roots]];
    const busy = new Set<string>();
    for (let level = roots; level.length > 0; ) {
      const children: Descendant[] = await this.store.children(workspaceId, level);
      for (const { id, parentId, ended } of children) {
        const root = rootOf.get(parentId) ?? parentId;
        rootOf.set(id, root);
        if (!ended) busy.add(root);
      }
      level = children.map(({ id }) => id);
      levels.unshift([...level]);
    }
    const ids = levels.flat().filter((id) => !busy.has(rootOf.get(id) ?? id));
    for (let from = 0; from < ids.length; from += mostDeleted) {
      const some = ids.slice(from, from + mostDeleted);
      await this.store.delete(workspaceId, some);
      await this.budgets.forgetRuns(workspaceId, some);
      // Whoever waits to write does so before the next ones go.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return ids.length;
  }
}
