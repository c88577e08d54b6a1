import { type PreviewPromptCommitInput } from '../../../../schema/prompt-history.js';
import { InvalidInputError } from '../../../errors.js';
import { InputProblems } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptContent } from '../content/content.js';
import { type ContentReader } from '../content/content-reader.js';
import { type PromptsService } from '../prompt.service.js';
import { type CommitStore } from './commit.store.js';
import { type PromptCommits } from './commit.service.js';
import { type ContractChange, type RaisedVersion, type VersionBump } from './contract.js';
import { diffContents, type PromptDiff } from './diff.js';
import { formatVersion } from './semver.js';

/** What committing something would come to. */
export interface CommitPreview {
  promptId: string;
  branch: string;
  /** A label that would move along. */
  label: string | undefined;
  headVersionId: string;
  before: PromptContent;
  after: PromptContent;
  changed: boolean;
  bump: VersionBump;
  contract: ContractChange[];
  diff: PromptDiff;
  version: string;
  raised: RaisedVersion[];
}

/** Tells how contents of one prompt differ. */
export class PromptComparisons {
  constructor(
    private readonly commits: PromptCommits,
    private readonly store: CommitStore,
    private readonly prompts: PromptsService,
    private readonly contents: ContentReader,
  ) {}

  /** @throws InvalidInputError for versions of two prompts */
  async compare(workspaceId: string, fromId: string, toId: string): Promise<PromptDiff> {
    const from = await this.prompts.version(workspaceId, fromId);
    const to = await this.prompts.version(workspaceId, toId);
    if (from.promptId !== to.promptId) throw new InvalidInputError([{ field: 'toId', message: 'This is a version of another prompt. Choose two of one prompt.' }]);
    return diffContents(from, to);
  }

  /** @throws InvalidInputError naming every field that is wrong */
  async previewCommit({ workspaceId }: Identity, { promptId, branch, content, moveLabel }: PreviewPromptCommitInput): Promise<CommitPreview> {
    const { head, branch: opened } = await this.commits.open(workspaceId, promptId, branch);
    const problems = new InputProblems();
    const after = await this.contents.read(workspaceId, { kind: head.kind, base: head }, content, problems, 'input.content');
    problems.throwIfAny();
    const diff = diffContents(head, after);
    const { identical, bump, contract } = diff;
    const number = await this.store.nextNumber(workspaceId, head, bump);
    const raised = await this.store.raisedNumbers(workspaceId, head, bump);
    return {
      promptId, branch: opened.name, label: moveLabel ?? undefined, headVersionId: head.id, before: head, after, changed: !identical, bump, contract, diff, version: formatVersion(number), raised,
    };
  }
}
