import { type CreatePromptFolderInput, type UpdatePromptFolderInput } from '../../../../schema/prompt-library.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { isId, line, parseInput } from '../../../input.js';
import { type Identity } from '../../auth/identity.js';
import { type FolderRecord } from './folder.js';
import { deepestFolder, type FolderTree, longestFolderName } from './folder-tree.js';
import { type FolderStore } from './folder.store.js';

const mostFolders = 1_000;
const folderName = line(longestFolderName);

/** Where people keep prompts. A prompt's path does not name its folder, so that whatever is moved breaks no caller. */
export class FoldersService {
  constructor(private readonly store: FolderStore) {}

  /** All, in the order of their names. */
  async all(workspaceId: string): Promise<FolderRecord[]> {
    return this.store.all(workspaceId);
  }

  /** Those that exist, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, FolderRecord>> {
    const folders = await this.store.findMany(workspaceId, ids.filter(isId));
    return new Map(folders.map((folder) => [folder.id, folder]));
  }

  /** How many prompts that are not archived are directly in each of the folders; those without any are left out. */
  async promptCounts(workspaceId: string, ids: readonly string[]): Promise<Map<string, number>> {
    return this.store.countPrompts(workspaceId, ids);
  }

  /** @throws InvalidInputError when there is a folder of this name there, too many of them, or too many within one another */
  async create({ workspaceId }: Identity, input: CreatePromptFolderInput): Promise<FolderRecord> {
    const name = parseInput(folderName, input.name, 'input.name');
    const parentId = input.parentId ?? undefined;
    return this.edit(workspaceId, (tree) => {
      checkExists(tree, parentId);
      if (tree.size >= mostFolders) throw invalid('input.name', `A workspace has at most ${mostFolders} folders. Delete some first.`);
      checkRoom(tree, parentId, 1, 'input.parentId');
      checkName(tree, parentId, name);
      return { insert: { name, colour: input.colour, parentId } };
    });
  }

  /**
   * Renames, colours or moves a folder with all that is in it.
   * @throws InvalidInputError when there is a folder of this name there, or it would stand within itself or too deep
   */
  async update({ workspaceId }: Identity, { id, colour, ...input }: UpdatePromptFolderInput): Promise<FolderRecord> {
    const newName = input.name === undefined || input.name === null ? undefined : parseInput(folderName, input.name, 'input.name');
    return this.edit(workspaceId, (tree) => {
      const folder = folderOf(tree, id);
      const parentId = input.parentId === undefined ? folder.parentId : (input.parentId ?? undefined);
      const name = newName ?? folder.name;
      if (parentId !== folder.parentId) {
        checkExists(tree, parentId);
        if (tree.holds(id, parentId)) throw invalid('input.parentId', `${folder.name} can't be moved into itself or a folder within it. Choose another place.`);
        checkRoom(tree, parentId, tree.levelsOf(id), 'input.parentId');
      }
      checkName(tree, parentId, name, id);
      return { update: [{ id, name, colour: colour ?? folder.colour, parentId }] };
    });
  }

  /**
   * Deletes a folder. Prompts and folders in it move to `moveTo`, or to the folder that it was in; a folder whose name another has there is
   * numbered, such as `Support 2`.
   * @throws InvalidInputError when `moveTo` is within the folder, or has no room for the folders in it
   */
  async delete({ workspaceId }: Identity, { id, moveTo }: { id: string; moveTo?: string | null | undefined }): Promise<void> {
    await this.store.edit(workspaceId, (tree) => {
      const folder = folderOf(tree, id);
      const target = moveTo ?? folder.parentId;
      checkExists(tree, target);
      if (tree.holds(id, target)) throw invalid('moveTo', `What is in ${folder.name} can't move to a folder that is deleted with it. Choose a folder outside.`);
      checkRoom(tree, target, tree.levelsOf(id) - 1, 'moveTo');
      // Its own name is free again once it is gone.
      const rest = tree.without(id);
      const names: string[] = [];
      for (const inner of tree.within(id)) names.push(rest.freeName(target, inner.name, names));
      const update = tree.within(id).map((inner, index) => ({ ...inner, name: names[index] ?? inner.name, parentId: target }));
      return { update, remove: { id, promptsTo: target } };
    });
  }

  private async edit(workspaceId: string, decide: Parameters<FolderStore['edit']>[1]): Promise<FolderRecord> {
    const folder = await this.store.edit(workspaceId, decide);
    if (!folder) throw new NotFoundError('folder');
    return folder;
  }
}

function folderOf(tree: FolderTree, id: string): FolderRecord {
  const folder = tree.get(id);
  if (!folder) throw new NotFoundError('folder');
  return folder;
}

function checkExists(tree: FolderTree, id: string | undefined): void {
  if (id !== undefined) folderOf(tree, id);
}

function checkName(tree: FolderTree, parentId: string | undefined, name: string, exceptId?: string): void {
  const sibling = tree.sibling(parentId, name, exceptId);
  if (sibling) throw invalid('input.name', `There is a folder named ${sibling.name} there already. Choose another name or another place.`);
}

function checkRoom(tree: FolderTree, parentId: string | undefined, levels: number, field: string): void {
  if (!tree.hasRoom(parentId, levels)) throw invalid(field, `Folders may stand ${deepestFolder} levels deep. Choose a place further up.`);
}

function invalid(field: string, message: string): InvalidInputError {
  return new InvalidInputError([{ field, message }]);
}
