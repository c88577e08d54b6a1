import { NotFoundError } from '../../../errors.js';
import { line } from '../../../input.js';
import { type InputProblems } from '../../../input-problems.js';
import { type ExportDocument } from './format.js';
import { type FolderRow, type TransferStore } from './transfer.store.js';

const deepest = 8;
const colours: readonly string[] = ['GRAY', 'RED', 'ORANGE', 'YELLOW', 'GREEN', 'TEAL', 'BLUE', 'PURPLE', 'PINK'];

/** The folders that imported prompts go to: found by their names below one folder, or made. */
export class ImportFolders {
  private folders: FolderRow[] = [];

  constructor(
    private readonly store: TransferStore,
    private readonly workspaceId: string,
    private readonly below: string | null,
  ) {}

  /** @throws NotFoundError where the folder that all go below is not in this workspace */
  async load(): Promise<void> {
    this.folders = await this.store.folders(this.workspaceId);
    if (this.below !== null && !this.folders.some(({ id }) => id === this.below)) throw new NotFoundError('folder');
  }

  /** @param path names from the top */
  async find(path: readonly string[], known: ExportDocument['folders'], problems: InputProblems): Promise<string | null> {
    if (path.length + this.depthOf(this.below) > deepest) problems.add('folder', `Keep folders to ${deepest} levels.`);
    for (const name of path) problems.read(line(60), name, 'folder');
    if (problems.any) return null;
    let parentId = this.below;
    for (const [index, name] of path.entries()) {
      const colour = known.find((folder) => folder.path.join('\0') === path.slice(0, index + 1).join('\0'))?.colour ?? 'GRAY';
      parentId = (await this.findOrMake(parentId, name, colours.includes(colour) ? colour : 'GRAY')).id;
    }
    return parentId;
  }

  private async findOrMake(parentId: string | null, name: string, colour: string): Promise<FolderRow> {
    const found = this.folders.find((folder) => folder.parentId === parentId && folder.name === name);
    if (found) return found;
    const made = await this.store.createFolder(this.workspaceId, { parentId, name, colour });
    this.folders.push(made);
    return made;
  }

  private depthOf(id: string | null): number {
    const folder = this.folders.find((each) => each.id === id);
    return folder ? 1 + this.depthOf(folder.parentId) : 0;
  }
}
