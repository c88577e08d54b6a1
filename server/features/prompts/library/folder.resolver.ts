import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DeletedPayload } from '../../../../schema/deleted.js';
import { CreatePromptFolderInput, PromptFolder, UpdatePromptFolderInput } from '../../../../schema/prompt-library.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type FoldersService } from './folder.service.js';
import { type LibraryLoader } from './library.loader.js';

@Resolver(() => PromptFolder)
export class PromptFolderResolver {
  constructor(
    private readonly service: FoldersService,
    private readonly loader: LibraryLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => [PromptFolder])
  promptFolders(@Ctx() context: RequestContext): Promise<PromptFolder[]> {
    return this.service.all(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.folder.create', 'promptFolder', { id: 'result.id' })
  @Mutation(() => PromptFolder)
  createPromptFolder(@Arg('input', () => CreatePromptFolderInput) input: CreatePromptFolderInput, @Ctx() context: RequestContext): Promise<PromptFolder> {
    return this.service.create(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.folder.update', 'promptFolder', { id: 'args.input.id' })
  @Mutation(() => PromptFolder)
  updatePromptFolder(@Arg('input', () => UpdatePromptFolderInput) input: UpdatePromptFolderInput, @Ctx() context: RequestContext): Promise<PromptFolder> {
    return this.service.update(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.folder.delete', 'promptFolder', { id: 'args.id' })
  @Mutation(() => DeletedPayload, { description: 'Its prompts and folders move to `moveTo`, or to its own parent.' })
  async deletePromptFolder(
    @Arg('id', () => ID) id: string,
    @Arg('moveTo', () => ID, { nullable: true }) moveTo: string | null,
    @Ctx() context: RequestContext,
  ): Promise<DeletedPayload> {
    await this.service.delete(identityOf(context), { id, moveTo });
    return { id };
  }

  @FieldResolver(() => Int, { description: 'Prompts that are not archived, directly in it.' })
  promptCount(@Root() { id }: PromptFolder, @Ctx() context: RequestContext): Promise<number> {
    return this.loader.promptCount(context, id);
  }
}
