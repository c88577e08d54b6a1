import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection } from '../../../../schema/connection.js';
import { PromptDiff } from '../../../../schema/prompt-diff.js';
import {
  CommitPromptVersionInput,
  MergePromptBranchInput,
  PreviewPromptCommitInput,
  PreviewPromptMergeInput,
  PromptBranch,
  PromptCommitPreview,
  PromptMergePreview,
  RestorePromptVersionInput,
} from '../../../../schema/prompt-history.js';
import { Prompt, PromptVersion, PromptVersionConnection } from '../../../../schema/prompts.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type PromptsService } from '../prompt.service.js';
import { type BranchLoader } from './branch.loader.js';
import { type BranchesService } from './branch.service.js';
import { type PromptCommits } from './commit.service.js';
import { type PromptComparisons } from './compare.service.js';
import { type PromptMerges } from './merge.service.js';

/** How versions come about. */
@Resolver(() => PromptVersion)
export class PromptCommitResolver {
  constructor(
    private readonly commits: PromptCommits,
    private readonly merges: PromptMerges,
    private readonly loader: BranchLoader,
  ) {}

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.version.commit', 'prompt', { id: 'args.input.promptId', keep: ['args.input.branch', 'args.input.message'] })
  @Mutation(() => PromptVersion)
  commitPromptVersion(
    @Arg('input', () => CommitPromptVersionInput) input: CommitPromptVersionInput,
    @Ctx() context: RequestContext,
  ): Promise<PromptVersion> {
    return this.commits.commit(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.version.restore', 'promptVersion', { id: 'args.input.versionId', keep: ['args.input.branch'] })
  @Mutation(() => PromptVersion, { description: "Makes a version with an older one's content on top of a branch." })
  restorePromptVersion(
    @Arg('input', () => RestorePromptVersionInput) input: RestorePromptVersionInput,
    @Ctx() context: RequestContext,
  ): Promise<PromptVersion> {
    return this.commits.restore(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.branch.merge', 'prompt', { id: 'args.input.promptId', keep: ['args.input.source', 'args.input.target'] })
  @Mutation(() => PromptVersion)
  mergePromptBranch(@Arg('input', () => MergePromptBranchInput) input: MergePromptBranchInput, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.merges.merge(identityOf(context), input);
  }

  @FieldResolver(() => [PromptBranch], { description: 'Branches whose newest version this is.' })
  headOf(@Root() { id }: PromptVersion, @Ctx() context: RequestContext): Promise<PromptBranch[]> {
    return this.loader.ofHead(context, id);
  }
}

@Resolver(() => Prompt)
export class PromptHistoryResolver {
  constructor(
    private readonly prompts: PromptsService,
    private readonly branchesService: BranchesService,
    private readonly loader: BranchLoader,
  ) {}

  @FieldResolver(() => PromptBranch)
  branch(@Root() { id }: Prompt, @Arg('name', () => String, { defaultValue: 'main' }) name: string, @Ctx() context: RequestContext): Promise<PromptBranch> {
    return this.loader.named(context, id, name);
  }

  @FieldResolver(() => [PromptBranch], { description: '`main` first, then the newest. Archived ones only when asked for.' })
  branches(
    @Root() { id }: Prompt,
    @Arg('archived', () => Boolean, { defaultValue: false }) archived: boolean,
    @Ctx() context: RequestContext,
  ): Promise<PromptBranch[]> {
    return this.loader.ofPrompt(context, id, archived);
  }

  @FieldResolver(() => PromptVersionConnection, { description: 'Newest first; of one branch: its head and what that was made from.' })
  versions(
    @Root() { id }: Prompt,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('branch', () => String, { nullable: true }) branch: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PromptVersion>> {
    const { workspaceId } = identityOf(context);
    return branch === null || branch === undefined ? this.prompts.versions(workspaceId, id, { first, after }) : this.branchesService.versions(workspaceId, id, branch, { first, after });
  }
}

@Resolver(() => PromptCommitPreview)
export class PromptCommitPreviewResolver {
  constructor(
    private readonly comparisons: PromptComparisons,
    private readonly prompts: PromptLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptDiff)
  comparePromptVersions(@Arg('fromId', () => ID) fromId: string, @Arg('toId', () => ID) toId: string, @Ctx() context: RequestContext): Promise<PromptDiff> {
    return this.comparisons.compare(identityOf(context).workspaceId, fromId, toId);
  }

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptCommitPreview, { description: 'What committing this would come to, without committing it.' })
  previewPromptCommit(
    @Arg('input', () => PreviewPromptCommitInput) input: PreviewPromptCommitInput,
    @Ctx() context: RequestContext,
  ): Promise<PromptCommitPreview> {
    return this.comparisons.previewCommit(identityOf(context), input);
  }

  @FieldResolver(() => PromptVersion)
  head(@Root() { headVersionId }: PromptCommitPreview, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.prompts.version(context, headVersionId);
  }
}

@Resolver(() => PromptMergePreview)
export class PromptMergePreviewResolver {
  constructor(
    private readonly merges: PromptMerges,
    private readonly prompts: PromptLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptMergePreview, { description: 'What merging would come to, without merging.' })
  previewPromptMerge(@Arg('input', () => PreviewPromptMergeInput) input: PreviewPromptMergeInput, @Ctx() context: RequestContext): Promise<PromptMergePreview> {
    return this.merges.preview(identityOf(context), input);
  }

  @FieldResolver(() => PromptVersion)
  base(@Root() { baseVersionId }: PromptMergePreview, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.prompts.version(context, baseVersionId);
  }

  @FieldResolver(() => PromptVersion)
  ours(@Root() { ourVersionId }: PromptMergePreview, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.prompts.version(context, ourVersionId);
  }

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'Null where content is merged.' })
  async theirs(@Root() { theirVersionId }: PromptMergePreview, @Ctx() context: RequestContext): Promise<PromptVersion | null> {
    return theirVersionId === undefined ? null : this.prompts.version(context, theirVersionId);
  }
}
