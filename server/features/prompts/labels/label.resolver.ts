import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Person } from '../../../../schema/auth.js';
import { type Connection } from '../../../../schema/connection.js';
import {
  PreviewPromptLabelMoveInput,
  PromptLabel,
  PromptLabelMove,
  PromptLabelMoveConnection,
  PromptLabelMovePreview,
  RemovePromptLabelInput,
  RollBackPromptLabelInput,
  SetPromptLabelInput,
} from '../../../../schema/prompt-labels.js';
import { Prompt, PromptVersion } from '../../../../schema/prompts.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PersonLoader } from '../../auth/person.loader.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type LabelFilter } from './label.feed.js';
import { type LabelLoader } from './label.loader.js';
import { type LabelsService } from './label.service.js';

interface FollowRequest {
  args: LabelFilter;
  context: RequestContext;
}

@Resolver(() => PromptLabel)
export class PromptLabelResolver {
  constructor(
    private readonly service: LabelsService,
    private readonly loader: LabelLoader,
    private readonly prompts: PromptLoader,
    private readonly people: PersonLoader,
  ) {}

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.label.set', 'prompt', { id: 'args.input.promptId', keep: ['args.input.name'] })
  @Mutation(() => PromptLabel, { description: 'Makes the label or moves it.' })
  setPromptLabel(@Arg('input', () => SetPromptLabelInput) input: SetPromptLabelInput, @Ctx() context: RequestContext): Promise<PromptLabel> {
    return this.service.set(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.label.remove', 'prompt', { id: 'args.input.promptId', keep: ['args.input.name'] })
  @Mutation(() => Prompt)
  removePromptLabel(@Arg('input', () => RemovePromptLabelInput) input: RemovePromptLabelInput, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.service.remove(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:write')
  @Audited('prompt.label.roll-back', 'prompt', { id: 'args.input.promptId', keep: ['args.input.name'] })
  @Mutation(() => PromptLabel, { description: 'Moves the label one step back through the versions that it was at; again, one step further.' })
  rollBackPromptLabel(@Arg('input', () => RollBackPromptLabelInput) input: RollBackPromptLabelInput, @Ctx() context: RequestContext): Promise<PromptLabel> {
    return this.service.rollBack(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptLabelMovePreview, { description: 'What `setPromptLabel` would break, without moving anything.' })
  previewPromptLabelMove(@Arg('input', () => PreviewPromptLabelMoveInput) input: PreviewPromptLabelMoveInput, @Ctx() context: RequestContext): Promise<PromptLabelMovePreview> {
    return this.service.previewMove(identityOf(context), input);
  }

  @Authorized<Permission>('prompt:read')
  @Query(() => [String], { description: 'Labels of this workspace that only an OWNER may move.' })
  protectedPromptLabels(@Ctx() context: RequestContext): Promise<string[]> {
    return this.service.protectedNames(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('label:protect')
  @Audited('prompt.label.protect', 'protectedLabels')
  @Mutation(() => [String])
  protectPromptLabel(@Arg('name', () => String) name: string, @Ctx() context: RequestContext): Promise<string[]> {
    return this.service.protect(identityOf(context), name);
  }

  @Authorized<Permission>('label:protect')
  @Audited('prompt.label.unprotect', 'protectedLabels')
  @Mutation(() => [String])
  unprotectPromptLabel(@Arg('name', () => String) name: string, @Ctx() context: RequestContext): Promise<string[]> {
    return this.service.unprotect(identityOf(context), name);
  }

  @Authorized<Permission>('prompt:read')
  @Subscription(() => PromptLabelMove, {
    description: 'Each move of a label from now on: of one prompt, of one path, of one label, or of all.',
    subscribe: ({ args, context }: FollowRequest) => context.instanceOf(PromptLabelResolver).follow(context, args),
  })
  promptLabelMoved(
    @Root() move: PromptLabelMove,
    @Ctx() context: RequestContext,
    @Arg('promptId', () => ID, { nullable: true }) _promptId?: string | null,
    @Arg('path', () => String, { nullable: true }) _path?: string | null,
    @Arg('label', () => String, { nullable: true }) _label?: string | null,
  ): PromptLabelMove {
    // What was read for the move before may have changed with this one.
    context.loaders.forget();
    return move;
  }

  follow(context: RequestContext, filter: LabelFilter): Promise<AsyncIterable<PromptLabelMove>> {
    return this.service.follow(identityOf(context), filter);
  }

  @FieldResolver(() => PromptVersion)
  version(@Root() { versionId }: PromptLabel, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.prompts.version(context, versionId);
  }

  @FieldResolver(() => Person)
  movedBy(@Root() { movedById }: PromptLabel, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, movedById);
  }

  @FieldResolver(() => Boolean)
  protected(@Root() { name }: PromptLabel, @Ctx() context: RequestContext): Promise<boolean> {
    return this.loader.isProtected(context, name);
  }

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'Where `rollBackPromptLabel` would take it.' })
  rollsBackTo(@Root() label: PromptLabel, @Ctx() context: RequestContext): Promise<PromptVersion | null> {
    return this.loader.stepBack(context, label);
  }

  @FieldResolver(() => PromptLabelMoveConnection, { description: 'Newest first.' })
  moves(
    @Root() label: PromptLabel,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<PromptLabelMove>> {
    return this.service.moves(identityOf(context).workspaceId, label, { first, after });
  }
}
