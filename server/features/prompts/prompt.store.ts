import { z } from 'zod';
import { type Database } from '../../database/database.js';
import { type Prompt } from '../../database/generated/sqlite/client.js';
import { isUniqueViolation } from '../../database/unique-violation.js';
import { type PageRequest, pageQuery } from '../../pagination.js';
import { type PromptContent, promptContentSchema } from './content/content.js';
import { type PromptReference, toReference } from './content/reference.js';
import { mainBranch } from './history/branch-name.js';
import { insertVersion, type NewPromptVersion, type PromptVersionRecord, readVersion, toVersion, versionColumns, type VersionRow } from './content/version-row.js';
import { indexPrompt } from './library/search-index.store.js';
import { firstVersion } from './history/semver.js';

export type { PromptVersionRecord };

export interface PromptRecord {
  id: string;
  path: string;
  name: string;
  description: string;
  kind: PromptContent['kind'];
  folderId: string | undefined;
  archivedAt: Date | undefined;
  createdAt: Date;
  updatedAt: Date;
}

/** A prompt that is about to be made. */
export interface NewPrompt extends Pick<PromptRecord, 'path' | 'name' | 'description' | 'folderId'> {
  tags: readonly string[];
}

export class PromptStore {
  constructor(private readonly database: Database) {}

  /** Makes a prompt with its first version on `main`. @returns undefined when the path is taken */
  async create(workspaceId: string, { tags, ...prompt }: NewPrompt, first: NewPromptVersion): Promise<PromptRecord | undefined> {
    try {
      return await this.database.prisma.$transaction(async (tx) => {
        const row = await tx.prompt.create({ data: { ...prompt, workspaceId, kind: first.content.kind, updatedAt: new Date() } });
        const version = await insertVersion(tx, { workspaceId, promptId: row.id }, firstVersion, first);
        await tx.promptBranch.create({ data: { workspaceId, promptId: row.id, name: mainBranch, headVersionId: version.id } });
        if (tags.length > 0) await tx.promptTag.createMany({ data: tags.map((name) => ({ workspaceId, promptId: row.id, name })) });
        await indexPrompt(this.database.engine, tx, { workspaceId, promptId: row.id });
        return toPrompt(row);
      });
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<PromptRecord[]> {
    const rows = await this.database.prisma.prompt.findMany({ where: { workspaceId, id: { in: [...ids] } } });
    return rows.map(toPrompt);
  }

  async findVersions(workspaceId: string, ids: readonly string[]): Promise<PromptVersionRecord[]> {
    return this.readVersions(workspaceId, ids, (join) => `${join} prompt_version v ON v.id = wanted.value`);
  }

  /** The newest version on `main` of each prompt that exists. */
  async findHeads(workspaceId: string, promptIds: readonly string[]): Promise<PromptVersionRecord[]> {
    return this.readVersions(
      workspaceId,
      promptIds,
      (join) => `${join} prompt_branch b ON b.prompt_id = wanted.value AND b.name = '${mainBranch}' ${join} prompt_version v ON v.id = b.head_version_id`,
    );
  }

  /** The names of a folder and those that it is in, the outermost first. @returns undefined where the workspace has no such folder */
  async folderNames(workspaceId: string, id: string): Promise<string[] | undefined> {
    const folders = await this.database.prisma.promptFolder.findMany({ where: { workspaceId }, select: { id: true, parentId: true, name: true } });
    const byId = new Map(folders.map((folder) => [folder.id, folder]));
    const names: string[] = [];
    for (let folder = byId.get(id); folder && names.length < folders.length; folder = byId.get(folder.parentId ?? '')) names.unshift(folder.name);
    return names.length > 0 ? names : undefined;
  }

  /** What each version was made from, in the order of its parents. */
  async findParents(workspaceId: string, versionIds: readonly string[]): Promise<{ versionId: string; parentId: string }[]> {
    return this.database.prisma.promptVersionParent.findMany({
      where: { versionId: { in: [...versionIds] }, version: { workspaceId } },
      orderBy: { position: 'asc' },
      select: { versionId: true, parentId: true },
    });
  }

  /** What each version refers to, in the order of its templates. */
  async findReferences(workspaceId: string, versionIds: readonly string[]): Promise<{ versionId: string; reference: PromptReference }[]> {
    const rows = await this.database.prisma.promptReference.findMany({
      where: { workspaceId, versionId: { in: [...versionIds] } },
      orderBy: { position: 'asc' },
    });
    return rows.map(({ versionId, path, kind, at }) => ({ versionId, reference: toReference({ path, kind: referenceKind.parse(kind), at }) }));
  }

  async findBranchNames(workspaceId: string, branchIds: readonly string[]): Promise<{ id: string; name: string }[]> {
    return this.database.prisma.promptBranch.findMany({ where: { workspaceId, id: { in: [...branchIds] } }, select: { id: true, name: true } });
  }

  /** One row more than the page, for `toConnection`. */
  async listVersions(workspaceId: string, promptId: string, page: PageRequest): Promise<PromptVersionRecord[]> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.promptVersion.findMany({ ...query, where: { ...where, workspaceId, promptId } });
    return rows.map(toVersion);
  }

  /** Every page reads many of these: by Prisma they would cost several times as much. @param joins lead from the ids, each a `wanted.value`, to v */
  private async readVersions(workspaceId: string, ids: readonly string[], joins: (join: string) => string): Promise<PromptVersionRecord[]> {
    if (ids.length === 0) return [];
    // SQLite would begin with every version of the workspace; CROSS JOIN keeps it to the order as written.
    const [wanted, join] = this.database.engine === 'sqlite' ? ['json_each(?)', 'CROSS JOIN'] : ['json_array_elements_text(?::json)', 'JOIN'];
    const sql = `SELECT ${versionColumns} FROM ${wanted} AS wanted ${joins(join)} WHERE v.workspace_id = ?`;
    const rows = await this.database.read<VersionRow>(sql, [JSON.stringify(ids), workspaceId]);
    return rows.map(readVersion);
  }
}

/** The kind of a stored reference. */
export const referenceKind = z.enum(['LABEL', 'VERSION', 'BRANCH']).transform((kind) => ({ LABEL: 'label', VERSION: 'version', BRANCH: 'branch' } as const)[kind]);

function toPrompt({ id, path, name, description, kind, folderId, archivedAt, createdAt, updatedAt }: Prompt): PromptRecord {
  return {
    id,
    path,
    name,
    description,
    kind: promptContentSchema.shape.kind.parse(kind),
    folderId: folderId ?? undefined,
    archivedAt: archivedAt ?? undefined,
    createdAt,
    updatedAt,
  };
}
