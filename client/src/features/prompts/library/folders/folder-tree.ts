import type { PromptFoldersQuery } from '../../../../gql/graphql';

export type Folder = PromptFoldersQuery['promptFolders'][number];

/** A folder that is to be shown, as a tree view knows it. */
export interface FolderItem {
  id: string;
  name: string;
  folder: Folder;
  /** Counted from 1. */
  level: number;
  /** Among its siblings, counted from 1. */
  position: number;
  setSize: number;
  /** Undefined where nothing is in it. */
  expanded?: boolean;
  /** Prompts in it and in the folders within it. */
  total: number;
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** All folders with what is in what. A folder whose parent is not there stands at the top. */
export class FolderTree {
  private readonly byId: ReadonlyMap<string, Folder>;
  private readonly children: ReadonlyMap<string | null, Folder[]>;

  constructor(readonly folders: readonly Folder[]) {
    this.byId = new Map(folders.map((folder) => [folder.id, folder]));
    const children = new Map<string | null, Folder[]>();
    for (const folder of folders.toSorted((a, b) => byName.compare(a.name, b.name))) {
      const parent = this.parentIdOf(folder);
      children.set(parent, [...(children.get(parent) ?? []), folder]);
    }
    this.children = children;
  }

  find(id: string): Folder | undefined {
    return this.byId.get(id);
  }

  childrenOf(id: string | null): readonly Folder[] {
    return this.children.get(id) ?? [];
  }

  /** From the top down to the folder itself. */
  trail(id: string): readonly Folder[] {
    const trail: Folder[] = [];
    for (let folder = this.find(id); folder && !trail.includes(folder); folder = folder.parentId ? this.find(folder.parentId) : undefined) trail.unshift(folder);
    return trail;
  }

  /** `Support / Tickets`. */
  pathOf(id: string): string {
    return this.trail(id).map(({ name }) => name).join(' / ');
  }

  isWithin(id: string, ancestorId: string): boolean {
    return this.trail(id).some((folder) => folder.id === ancestorId);
  }

  /** Whether a folder would be somewhere else then, and not within itself. */
  canMove(id: string, parentId: string | null): boolean {
    const folder = this.find(id);
    return !!folder && this.parentIdOf(folder) !== parentId && (parentId === null || !this.isWithin(parentId, id));
  }

  totalOf(id: string): number {
    return this.childrenOf(id).reduce((sum, child) => sum + this.totalOf(child.id), this.find(id)?.promptCount ?? 0);
  }

  /** What a tree view shows, in order. */
  visible(isExpanded: (id: string) => boolean, parentId: string | null = null, level = 1): readonly FolderItem[] {
    const siblings = this.childrenOf(parentId);
    return siblings.flatMap((folder, index) => {
      const hasChildren = this.childrenOf(folder.id).length > 0;
      const expanded = hasChildren ? isExpanded(folder.id) : undefined;
      const item = { id: folder.id, name: folder.name, folder, level, position: index + 1, setSize: siblings.length, expanded, total: this.totalOf(folder.id) };
      return expanded ? [item, ...this.visible(isExpanded, folder.id, level + 1)] : [item];
    });
  }

  private parentIdOf({ parentId }: Folder): string | null {
    return parentId && this.byId.has(parentId) ? parentId : null;
  }
}
