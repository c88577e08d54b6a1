import { type MergePromptBranchInput, type PreviewPromptMergeInput } from '../../../../schema/prompt-history.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { InputProblems } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { hashOfContent, type PromptContent } from '../content/content.js';
import { type ContentReader } from '../content/content-reader.js';
import { type PromptsService, type PromptVersionRecord } from '../prompt.service.js';
import { type BranchesService } from './branch.service.js';
import { type CommitStore } from './commit.store.js';
import { type OpenBranch, type PromptCommits, versionMessage } from './commit.service.js';
import { type RaisedVersion } from './contract.js';
import { diffContents, type PromptDiff } from './diff.js';
import { mergeContents, type MergeResult } from './merge.js';
import { type MergeConflict, type MergeResolution } from './merge-conflict.js';
import { formatVersion } from './semver.js';

/** What merging would come to. */
export interface MergePreview {
  promptId: string;
  target: string;
  baseVersionId: string;
  ourVersionId: string;
  /** Undefined where content is merged that is no version. */
  theirVersionId: string | undefined;
  before: PromptContent;
  content: PromptContent;
  conflicts: MergeConflict[];
  unresolved: string[];
  diff: PromptDiff;
  version: string;
  raised: RaisedVersion[];
}

interface Sides {
  base: PromptVersionRecord;
  target: OpenBranch;
  theirs: PromptContent;
  theirVersionId: string | undefined;
}

interface Advance extends Sides {
  theirs: PromptVersionRecord;
}

/** Merges branches of a prompt, by the identity of what they consist of. */
export class PromptMerges {
  constructor(
    private readonly commits: PromptCommits,
    private readonly store: CommitStore,
    private readonly branches: BranchesService,
    private readonly prompts: PromptsService,
    private readonly contents: ContentReader,
  ) {}

  /**
   * Makes a version with two parents on the target, also where the target could simply take over the source's. Where the source was made from the
   * target's head and holds just the same, the target moves on to it: without this, two branches that are merged into one another would never be even.
   * @throws ConflictError with the ids of the conflicts that are not resolved; with the newer head, when one of the heads is not the expected one
   * @throws InvalidInputError when there is nothing to merge, or for what is wrong with the result
   */
  async merge(identity: Identity, input: MergePromptBranchInput): Promise<PromptVersionRecord> {
    const { workspaceId } = identity;
    const problems = new InputProblems();
    const message = problems.read(versionMessage, input.message ?? `Merge ${input.source} into ${input.target}`, 'input.message') ?? '';
    const sides = await this.sidesOfBranches(workspaceId, input, input.expectedTargetHeadId, input.expectedSourceHeadId);
    const { base, target, theirs, theirVersionId } = sides;
    if (base.id === theirVersionId) {
      throw new InvalidInputError([{ field: 'input.source', message: `Everything of ${input.source} is in ${input.target} already, so there is nothing to merge.` }]);
    }
    if (isAdvance(sides)) return this.advance(workspaceId, sides);
    const merged = mergeContents(base, target.head, theirs, input.resolutions);
    noteProblems(merged, input.resolutions, problems);
    problems.throwIfAny();
    if (merged.unresolved.length > 0) throw unresolved(merged.unresolved);
    const content = await this.commits.readAgain(workspaceId, target.head, merged.content, problems, 'content');
    problems.throwIfAny();
    return this.commits.add(identity, { ...target, content, message, bump: input.bump, ...(theirVersionId && { mergedId: theirVersionId }) });
  }

  /**
   * What merging a branch, or content that was written on top of some version, would come to.
   * @throws InvalidInputError naming every field that is wrong
   */
  async preview({ workspaceId }: Identity, input: PreviewPromptMergeInput): Promise<MergePreview> {
    const sides = await this.sidesOf(workspaceId, input);
    const { base, target, theirs, theirVersionId } = sides;
    const problems = new InputProblems();
    const merged = mergeContents(base, target.head, theirs, input.resolutions);
    noteProblems(merged, input.resolutions, problems);
    problems.throwIfAny();
    const content = await this.completed(workspaceId, target.head, merged.content);
    const diff = diffContents(target.head, content);
    const number = await this.store.nextNumber(workspaceId, target.head, diff.bump);
    return {
      promptId: target.branch.promptId,
      target: target.branch.name,
      baseVersionId: base.id,
      ourVersionId: target.head.id,
      theirVersionId,
      before: target.head,
      content,
      conflicts: merged.conflicts,
      unresolved: merged.unresolved,
      diff,
      version: isAdvance(sides) ? sides.theirs.version : formatVersion(number),
      raised: isAdvance(sides) ? [] : await this.store.raisedNumbers(workspaceId, target.head, diff.bump),
    };
  }

