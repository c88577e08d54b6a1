import { type Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/unique-violation.js';
import { type PromptContent, promptContentSchema } from '../content/content.js';
import { obtainable } from '../dependents/dependent.store.js';
import { indexPrompt } from '../library/search-index.store.js';
import { formatVersion, type SemanticVersion } from '../history/semver.js';

export interface PromptHistory {
  prompt: { id: string; path: string; name: string; description: string; folderId: string | null; createdAt: Date; updatedAt: Date; archivedAt: Date | null };
  kind: PromptContent['kind'];
  tags: string[];
  /** Oldest first. */
  versions: StoredVersion[];
  branches: { id: string; name: string; headVersionId: string; createdAt: Date; archivedAt: Date | null }[];
  labels: { name: string; versionId: string; movedAt: Date }[];
  /** Oldest first. */
  moves: { label: string; fromVersionId: string | null; toVersionId: string | null; movedById: string; originalMover: string | null; movedAt: Date }[];
}

export interface StoredVersion {
  id: string;
  number: string;
  parentIds: string[];
  branchId: string | null;
  message: string;
  authorId: string;
  originalAuthor: string | null;
  createdAt: Date;
  content: PromptContent;
}

export interface FolderRow {
  id: string;
  parentId: string | null;
  name: string;
  colour: string;
}

export interface Inclusion {
  /** Of the prompt that includes the other. */
  path: string;
  includes: string;
}

/** What an import writes of one prompt, every id already made. */
export interface NewHistory {
  prompt: PromptHistory['prompt'];
  kind: PromptContent['kind'];
  tags: string[];
  versions: (Omit<StoredVersion, 'number'> & { number: SemanticVersion; contentHash: string; references: { path: string; kind: string; at: string }[] })[];
  branches: PromptHistory['branches'];
  labels: (PromptHistory['labels'][number] & { id: string; movedById: string })[];
  moves: (PromptHistory['moves'][number] & { id: string })[];
}

/** Prompts with their whole history, read and written at once. */
export class TransferStore {
  constructor(private readonly database: Database) {}

  /** Those that exist, in the order of their paths. */
  async read(workspaceId: string, promptIds: readonly string[]): Promise<PromptHistory[]> {
    const rows = await this.database.prisma.prompt.findMany({
      where: { workspaceId, id: { in: [...promptIds] } },
      orderBy: { path: 'asc' },
      include: {
        tags: { orderBy: { name: 'asc' } },
        versions: { orderBy: { id: 'asc' }, include: { parents: { orderBy: { position: 'asc' } } } },
        branches: { orderBy: { id: 'asc' } },
        labels: { orderBy: { name: 'asc' } },
        labelMoves: { orderBy: { id: 'asc' } },
      },
    });
    return rows.map(({ tags, versions, branches, labels, labelMoves, kind, ...prompt }) => ({
      prompt,
      kind: promptContentSchema.shape.kind.parse(kind),
      tags: tags.map(({ name }) => name),
      versions: versions.map((version) => ({
        ...version,
        number: formatVersion(version),
        parentIds: version.parents.map(({ parentId }) => parentId),
        content: promptContentSchema.parse(JSON.parse(version.content)),
      })),
      branches,
      labels,
      moves: labelMoves,
    }));
  }

  /** What these prompts include in versions that somebody may still get, in the order of the including prompts' paths; each pair once. */
  async inclusions(workspaceId: string, promptIds: readonly string[]): Promise<Inclusion[]> {
    const rows = await this.database.prisma.promptReference.findMany({
      where: { workspaceId, version: { ...obtainable, promptId: { in: [...promptIds] } } },
      select: { path: true, version: { select: { prompt: { select: { path: true } } } } },
      distinct: ['path', 'versionId'],
      orderBy: [{ version: { prompt: { path: 'asc' } } }, { path: 'asc' }],
    });
    const pairs = new Map(rows.map(({ path, version }) => [`${version.prompt.path} ${path}`, { path: version.prompt.path, includes: path }]));
    return [...pairs.values()];
  }

  /** The prompts that there are, by their paths. */
  async idsByPath(workspaceId: string, paths: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.database.prisma.prompt.findMany({ where: { workspaceId, path: { in: [...paths] } }, select: { id: true, path: true } });
    return new Map(rows.map(({ id, path }) => [path, id]));
  }

  folders(workspaceId: string): Promise<FolderRow[]> {
    return this.database.prisma.promptFolder.findMany({ where: { workspaceId }, select: { id: true, parentId: true, name: true, colour: true } });
  }

  async createFolder(workspaceId: string, folder: Omit<FolderRow, 'id'>): Promise<FolderRow> {
    return this.database.prisma.promptFolder.create({ data: { ...folder, workspaceId } });
  }

  /** All of it or nothing. @returns false when the path is taken */
  async write(workspaceId: string, history: NewHistory): Promise<boolean> {
    const promptId = history.prompt.id;
    const of = { workspaceId, promptId };
    try {
      await this.database.prisma.$transaction(async (tx) => {
        await tx.prompt.create({ data: { ...history.prompt, workspaceId, kind: history.kind } });
        await tx.promptTag.createMany({ data: history.tags.map((name) => ({ ...of, name })) });
        await tx.promptVersion.createMany({
          data: history.versions.map(({ number, content, parentIds: _parents, references: _references, ...version }) => ({
            ...version,
            ...of,
            ...number,
            content: JSON.stringify(content),
          })),
        });
        await tx.promptVersionParent.createMany({
          data: history.versions.flatMap(({ id, parentIds }) => parentIds.map((parentId, position) => ({ versionId: id, position, parentId }))),
        });
        await tx.promptReference.createMany({
          data: history.versions.flatMap(({ id, references }) => references.map((reference, position) => ({ versionId: id, position, workspaceId, ...reference }))),
        });
        await tx.promptBranch.createMany({ data: history.branches.map((branch) => ({ ...branch, ...of })) });
        await tx.promptLabel.createMany({ data: history.labels.map((label) => ({ ...label, ...of })) });
        await tx.promptLabelMove.createMany({ data: history.moves.map((move) => ({ ...move, ...of })) });
        await indexPrompt(this.database.engine, tx, of);
      });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
