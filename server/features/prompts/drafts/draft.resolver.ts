import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DeletedPayload } from '../../../../schema/deleted.js';
import { DiscardPromptDraftInput, PromptDraft, SavePromptDraftInput } from '../../../../schema/prompt-drafts.js';
import { Prompt, PromptVersion } from '../../../../schema/prompts.js';
import { NotAudited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type DraftLoader } from './draft.loader.js';
import { type DraftsService } from './draft.service.js';

@Resolver(() => PromptDraft)
export class PromptDraftResolver {
  constructor(
    private readonly service: DraftsService,
    private readonly loader: DraftLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptDraft, { nullable: true, description: 'What the caller has written of a prompt that does not exist yet.' })
  newPromptDraft(@Ctx() context: RequestContext): Promise<PromptDraft | null> {
    return this.service.ofNewPrompt(identityOf(context));
  }

  @Authorized<Permission>('prompt:write')
  @NotAudited('A draft is one person’s own until it is committed.')
  @Mutation(() => PromptDraft)
  savePromptDraft(@Arg('input', () => SavePromptDraftInput) input: SavePromptDraftInput, @Ctx() context: RequestContext): Promise<PromptDraft> {
    return this.service.save(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @NotAudited('A draft is one person’s own until it is committed.')
  @Mutation(() => DeletedPayload)
  discardPromptDraft(@Arg('input', () => DiscardPromptDraftInput) input: DiscardPromptDraftInput, @Ctx() context: RequestContext): Promise<DeletedPayload> {
    return this.service.discard(identityOf(context), input);
  }

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'The version that it began from; null for a new prompt.' })
  baseVersion(@Root() { baseVersionId }: PromptDraft, @Ctx() context: RequestContext): Promise<PromptVersion | null> {
    return this.loader.base(context, baseVersionId);
  }
}

/** What drafts add to prompts. */
@Resolver(() => Prompt)
export class PromptDraftsResolver {
  constructor(private readonly loader: DraftLoader) {}

  @FieldResolver(() => PromptDraft, { nullable: true, description: 'What the caller has written on a branch and not committed yet.' })
  draft(
    @Root() { id }: Prompt,
    @Arg('branch', () => String, { defaultValue: 'main' }) branch: string,
    @Ctx() context: RequestContext,
  ): Promise<PromptDraft | null> {
    return this.loader.draft(context, id, branch);
  }
}
