import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { CreatePromptBranchInput, PromptBranch, RenamePromptBranchInput } from '../../../../schema/prompt-history.js';
import { PromptVersion } from '../../../../schema/prompts.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type BranchLoader } from './branch.loader.js';
import { type BranchesService } from './branch.service.js';

@Resolver(() => PromptBranch)
export class PromptBranchResolver {
  constructor(
    private readonly service: BranchesService,
    private readonly loader: BranchLoader,
    private readonly prompts: PromptLoader,
  ) {}

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.branch.create', 'prompt', { id: 'args.input.promptId' })
  @Mutation(() => PromptBranch)
  createPromptBranch(@Arg('input', () => CreatePromptBranchInput) input: CreatePromptBranchInput, @Ctx() context: RequestContext): Promise<PromptBranch> {
    return this.service.create(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.branch.rename', 'promptBranch', { id: 'args.input.id' })
  @Mutation(() => PromptBranch)
  renamePromptBranch(@Arg('input', () => RenamePromptBranchInput) input: RenamePromptBranchInput, @Ctx() context: RequestContext): Promise<PromptBranch> {
    return this.service.rename(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.branch.archive', 'promptBranch', { id: 'args.id' })
  @Mutation(() => PromptBranch)
  archivePromptBranch(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<PromptBranch> {
    return this.service.archive(identityOf(context), id);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.branch.unarchive', 'promptBranch', { id: 'args.id' })
  @Mutation(() => PromptBranch)
  unarchivePromptBranch(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<PromptBranch> {
    return this.service.unarchive(identityOf(context), id);
  }

  @FieldResolver(() => PromptVersion)
  head(@Root() { headVersionId }: PromptBranch, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.prompts.version(context, headVersionId);
  }

  @FieldResolver(() => Int, { description: 'Versions that it has and `main` has not.' })
  async ahead(@Root() branch: PromptBranch, @Ctx() context: RequestContext): Promise<number> {
    return (await this.loader.distance(context, branch)).ahead;
  }

  @FieldResolver(() => Int, { description: 'Versions that `main` has and it has not.' })
  async behind(@Root() branch: PromptBranch, @Ctx() context: RequestContext): Promise<number> {
    return (await this.loader.distance(context, branch)).behind;
  }
}
