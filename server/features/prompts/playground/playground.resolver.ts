import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Person } from '../../../../schema/auth.js';
import { type Connection } from '../../../../schema/connection.js';
import { RenderedMessage } from '../../../../schema/prompt-rendering.js';
import { PromptRun, PromptRunConnection, PromptRunEvent, PromptRunStats, RunPromptInput } from '../../../../schema/prompt-runs.js';
import { PromptVersion } from '../../../../schema/prompts.js';
import { JsonScalar } from '../../../../schema/scalars.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PersonLoader } from '../../auth/person.loader.js';
import { countTokens } from '../../providers/token-count.js';
import { type PromptLoader } from '../prompt.loader.js';
import { readJson } from './answer-check.js';
import { type PlaygroundLoader } from './playground.loader.js';
import { type PlaygroundService } from './playground.service.js';
import { type PromptRunEvent as RunEvent, type PromptRunRecord } from './prompt-run.js';

interface RunRequest {
  args: { input: RunPromptInput };
  context: RequestContext;
}

@Resolver(() => PromptRun)
export class PlaygroundResolver {
  constructor(
    private readonly service: PlaygroundService,
    private readonly prompts: PromptLoader,
    private readonly people: PersonLoader,
  ) {}

  @Authorized<Permission>('prompt:read')
  @Query(() => PromptRunConnection)
  promptRuns(
    @Ctx() context: RequestContext,
    @Arg('promptId', () => ID) promptId: string,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('versionId', () => ID, { nullable: true }) versionId?: string | null,
  ): Promise<Connection<PromptRunRecord>> {
    return this.service.list(identityOf(context).workspaceId, promptId, versionId ?? undefined, { first, after });
  }

  @Authorized<Permission>('prompt:run')
  @Audited('prompt.run', 'prompt', { id: 'args.input.source.promptId', keep: ['args.input.source.versionId', 'args.input.source.path', 'args.input.model'], behind: true })
  @Mutation(() => PromptRun, { description: 'Runs a prompt once and answers with what came of it; closing the connection cancels the run. `promptRunEvents` does the same and streams.' })
  runPrompt(@Ctx() context: RequestContext, @Arg('input', () => RunPromptInput) input: RunPromptInput): Promise<PromptRunRecord> {
    return this.service.run(identityOf(context), input, context.gone);
  }

  @Authorized<Permission>('prompt:run')
  @Audited('prompt.run', 'prompt', { id: 'args.input.source.promptId', keep: ['args.input.source.versionId', 'args.input.source.path', 'args.input.model'], behind: true })
  @Subscription(() => PromptRunEvent, {
    description: 'Runs a prompt and streams what happens; ending the subscription cancels the run.',
    subscribe: ({ args, context }: RunRequest) => context.instanceOf(PlaygroundResolver).follow(context, args.input),
  })
  promptRunEvents(@Root() event: RunEvent, @Ctx() context: RequestContext, @Arg('input', () => RunPromptInput) _input: RunPromptInput): RunEvent {
    // What was read when the run started may have changed by its end.
    context.loaders.forget();
    return event;
  }

  follow(context: RequestContext, input: RunPromptInput): Promise<AsyncIterable<RunEvent>> {
    return this.service.follow(identityOf(context), input);
  }

  @FieldResolver(() => [RenderedMessage])
  messages(@Root() { messages }: PromptRunRecord): RenderedMessage[] {
    return messages.map((message) => ({ ...message, tokens: countTokens(message.content) }));
  }

  @FieldResolver(() => JsonScalar, { nullable: true, description: 'The output as JSON, where an output schema asks for it and it is JSON.' })
  structured(@Root() { output, outputProblems }: PromptRunRecord): unknown {
    return outputProblems && readJson(output)?.value;
  }

  @FieldResolver(() => Person)
  runBy(@Root() { runById }: PromptRunRecord, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, runById);
  }

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'Null where content was run that was not committed since.' })
  async version(@Root() { versionId }: PromptRunRecord, @Ctx() context: RequestContext): Promise<PromptVersion | undefined> {
    return versionId === undefined ? undefined : this.prompts.version(context, versionId);
  }
}

@Resolver(() => PromptVersion)
export class PromptRunStatsResolver {
  constructor(private readonly loader: PlaygroundLoader) {}

  @FieldResolver(() => PromptRunStats)
  runStats(@Root() { id }: PromptVersion, @Ctx() context: RequestContext): Promise<PromptRunStats> {
    return this.loader.stats(context, id);
  }
}
