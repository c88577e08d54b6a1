import { type Database } from '../../../database/database.js';
import { type Prisma, type PromptFolder } from '../../../database/generated/sqlite/client.js';
import { folderColour, type FolderRecord } from './folder.js';
import { FolderTree } from './folder-tree.js';

/** What becomes of a workspace's folders. */
export interface FolderEdit {
  insert?: Omit<FolderRecord, 'id'>;
  /** Folders as they are to be. */
  update?: readonly FolderRecord[];
  /** A folder by then without folders within it, whose prompts go to another, or to none. */
  remove?: { id: string; promptsTo: string | undefined };
}

export class FolderStore {
  constructor(private readonly database: Database) {}

  /** In the order of the alphabet. */
  async all(workspaceId: string): Promise<FolderRecord[]> {
    return readFolders(this.database.prisma, workspaceId);
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<FolderRecord[]> {
    const rows = await this.database.prisma.promptFolder.findMany({ where: { workspaceId, id: { in: [...ids] } } });
    return rows.map(toFolder);
  }

  /** How many prompts that are not archived are directly in each folder; those without any are left out. */
  async countPrompts(workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.prisma.prompt.groupBy({
      by: ['folderId'],
      where: { workspaceId, folderId: { in: [...ids] }, archivedAt: null },
      _count: { _all: true },
    });
    return new Map(rows.map(({ folderId, _count }) => [folderId ?? '', _count._all]));
  }

  /**
   * Changes folders one caller at a time, so that what was decided from the tree still holds when it is done.
   * @param decide throws where there is nothing to be done
   * @returns the folder that was made, or the first that was changed
   */
  async edit(workspaceId: string, decide: (tree: FolderTree) => FolderEdit): Promise<FolderRecord | undefined> {
    return this.database.prisma.$transaction(async (tx) => {
      await holdFolders(tx, workspaceId);
      const { insert, update = [], remove } = decide(new FolderTree(await readFolders(tx, workspaceId)));
      const made = insert && toFolder(await tx.promptFolder.create({ data: { ...insert, workspaceId } }));
      for (const { id, name, colour, parentId = null } of update) {
        await tx.promptFolder.updateMany({ where: { workspaceId, id }, data: { name, colour, parentId } });
      }
      if (remove) {
        await tx.prompt.updateMany({ where: { workspaceId, folderId: remove.id }, data: { folderId: remove.promptsTo ?? null } });
        await tx.promptFolder.deleteMany({ where: { workspaceId, id: remove.id } });
      }
      return made ?? update[0];
    });
  }
}

/** Until the transaction ends, nobody else changes the workspace's folders, or puts prompts into them. */
export async function holdFolders(tx: Prisma.TransactionClient, workspaceId: string): Promise<void> {
  // Changing nothing locks the row.
  await tx.$executeRaw`UPDATE workspace SET name = name WHERE id = ${workspaceId}`;
}

async function readFolders(prisma: Prisma.TransactionClient, workspaceId: string): Promise<FolderRecord[]> {
  const rows = await prisma.promptFolder.findMany({ where: { workspaceId }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return rows.map(toFolder);
}

function toFolder({ id, name, colour, parentId }: PromptFolder): FolderRecord {
  return { id, name, colour: folderColour.parse(colour), parentId: parentId ?? undefined };
}