  private async advance(workspaceId: string, { target: { branch, head }, theirs }: Advance): Promise<PromptVersionRecord> {
    if (await this.store.advance(workspaceId, branch, theirs.id)) return theirs;
    throw await this.commits.outdated(workspaceId, await this.commits.open(workspaceId, branch.promptId, branch.name), head.id);
  }

  private async sidesOf(workspaceId: string, { promptId, source, target: name, content, baseVersionId }: PreviewPromptMergeInput): Promise<Sides> {
    if (source && !content && !baseVersionId) return this.sidesOfBranches(workspaceId, { promptId, source, target: name });
    if (source || !content || !baseVersionId) {
      throw new InvalidInputError([{ field: 'input.source', message: 'Give the source branch; or else the content, and the version that it was written on top of as baseVersionId.' }]);
    }
    const target = await this.commits.open(workspaceId, promptId, name, undefined, 'input.target');
    const base = await this.prompts.version(workspaceId, baseVersionId);
    if (base.promptId !== target.branch.promptId) throw new NotFoundError('version of this prompt');
    const problems = new InputProblems();
    const theirs = await this.contents.read(workspaceId, { kind: base.kind, base }, content, problems, 'input.content');
    problems.throwIfAny();
    return { base, target, theirs, theirVersionId: undefined };
  }

  private async sidesOfBranches(
    workspaceId: string,
    { promptId, source, target: name }: { promptId: string; source: string; target: string },
    expectedTargetHeadId?: string | null,
    expectedSourceHeadId?: string | null,
  ): Promise<Sides> {
    const target = await this.commits.open(workspaceId, promptId, name, expectedTargetHeadId, 'input.target');
    if (source === name) throw new InvalidInputError([{ field: 'input.source', message: 'Choose two branches: one can’t be merged into itself.' }]);
    const branch = await this.branches.get(workspaceId, promptId, source);
    const theirs = await this.prompts.version(workspaceId, branch.headVersionId);
    if (expectedSourceHeadId && expectedSourceHeadId !== theirs.id) throw await this.commits.outdated(workspaceId, { branch, head: theirs }, expectedSourceHeadId);
    const graph = await this.branches.graph(workspaceId, promptId);
    const baseId = graph.mergeBase(target.head.id, theirs.id);
    if (!baseId) throw new InvalidInputError([{ field: 'input.source', message: `${source} and ${name} have no version in common, so they can’t be merged.` }]);
    return { base: await this.prompts.version(workspaceId, baseId), target, theirs, theirVersionId: theirs.id };
  }

  /** With the variables that its templates need; as it is where something is wrong with it, which is for the merge itself to refuse. */
  private async completed(workspaceId: string, head: PromptVersionRecord, content: PromptContent): Promise<PromptContent> {
    const problems = new InputProblems();
    const read = await this.commits.readAgain(workspaceId, head, content, problems, 'content');
    return problems.any ? content : read;
  }
}

/** Whether the target has only to move on to the source's newest version: nothing has come to the target since, and nothing in it would change. */
function isAdvance(sides: Sides): sides is Advance {
  const { base, target, theirs, theirVersionId } = sides;
  return theirVersionId !== undefined && theirVersionId !== base.id && base.id === target.head.id && hashOfContent(theirs) === hashOfContent(target.head);
}

function noteProblems(merged: MergeResult, resolutions: readonly MergeResolution[], problems: InputProblems): void {
  for (const { conflictId, message } of merged.problems) {
    const place = resolutions.findLastIndex((resolution) => resolution.conflictId === conflictId);
    problems.add(`input.resolutions.${place}.value`, message);
  }
}

function unresolved(ids: readonly string[]): ConflictError {
  const what = ids.length === 1 ? '1 conflict is' : `${ids.length} conflicts are`;
  return new ConflictError(`${what} not resolved yet. Decide on each, then merge again.`, { unresolved: ids });
}
