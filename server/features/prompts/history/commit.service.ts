import { type CommitPromptVersionInput, type RestorePromptVersionInput } from '../../../../schema/prompt-history.js';
import { ConflictError, InvalidInputError } from '../../../errors.js';
import { line } from '../../../input.js';
import { InputProblems } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { hashOfContent, type PromptContent } from '../content/content.js';
import { type ContentReader } from '../content/content-reader.js';
import { type LabelsService } from '../labels/label.service.js';
import { type PromptsService, type PromptVersionRecord } from '../prompt.service.js';
import { type BranchesService } from './branch.service.js';
import { type BranchRecord } from './branch.store.js';
import { type CommitStore } from './commit.store.js';
import { bumpOf, contractChanges, greaterBump, type VersionBump } from './contract.js';

/** What people are called, by their ids. */
export type ReadNames = (workspaceId: string, userIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** The longest message of a version, in characters. */
const longestMessage = 500;

export const versionMessage = line(longestMessage);

/** A branch with its newest version, which what is committed is made from. */
export interface OpenBranch {
  branch: BranchRecord;
  head: PromptVersionRecord;
}

interface Addition extends OpenBranch {
  content: PromptContent;
  message: string;
  mergedId?: string;
  bump?: VersionBump | null | undefined;
  label?: string | undefined;
  draftRevision?: number | undefined;
}

/** Makes versions. What they are numbered follows from what changed in the contract. */
export class PromptCommits {
  constructor(
    private readonly store: CommitStore,
    private readonly branches: BranchesService,
    private readonly prompts: PromptsService,
    private readonly contents: ContentReader,
    private readonly labels: LabelsService,
    private readonly readNames: ReadNames,
  ) {}

  /**
   * Makes the next version on a branch; what is absent stays as it is. The author's draft of the branch is gone then, where it holds the same, and the runs that were made of the
   * same content before it was committed are the version's.
   * @throws ConflictError with the newer head, when the branch's head is not the expected one, or moves meanwhile
   * @throws InvalidInputError naming every field that is wrong; when nothing changes, and for an archived branch, too
   * @throws ForbiddenError when the label is protected and the caller is no OWNER
   */
  async commit(identity: Identity, input: CommitPromptVersionInput): Promise<PromptVersionRecord> {
    const open = await this.open(identity.workspaceId, input.promptId, input.branch, input.expectedHeadId);
    const { head } = open;
    const problems = new InputProblems();
    const message = problems.read(versionMessage, input.message, 'input.message') ?? '';
    const { moveLabel } = input;
    const label =
      typeof moveLabel === 'string' ? problems.read(await this.labels.nameFor(identity.workspaceId, input.promptId, moveLabel), moveLabel, 'input.moveLabel') : undefined;
    const content = await this.contents.read(identity.workspaceId, { kind: head.kind, base: head }, input, problems);
    problems.throwIfAny();
    if (hashOfContent(content) === hashOfContent(head)) {
      throw new InvalidInputError([{ field: 'input.messages', message: `Nothing differs from version ${head.version}, so there is nothing to commit.` }]);
    }
    return this.add(identity, { ...open, content, message, bump: input.bump, label, draftRevision: await this.draftOf(identity, open, content) });
  }

  /** @returns the revision of the author's draft of the branch where it holds just what is committed: anything else is work that nobody has kept yet */
  private async draftOf({ workspaceId, userId, via }: Identity, { branch, head }: OpenBranch, content: PromptContent): Promise<number | undefined> {
    // A program that commits in somebody's name knows nothing of what they are writing.
    const draft = via === 'session' ? await this.store.draftOn(workspaceId, branch.id, userId) : undefined;
    if (!draft) return undefined;
    const problems = new InputProblems();
    const written = await this.contents.read(workspaceId, { kind: head.kind, base: head }, draft.content, problems);
    return !problems.any && hashOfContent(written) === hashOfContent(content) ? draft.revision : undefined;
  }

  /**
   * Makes a version with an older one's content on top of a branch.
   * @throws as `commit`; also where the old content would not be accepted any more, for instance because its model is gone
   */
  async restore(identity: Identity, input: RestorePromptVersionInput): Promise<PromptVersionRecord> {
    const { workspaceId } = identity;
    const version = await this.prompts.version(workspaceId, input.versionId);
    const open = await this.open(workspaceId, version.promptId, input.branch, input.expectedHeadId);
    const problems = new InputProblems();
    const message = problems.read(versionMessage, input.message ?? `Restore version ${version.version}`, 'input.message') ?? '';
    const content = await this.readAgain(workspaceId, open.head, version, problems, 'input.versionId');
    problems.throwIfAny();
    if (hashOfContent(content) === hashOfContent(open.head)) {
      const what = `Nothing differs between version ${version.version} and ${open.head.version}, the newest on ${open.branch.name}, so there is nothing to restore.`;
      throw new InvalidInputError([{ field: 'input.versionId', message: what }]);
    }
    return this.add(identity, { ...open, content, message });
  }

  /**
   * A branch that takes commits, and its newest version.
   * @throws ConflictError where that is not the expected one
   * @throws InvalidInputError for an archived branch
   */
  async open(workspaceId: string, promptId: string, name: string, expectedHeadId?: string | null, field = 'input.branch'): Promise<OpenBranch> {
    const branch = await this.branches.get(workspaceId, promptId, name);
    if (branch.archivedAt) throw new InvalidInputError([{ field, message: `The branch ${branch.name} is archived. Unarchive it first, or take another branch.` }]);
    const head = await this.prompts.version(workspaceId, branch.headVersionId);
    if (expectedHeadId && expectedHeadId !== head.id) throw await this.outdated(workspaceId, { branch, head }, expectedHeadId);
    return { branch, head };
  }

  /** Reads a content that was put together from versions. Where nothing is wrong with it, it has all that its templates need. */
  readAgain(workspaceId: string, head: PromptVersionRecord, content: PromptContent, problems: InputProblems, field: string): Promise<PromptContent> {
    const { messages, variables, settings, tools, outputSchema = null } = content;
    return this.contents.read(workspaceId, { kind: head.kind, base: head }, { messages, variables, settings, tools, outputSchema }, problems, field);
  }

  /**
   * Puts a version on top of a branch.
   * @throws ConflictError when the branch has moved on
   * @throws InvalidInputError for a bump below what the contract asks for
   */
  async add(identity: Identity, { branch, head, content, message, mergedId, bump, label, draftRevision }: Addition): Promise<PromptVersionRecord> {
    const { workspaceId, userId } = identity;
    if (label !== undefined) await this.labels.checkMayMove(identity, label);
    const changes = contractChanges(head, content);
    const least = bumpOf(changes);
    if (bump && greaterBump(least, bump) !== bump) {
      const reason = changes.filter((change) => change.bump === least).map((change) => change.message).join(' ');
      throw new InvalidInputError([{ field: 'input.bump', message: `This is a ${least} change, and callers count on the number saying so. ${reason} Leave the bump out, or raise it.` }]);
    }
    const version = { content, message, authorId: userId };
    const made = await this.store.commit(workspaceId, { branch, head, mergedId, bump: bump ?? least, version, label, draftRevision });
    if (made) {
      if (made.move) this.labels.announce(made.move);
      return made.version;
    }
    throw await this.outdated(workspaceId, await this.open(workspaceId, branch.promptId, branch.name), head.id);
  }

  /** The two sides of a conflict: what stands on the branch by now, and what the caller began from. */
  async outdated(workspaceId: string, { branch, head }: OpenBranch, baseVersionId: string): Promise<ConflictError> {
    const author = (await this.readNames(workspaceId, [head.authorId])).get(head.authorId) ?? null;
    return new ConflictError(`Version ${head.version} has been committed to ${branch.name} since you began. Look at what changed, then merge what you have with it.`, {
      branch: branch.name,
      baseVersionId,
      headVersionId: head.id,
      headVersion: head.version,
      author,
      message: head.message,
    });
  }
}
