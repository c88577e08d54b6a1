import { type FolderRecord } from './folder.js';

/** How many folders may stand within one another. */
export const deepestFolder = 8;

export const longestFolderName = 80;

/** The folders of a workspace as they stand within one another. */
export class FolderTree {
  private readonly byId: ReadonlyMap<string, FolderRecord>;

  constructor(private readonly folders: readonly FolderRecord[]) {
    this.byId = new Map(folders.map((folder) => [folder.id, folder]));
  }

  get size(): number {
    return this.folders.length;
  }

  get(id: string): FolderRecord | undefined {
    return this.byId.get(id);
  }

  without(id: string): FolderTree {
    return new FolderTree(this.folders.filter((folder) => folder.id !== id));
  }

  within(parentId: string | undefined): FolderRecord[] {
    return this.folders.filter((folder) => folder.parentId === parentId);
  }

  /** A folder by its name, in upper or lower case, other than the one that is asked for. */
  sibling(parentId: string | undefined, name: string, exceptId?: string): FolderRecord | undefined {
    return this.within(parentId).find((folder) => folder.id !== exceptId && keyOf(folder.name) === keyOf(name));
  }

  /** The folder and those that it is in, the outermost first. */
  lineOf(id: string | undefined): FolderRecord[] {
    const folder = id === undefined ? undefined : this.byId.get(id);
    return folder ? [...this.lineOf(folder.parentId), folder] : [];
  }

  holds(id: string, innerId: string | undefined): boolean {
    return this.lineOf(innerId).some((folder) => folder.id === id);
  }

  /** How many levels there are from the folder down to the innermost ones, itself included. */
  levelsOf(id: string): number {
    return 1 + Math.max(0, ...this.within(id).map((folder) => this.levelsOf(folder.id)));
  }

  /** Whether a folder with so many levels fits there. */
  hasRoom(parentId: string | undefined, levels: number): boolean {
    return this.lineOf(parentId).length + levels <= deepestFolder;
  }

  /** The name, or one that is made from it where folders there have it: `Support 2`. @param others names that are about to be there, too */
  freeName(parentId: string | undefined, name: string, others: readonly string[] = []): string {
    const taken = new Set([...this.within(parentId).map((folder) => folder.name), ...others].map(keyOf));
    for (let number = 1; ; number++) {
      const ending = number === 1 ? '' : ` ${number}`;
      const free = `${name.slice(0, longestFolderName - ending.length).trimEnd()}${ending}`;
      if (!taken.has(keyOf(free))) return free;
    }
  }
}

function keyOf(name: string): string {
  return name.normalize().toLowerCase();
}
