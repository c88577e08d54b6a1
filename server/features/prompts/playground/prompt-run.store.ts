import { randomUUID } from 'node:crypto';
import { type Connection } from '../../../../schema/connection.js';
import { type Database } from '../../../database/database.js';
import { type PageRequest, pageQuery, toConnection } from '../../../pagination.js';
import { type NewPromptRun, type PromptRunRecord, type RunOutcome } from './prompt-run.js';
import { toOutcomeColumns, toRun } from './prompt-run-row.js';
import { interrupted } from './run-failure.js';

/** Runs of one prompt that are kept: the newest. */
const kept = 1_000;

const pruneSql = `DELETE FROM prompt_run WHERE workspace_id = ? AND prompt_id = ?
  AND id <= (SELECT id FROM prompt_run WHERE prompt_id = ? ORDER BY id DESC LIMIT 1 OFFSET ${kept})`;

/** The runs of prompts that exist. Each is written twice: when it starts and when it has ended. */
export class PromptRunStore {
  constructor(private readonly database: Database) {}

  /**
   * Keeps a run of a prompt that exists; content that equals a version of the prompt counts as that version. One of no prompt is given an id
   * and not kept.
   */
  async create(run: NewPromptRun, outcome: RunOutcome): Promise<PromptRunRecord> {
    const { workspaceId, promptId, contentHash, runById, model, simulated, values, messages } = run;
    if (promptId === undefined) return { ...run, ...outcome, id: randomUUID(), createdAt: new Date() };
    const versionId = run.versionId ?? (await this.versionOf(workspaceId, promptId, contentHash)) ?? null;
    const facts = { workspaceId, promptId, versionId, contentHash, runById, model, simulated };
    const row = await this.database.prisma.promptRun.create({
      data: { ...facts, values: JSON.stringify(values), messages: JSON.stringify(messages), ...toOutcomeColumns(outcome) },
    });
    return toRun(row);
  }

  /** Keeps what the run has come to, and of the prompt's runs the newest 1,000. */
  async finish({ id, workspaceId, promptId }: PromptRunRecord, outcome: RunOutcome): Promise<void> {
    if (promptId === undefined) return;
    await this.database.prisma.promptRun.updateMany({ where: { id, workspaceId }, data: toOutcomeColumns(outcome) });
    await this.database.write((sql) => sql.run(pruneSql, [workspaceId, promptId, promptId]));
  }

  /** Newest first. */
  async list(workspaceId: string, filter: { promptId: string; versionId?: string | undefined }, page: PageRequest): Promise<Connection<PromptRunRecord>> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.promptRun.findMany({ ...query, where: { ...where, ...filter, workspaceId } });
    return toConnection(rows, page, toRun);
  }

  /** Marks runs as failed that were under way in a process that is gone, in every workspace: all that began before this time. */
  async failInterrupted(before: Date): Promise<void> {
    const error = JSON.stringify(interrupted);
    await this.database.prisma.promptRun.updateMany({ where: { status: 'RUNNING', createdAt: { lt: before } }, data: { status: 'FAILED', error } });
  }

  private async versionOf(workspaceId: string, promptId: string, contentHash: string): Promise<string | undefined> {
    const version = await this.database.prisma.promptVersion.findFirst({
      where: { workspaceId, promptId, contentHash },
      orderBy: { id: 'desc' },
      select: { id: true },
    });
    return version?.id;
  }
}
