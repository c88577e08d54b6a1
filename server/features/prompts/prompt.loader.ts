import { NotFoundError } from '../../errors.js';
import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type PromptReference } from './content/reference.js';
import { mainBranch } from './history/branch-name.js';
import { type PromptRecord, type PromptsService, type PromptVersionRecord } from './prompt.service.js';

/** Prompts and their versions by id, for fields that refer to them: each kind read in one query a request. */
export class PromptLoader {
  private readonly readPrompts: ReadMany<PromptRecord>;
  private readonly readVersions: ReadMany<PromptVersionRecord>;
  private readonly readFormerVersions: ReadMany<PromptVersionRecord | null>;
  private readonly readHeads: ReadMany<PromptVersionRecord>;
  private readonly readParents: ReadMany<string[]>;
  private readonly readReferences: ReadMany<PromptReference[]>;
  private readonly readBranchNames: ReadMany<string>;

  constructor(prompts: PromptsService) {
    this.readPrompts = (workspaceId, ids) => prompts.byIds(workspaceId, ids);
    this.readVersions = (workspaceId, ids) => prompts.versionsByIds(workspaceId, ids);
    this.readFormerVersions = (workspaceId, ids) => prompts.versionsByIds(workspaceId, ids);
    this.readHeads = (workspaceId, ids) => prompts.heads(workspaceId, ids);
    this.readParents = (workspaceId, ids) => prompts.parentIds(workspaceId, ids);
    this.readReferences = (workspaceId, ids) => prompts.referencesOf(workspaceId, ids);
    this.readBranchNames = (workspaceId, ids) => prompts.branchNames(workspaceId, ids);
  }

  prompt(context: RequestContext, id: string): Promise<PromptRecord> {
    return context.loaders.load(this.readPrompts, identityOf(context), id, () => new NotFoundError('prompt'));
  }

  version(context: RequestContext, id: string): Promise<PromptVersionRecord> {
    return context.loaders.load(this.readVersions, identityOf(context), id, () => new NotFoundError('prompt version'));
  }

  /** A version that something remembers which may outlive it; null where there is none, or it has been deleted with its prompt. */
  async formerVersion(context: RequestContext, id: string | undefined): Promise<PromptVersionRecord | null> {
    return id === undefined ? null : context.loaders.load(this.readFormerVersions, identityOf(context), id, () => null);
  }

  /** The newest version on the prompt's `main`. */
  head(context: RequestContext, promptId: string): Promise<PromptVersionRecord> {
    return context.loaders.load(this.readHeads, identityOf(context), promptId, () => new NotFoundError('prompt'));
  }

  /** What a version was made from. */
  parentIds(context: RequestContext, versionId: string): Promise<string[]> {
    return context.loaders.load(this.readParents, identityOf(context), versionId, () => []);
  }

  /** What a version's templates include. */
  references(context: RequestContext, versionId: string): Promise<PromptReference[]> {
    return context.loaders.load(this.readReferences, identityOf(context), versionId, () => []);
  }

  /** The name, by now, of the branch that a version was committed on. */
  async branchName(context: RequestContext, branchId: string | undefined): Promise<string> {
    return branchId ? context.loaders.load(this.readBranchNames, identityOf(context), branchId, () => mainBranch) : mainBranch;
  }
}
