import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../../../schema/auth.js';
import { PromptReference } from '../../../schema/prompt-content.js';
import { CreatePromptInput, Prompt, PromptVersion } from '../../../schema/prompts.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type PersonLoader } from '../auth/person.loader.js';
import { type PromptLoader } from './prompt.loader.js';
import { type PromptsService } from './prompt.service.js';

@Resolver(() => Prompt)
export class PromptResolver {
  constructor(
    private readonly service: PromptsService,
    private readonly loader: PromptLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => Prompt)
  prompt(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.service.get(identityOf(context).workspaceId, id);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.create', 'prompt', { id: 'result.id' })
  @Mutation(() => Prompt)
  createPrompt(@Arg('input', () => CreatePromptInput) input: CreatePromptInput, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.service.create(identityOf(context), input);
  }

  @FieldResolver(() => PromptVersion, { description: 'The newest version on `main`.' })
  head(@Root() { id }: Prompt, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.loader.head(context, id);
  }
}

@Resolver(() => PromptVersion)
export class PromptVersionResolver {
  constructor(
    private readonly loader: PromptLoader,
    private readonly people: PersonLoader,
  ) {}

  @FieldResolver(() => Prompt)
  prompt(@Root() { promptId }: PromptVersion, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.loader.prompt(context, promptId);
  }

  @FieldResolver(() => [ID], { description: 'What it was made from: none for the first, two for a merge, the branch that was merged into first.' })
  parentIds(@Root() { id }: PromptVersion, @Ctx() context: RequestContext): Promise<string[]> {
    return this.loader.parentIds(context, id);
  }

  @FieldResolver(() => [PromptReference])
  references(@Root() { id }: PromptVersion, @Ctx() context: RequestContext): Promise<PromptReference[]> {
    return this.loader.references(context, id);
  }

  @FieldResolver(() => String, { description: 'The branch that it was committed on, by its name now.' })
  branch(@Root() { branchId }: PromptVersion, @Ctx() context: RequestContext): Promise<string> {
    return this.loader.branchName(context, branchId);
  }

  @FieldResolver(() => Person)
  author(@Root() { authorId }: PromptVersion, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, authorId);
  }
}
