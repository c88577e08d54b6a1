import { type Database } from '../../../database/database.js';
import { type PromptReference, toReference } from '../content/reference.js';
import { formatVersion } from '../history/semver.js';
import { referenceKind } from '../prompt.store.js';

/** A prompt that includes another one. */
export interface DependentRecord {
  promptId: string;
  path: string;
  /** The version that does, and its number. */
  versionId: string;
  version: string;
  reference: PromptReference;
}

/** Versions that somebody may still get: heads of branches that are not archived, and labelled ones. */
export const obtainable = { OR: [{ heads: { some: { archivedAt: null } } }, { labels: { some: {} } }] };

export class DependentStore {
  constructor(private readonly database: Database) {}

  /** What includes a prompt at one of the paths, in versions that somebody may still get: heads of branches that are not archived, and labelled ones. */
  async findByPath(workspaceId: string, paths: readonly string[]): Promise<DependentRecord[]> {
    const rows = await this.database.prisma.promptReference.findMany({
      where: { workspaceId, path: { in: [...paths] }, version: obtainable },
      select: {
        path: true,
        kind: true,
        at: true,
        version: { select: { id: true, promptId: true, major: true, minor: true, patch: true, prompt: { select: { path: true } } } },
      },
      orderBy: [{ version: { prompt: { path: 'asc' } } }, { versionId: 'asc' }, { position: 'asc' }],
    });
    return rows.map(({ version, path, kind, at }) => ({
      promptId: version.promptId,
      path: version.prompt.path,
      versionId: version.id,
      version: formatVersion(version),
      reference: toReference({ path, kind: referenceKind.parse(kind), at }),
    }));
  }
}
