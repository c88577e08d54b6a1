import { type Database } from '../../../database/database.js';
import { type Prisma } from '../../../database/generated/sqlite/client.js';
import { hashOfContent } from '../content/content.js';
import { insertVersion, type NewPromptVersion, type PromptVersionRecord } from '../content/version-row.js';
import { discardDraft, findDrafts, type StoredDraft } from '../drafts/draft.store.js';
import { type LabelMoveRecord, moveLabel } from '../labels/label.store.js';
import { indexPrompt } from '../library/search-index.store.js';
import { mainBranch } from './branch-name.js';
import { type BranchRecord } from './branch.store.js';
import { bumpsAbove, type RaisedVersion, type VersionBump } from './contract.js';
import { familyOf, numberAfter } from './numbers.js';
import { formatVersion, parseVersion, type SemanticVersion } from './semver.js';

/** A version that is about to be made on a branch. */
export interface NewCommit {
  branch: BranchRecord;
  /** The branch's head, which the version's number follows. */
  head: PromptVersionRecord;
  /** What is merged into the branch, where something is. */
  mergedId?: string | undefined;
  bump: VersionBump;
  version: Pick<NewPromptVersion, 'content' | 'message' | 'authorId'>;
  /** A label that moves to it. */
  label?: string | undefined;
  /** The revision of the author's draft of the branch that holds just this, where one does: it has had its day then. */
  draftRevision?: number | undefined;
}

export class CommitStore {
  constructor(private readonly database: Database) {}

  /**
   * Makes the version, moves the branch to it, and lets it have the runs of its content that were made before it was a version: all or nothing.
   * @returns undefined when the branch has moved on, was archived or is gone since it was read
   */
  async commit(workspaceId: string, commit: NewCommit): Promise<{ version: PromptVersionRecord; move: LabelMoveRecord | undefined } | undefined> {
    const { branch, head, mergedId, label, version } = commit;
    const { promptId } = branch;
    try {
      return await this.database.prisma.$transaction(async (tx) => {
        const createdAt = new Date();
        // First, since it makes everybody else who commits to the prompt wait: no two get the same number.
        const { count: prompts } = await tx.prompt.updateMany({ where: { id: promptId, workspaceId }, data: { updatedAt: createdAt } });
        if (prompts === 0) throw new BranchMoved();
        const number = await nextNumber(tx, workspaceId, head, commit.bump);
        const branchId = branch.name === mainBranch ? undefined : branch.id;
        const parentIds = mergedId === undefined ? [head.id] : [head.id, mergedId];
        const made = await insertVersion(tx, { workspaceId, promptId }, number, { ...version, parentIds, branchId, createdAt });
        const { count } = await tx.promptBranch.updateMany({
          where: { id: branch.id, workspaceId, headVersionId: head.id, archivedAt: null },
          data: { headVersionId: made.id },
        });
        if (count === 0) throw new BranchMoved();
        await tx.promptRun.updateMany({
          where: { workspaceId, promptId, versionId: null, contentHash: hashOfContent(version.content) },
          data: { versionId: made.id },
        });
        if (branch.name === mainBranch) await indexPrompt(this.database.engine, tx, { workspaceId, promptId });
        if (commit.draftRevision !== undefined) await discardDraft(tx, { workspaceId, userId: version.authorId, key: branch.id }, commit.draftRevision);
        const move = label === undefined ? undefined : await moveLabel(tx, { workspaceId, promptId, name: label, toVersionId: made.id, byId: version.authorId });
        return { version: made, move };
      });
    } catch (error) {
      if (error instanceof BranchMoved) return undefined;
      throw error;
    }
  }

  /**
   * Moves a branch on to a version that was made from its head.
   * @returns false when the branch has moved on, was archived or is gone since it was read
   */
  async advance(workspaceId: string, { id, promptId, name, headVersionId }: BranchRecord, toVersionId: string): Promise<boolean> {
    return this.database.prisma.$transaction(async (tx) => {
      const { count } = await tx.promptBranch.updateMany({ where: { id, workspaceId, headVersionId, archivedAt: null }, data: { headVersionId: toVersionId } });
      if (count === 0) return false;
      await tx.prompt.updateMany({ where: { id: promptId, workspaceId }, data: { updatedAt: new Date() } });
      if (name === mainBranch) await indexPrompt(this.database.engine, tx, { workspaceId, promptId });
      return true;
    });
  }

  /** What a person has written on a branch and not committed. */
  async draftOn(workspaceId: string, branchId: string, userId: string): Promise<StoredDraft | undefined> {
    return (await findDrafts(this.database.prisma, workspaceId, userId, [branchId]))[0];
  }

  /** The number that a version made from another would get now. */
  nextNumber(workspaceId: string, parent: PromptVersionRecord, bump: VersionBump): Promise<SemanticVersion> {
    return nextNumber(this.database.prisma, workspaceId, parent, bump);
  }

  /** The same for each greater bump. */
  raisedNumbers(workspaceId: string, parent: PromptVersionRecord, bump: VersionBump): Promise<RaisedVersion[]> {
    return Promise.all(
      bumpsAbove(bump).map(async (raised) => ({ bump: raised, version: formatVersion(await nextNumber(this.database.prisma, workspaceId, parent, raised)) })),
    );
  }
}

class BranchMoved extends Error {}

async function nextNumber(
  client: Pick<Prisma.TransactionClient, 'promptVersion'>,
  workspaceId: string,
  { promptId, version }: PromptVersionRecord,
  bump: VersionBump,
): Promise<SemanticVersion> {
  const parent = parseVersion(version);
  const greatest = await client.promptVersion.findFirst({
    where: { workspaceId, promptId, ...familyOf(parent, bump) },
    orderBy: [{ major: 'desc' }, { minor: 'desc' }, { patch: 'desc' }],
    select: { major: true, minor: true, patch: true },
  });
  return numberAfter(greatest ?? parent, bump);
}
