import { z } from 'zod';
import { type Database } from '../../../database/database.js';
import { type PromptBranch } from '../../../database/generated/sqlite/client.js';
import { isUniqueViolation } from '../../../database/unique-violation.js';
import { type PageRequest, pageQuery } from '../../../pagination.js';
import { type PromptVersionRecord, toVersion } from '../content/version-row.js';
import { type ParentEdge } from './graph.js';

export interface BranchRecord {
  id: string;
  promptId: string;
  name: string;
  headVersionId: string;
  archivedAt: Date | undefined;
  createdAt: Date;
}

/** The ids of a version and of everything that it was made from, newest first. */
const lineSql = `WITH RECURSIVE line(id) AS (
    SELECT id FROM prompt_version WHERE workspace_id = ? AND id = ?
    UNION SELECT parent.parent_id FROM prompt_version_parent AS parent JOIN line ON parent.version_id = line.id
  ) SELECT id FROM line WHERE id < ? ORDER BY id DESC LIMIT ?`;
/** Greater than any id. */
const beyondIds = 'g';
const idRows = z.array(z.object({ id: z.string() }));

export class BranchStore {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the prompt has a branch of this name */
  async create(workspaceId: string, branch: Pick<BranchRecord, 'promptId' | 'name' | 'headVersionId'>): Promise<BranchRecord | undefined> {
    return unlessTaken(async () => toBranch(await this.database.prisma.promptBranch.create({ data: { ...branch, workspaceId } })));
  }

  /** @returns undefined when another branch of the prompt has this name */
  async rename(workspaceId: string, id: string, name: string): Promise<BranchRecord | undefined> {
    return unlessTaken(() => this.update(workspaceId, id, { name }));
  }

  /** One that is archived, or is not, already stays as it is. */
  async setArchived(workspaceId: string, id: string, archivedAt: Date | null): Promise<BranchRecord | undefined> {
    await this.database.prisma.promptBranch.updateMany({
      where: { id, workspaceId, archivedAt: archivedAt ? null : { not: null } },
      data: { archivedAt },
    });
    return this.find(workspaceId, id);
  }

  async find(workspaceId: string, id: string): Promise<BranchRecord | undefined> {
    const row = await this.database.prisma.promptBranch.findFirst({ where: { id, workspaceId } });
    return row ? toBranch(row) : undefined;
  }

  /** Those of the names that there are, of each prompt. */
  async findNamed(workspaceId: string, promptIds: readonly string[], names: readonly string[]): Promise<BranchRecord[]> {
    const rows = await this.database.prisma.promptBranch.findMany({ where: { workspaceId, promptId: { in: [...promptIds] }, name: { in: [...names] } } });
    return rows.map(toBranch);
  }

  /** All of the prompts, newest first. */
  async findOfPrompts(workspaceId: string, promptIds: readonly string[]): Promise<BranchRecord[]> {
    const rows = await this.database.prisma.promptBranch.findMany({ where: { workspaceId, promptId: { in: [...promptIds] } }, orderBy: { id: 'desc' } });
    return rows.map(toBranch);
  }

  /** Those whose newest version is one of these. */
  async findOfHeads(workspaceId: string, versionIds: readonly string[]): Promise<BranchRecord[]> {
    const rows = await this.database.prisma.promptBranch.findMany({ where: { workspaceId, headVersionId: { in: [...versionIds] } }, orderBy: { id: 'asc' } });
    return rows.map(toBranch);
  }

  /** How all versions of the prompts were made from one another. */
  async findEdges(workspaceId: string, promptIds: readonly string[]): Promise<ParentEdge[]> {
    return this.database.prisma.promptVersionParent.findMany({
      where: { version: { workspaceId, promptId: { in: [...promptIds] } } },
      select: { versionId: true, parentId: true },
    });
  }

  /** A version and what it was made from, newest first: one row more than the page, for `toConnection`. */
  async listLine(workspaceId: string, headId: string, page: PageRequest): Promise<PromptVersionRecord[]> {
    const { where, take, orderBy } = pageQuery(page);
    const found = await this.database.read(lineSql, [workspaceId, headId, where.id?.lt ?? beyondIds, take]);
    const ids = idRows.parse(found).map(({ id }) => id);
    const rows = await this.database.prisma.promptVersion.findMany({ where: { workspaceId, id: { in: ids } }, orderBy });
    return rows.map(toVersion);
  }

  private async update(workspaceId: string, id: string, data: Partial<Pick<PromptBranch, 'name'>>): Promise<BranchRecord | undefined> {
    await this.database.prisma.promptBranch.updateMany({ where: { id, workspaceId }, data });
    return this.find(workspaceId, id);
  }
}

async function unlessTaken<Made>(make: () => Promise<Made>): Promise<Made | undefined> {
  try {
    return await make();
  } catch (error) {
    if (isUniqueViolation(error)) return undefined;
    throw error;
  }
}

function toBranch({ id, promptId, name, headVersionId, archivedAt, createdAt }: PromptBranch): BranchRecord {
  return { id, promptId, name, headVersionId, archivedAt: archivedAt ?? undefined, createdAt };
}
