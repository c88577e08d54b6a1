import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import { DeletedPayload } from '../../../../schema/deleted.js';
import { PromptConnection, PromptFilterInput, PromptOrder, PromptTag, UpdatePromptInput } from '../../../../schema/prompt-library.js';
import { Prompt } from '../../../../schema/prompts.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type LibraryService } from './library.service.js';
import { type PromptListService } from './prompt-list.service.js';

@Resolver()
export class PromptLibraryResolver {
  constructor(
    private readonly lists: PromptListService,
    private readonly service: LibraryService,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptConnection)
  prompts(
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Arg('filter', () => PromptFilterInput, { nullable: true }) filter: PromptFilterInput | null,
    @Arg('orderBy', () => PromptOrder, { defaultValue: PromptOrder.UPDATED }) orderBy: PromptOrder,
    @Ctx() context: RequestContext,
  ): Promise<PromptConnection> {
    return this.lists.list(identityOf(context).workspaceId, { first, after, search, filter, orderBy });
  }

  @Authorized<Permission>('prompt:read')
  @Query(() => [PromptTag])
  promptTags(@Ctx() context: RequestContext): Promise<PromptTag[]> {
    return this.service.tagCounts(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.update', 'prompt', { id: 'args.input.id' })
  @Mutation(() => Prompt)
  updatePrompt(@Arg('input', () => UpdatePromptInput) input: UpdatePromptInput, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.service.update(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.archive', 'prompt', { id: 'args.id' })
  @Mutation(() => Prompt)
  archivePrompt(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.service.archive(identityOf(context), id);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.unarchive', 'prompt', { id: 'args.id' })
  @Mutation(() => Prompt)
  unarchivePrompt(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.service.unarchive(identityOf(context), id);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.move', 'prompt', { id: 'args.ids' })
  @Mutation(() => [Prompt])
  movePrompts(
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('folderId', () => ID, { nullable: true }) folderId: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Prompt[]> {
    return this.service.move(identityOf(context), ids, folderId ?? undefined);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.delete', 'prompt', { id: 'args.id' })
  @Mutation(() => DeletedPayload, { description: 'Prompts that include it and workflows that run it are named in a CONFLICT, unless `acceptBroken`.' })
  async deletePrompt(
    @Arg('id', () => ID) id: string,
    @Arg('acceptBroken', () => Boolean, { defaultValue: false }) acceptBroken: boolean,
    @Ctx() context: RequestContext,
  ): Promise<DeletedPayload> {
    await this.service.delete(identityOf(context), id, acceptBroken);
    return { id };
  }
}
