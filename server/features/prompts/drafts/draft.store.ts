import { type Database } from '../../../database/database.js';
import { type Prisma, type PromptDraft } from '../../../database/generated/sqlite/client.js';
import { isUniqueViolation } from '../../../database/unique-violation.js';
import { type DraftBody, draftBodySchema } from './draft-content.js';

/** Where a person's draft is kept. */
export interface DraftPlace {
  workspaceId: string;
  userId: string;
  /** A branch's id, or `newDraft`. */
  key: string;
}

export interface StoredDraft extends DraftBody {
  key: string;
  promptId: string | undefined;
  baseVersionId: string | undefined;
  revision: number;
  updatedAt: Date;
}

export interface DraftChange {
  promptId: string | undefined;
  baseVersionId: string | undefined;
  /** Absent: whatever it is. 0: there is no draft. */
  expectedRevision: number | undefined;
  body: DraftBody;
}

export type DraftSaved = { outcome: 'saved'; draft: StoredDraft } | { outcome: 'outdated'; revision: number; updatedAt: Date | undefined };

/** The key of a draft of a prompt that does not exist yet. */
export const newDraft = 'new';

/** Stands where a draft was discarded, so that its revisions are not given again: a device that still knows one of them must not hit another draft. */
const discarded = '';

export class DraftStore {
  constructor(private readonly database: Database) {}

  /** Writes a draft with the next revision. One that differs in nothing stays as it is, whatever revision was expected: asking again does no harm. */
  async save(place: DraftPlace, { expectedRevision, ...change }: DraftChange): Promise<DraftSaved> {
    const content = { promptId: change.promptId ?? null, baseVersionId: change.baseVersionId ?? null, body: JSON.stringify(change.body) };
    for (;;) {
      const row = await this.database.prisma.promptDraft.findUnique({ where: { workspaceId_userId_key: place } });
      const draft = row ? toDraft(row) : undefined;
      if (row && draft && row.body === content.body && row.baseVersionId === content.baseVersionId) return { outcome: 'saved', draft };
      const revision = draft?.revision ?? 0;
      if (expectedRevision !== undefined && expectedRevision !== revision) return { outcome: 'outdated', revision, updatedAt: draft?.updatedAt };
      const next = { ...content, revision: (row?.revision ?? 0) + 1, updatedAt: new Date() };
      // Where somebody else was faster, what they wrote is looked at first.
      if (row ? await this.replace(place, row.revision, next) : await this.create(place, next)) {
        const saved = toDraft({ ...place, ...next });
        if (saved) return { outcome: 'saved', draft: saved };
      }
    }
  }

  async discard(place: DraftPlace): Promise<void> {
    await discardDraft(this.database.prisma, place);
  }

  findMany(workspaceId: string, userId: string, keys: readonly string[]): Promise<StoredDraft[]> {
    return findDrafts(this.database.prisma, workspaceId, userId, keys);
  }

  /** Those of the branches that exist. */
  async findBranches(workspaceId: string, places: readonly { promptId: string; name: string }[]): Promise<{ id: string; promptId: string; name: string }[]> {
    const names = [...new Set(places.map(({ name }) => name))];
    const byName = names.map((name) => ({ name, promptId: { in: places.filter((place) => place.name === name).map(({ promptId }) => promptId) } }));
    return this.database.prisma.promptBranch.findMany({ where: { workspaceId, OR: byName }, select: { id: true, promptId: true, name: true } });
  }

  private async replace(place: DraftPlace, revision: number, data: DraftRow): Promise<boolean> {
    const { count } = await this.database.prisma.promptDraft.updateMany({ where: { ...place, revision }, data });
    return count > 0;
  }

  private async create(place: DraftPlace, data: DraftRow): Promise<boolean> {
    try {
      await this.database.prisma.promptDraft.create({ data: { ...place, ...data } });
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}

/** What a person has written at each of these places, where they have. */
export async function findDrafts(client: Pick<Prisma.TransactionClient, 'promptDraft'>, workspaceId: string, userId: string, keys: readonly string[]): Promise<StoredDraft[]> {
  const rows = await client.promptDraft.findMany({ where: { workspaceId, userId, key: { in: [...keys] } } });
  return rows.flatMap((row) => toDraft(row) ?? []);
}

/** Throws away what a person has written somewhere, if anything, also within somebody else's transaction. @param revision only this one; absent: whichever there is */
export async function discardDraft(client: Pick<Prisma.TransactionClient, 'promptDraft'>, place: DraftPlace, revision?: number): Promise<void> {
  await client.promptDraft.updateMany({
    where: { ...place, body: { not: discarded }, ...(revision !== undefined && { revision }) },
    data: { body: discarded, baseVersionId: null, revision: { increment: 1 }, updatedAt: new Date() },
  });
}

type DraftRow = Omit<PromptDraft, keyof DraftPlace>;

/** @returns undefined for one that was discarded */
function toDraft({ key, promptId, baseVersionId, revision, body, updatedAt }: PromptDraft): StoredDraft | undefined {
  if (body === discarded) return undefined;
  return { key, promptId: promptId ?? undefined, baseVersionId: baseVersionId ?? undefined, revision, updatedAt, ...draftBodySchema.parse(JSON.parse(body)) };
}
