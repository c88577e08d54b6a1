import { type Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/unique-violation.js';
import { holdFolders } from './folder.store.js';
import { indexPrompt } from './search-index.store.js';

/** What is undefined stays. A null folder: in none. */
export interface PromptChanges {
  name?: string | undefined;
  path?: string | undefined;
  description?: string | undefined;
  folderId?: string | null | undefined;
  tags?: readonly string[] | undefined;
  /** When it was described anew; undefined where only its place changes. */
  updatedAt?: Date | undefined;
}

export class LibraryStore {
  constructor(private readonly database: Database) {}

  async update(workspaceId: string, id: string, { tags, ...changes }: PromptChanges): Promise<'updated' | 'gone' | 'path-taken' | 'no-folder'> {
    try {
      return await this.database.prisma.$transaction(async (tx) => {
        if (changes.folderId) {
          await holdFolders(tx, workspaceId);
          if ((await tx.promptFolder.count({ where: { workspaceId, id: changes.folderId } })) === 0) return 'no-folder';
        }
        const { count } = await tx.prompt.updateMany({ where: { workspaceId, id }, data: changes });
        if (count === 0) return 'gone';
        if (tags) {
          await tx.promptTag.deleteMany({ where: { workspaceId, promptId: id } });
          await tx.promptTag.createMany({ data: tags.map((name) => ({ workspaceId, promptId: id, name })) });
        }
        await indexPrompt(this.database.engine, tx, { workspaceId, promptId: id });
        return 'updated';
      });
    } catch (error) {
      if (isUniqueViolation(error)) return 'path-taken';
      throw error;
    }
  }

  /** All of them or, where one or the folder does not exist, none. */
  async move(workspaceId: string, ids: readonly string[], folderId: string | undefined): Promise<'moved' | 'no-prompt' | 'no-folder'> {
    return this.database.prisma.$transaction(async (tx) => {
      await holdFolders(tx, workspaceId);
      if (folderId && (await tx.promptFolder.count({ where: { workspaceId, id: folderId } })) === 0) return 'no-folder';
      const where = { workspaceId, id: { in: [...ids] } };
      if ((await tx.prompt.count({ where })) < ids.length) return 'no-prompt';
      await tx.prompt.updateMany({ where, data: { folderId: folderId ?? null } });
      return 'moved';
    });
  }

  /** @param at null: no longer. One that is archived keeps the time that it has. */
  async setArchived(workspaceId: string, id: string, at: Date | null): Promise<void> {
    await this.database.prisma.prompt.updateMany({ where: { workspaceId, id, ...(at && { archivedAt: null }) }, data: { archivedAt: at } });
  }

  /** With all that is the prompt's own. @returns whether there was one */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.prisma.prompt.deleteMany({ where: { workspaceId, id } })).count > 0;
  }

  /** In the order of the alphabet. */
  async tagsOf(workspaceId: string, promptIds: readonly string[]): Promise<{ promptId: string; name: string }[]> {
    return this.database.prisma.promptTag.findMany({
      where: { workspaceId, promptId: { in: [...promptIds] } },
      orderBy: { name: 'asc' },
      select: { promptId: true, name: true },
    });
  }

  /** Of prompts that are not archived; the most used first. */
  async countTags(workspaceId: string): Promise<{ name: string; count: number }[]> {
    const rows = await this.database.prisma.promptTag.groupBy({
      by: ['name'],
      where: { workspaceId, prompt: { archivedAt: null } },
      _count: { promptId: true },
      orderBy: [{ _count: { promptId: 'desc' } }, { name: 'asc' }],
    });
    return rows.map(({ name, _count }) => ({ name, count: _count.promptId }));
  }
}
