import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../../../../schema/auth.js';
import { type Connection } from '../../../../schema/connection.js';
import { type Execution, ExecutionConnection } from '../../../../schema/executions.js';
import { Replay, ReplayConnection, ReplaySummary, ReplayWorkflowInput } from '../../../../schema/replays.js';
import { Workflow } from '../../../../schema/workflows.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type PersonLoader } from '../../auth/person.loader.js';
import { type WorkflowLoader } from '../../workflows/workflow.loader.js';
import { type ReplayLoader } from './replay.loader.js';
import { type Replays } from './replay.service.js';

@Resolver(() => Replay)
export class ReplayResolver {
  constructor(
    private readonly service: Replays,
    private readonly loader: ReplayLoader,
    private readonly workflows: WorkflowLoader,
    private readonly people: PersonLoader,
  ) {}

  @Authorized<Permission>('execution:read')
  @Query(() => Replay)
  replay(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Replay> {
    return this.service.find(identityOf(context), id);
  }

  @Authorized<Permission>('execution:read')
  @Query(() => ReplayConnection, { description: 'Of a workflow, newest first.' })
  replays(
    @Ctx() context: RequestContext,
    @Arg('workflowId', () => ID) workflowId: string,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Replay>> {
    return this.service.list(identityOf(context), workflowId, { first, after });
  }

  @Authorized<Permission>('execution:start')
  @Audited('workflow.replay', 'workflow', { id: 'args.input.workflowId', keep: ['args.input.branch', 'result.id'], behind: true })
  @Mutation(() => Replay, { description: 'Runs what a workflow was given of late once more, on a prompt branch, and answers at once. CONFLICT while three replays of the workspace are under way.' })
  replayWorkflow(@Ctx() context: RequestContext, @Arg('input', () => ReplayWorkflowInput) input: ReplayWorkflowInput): Promise<Replay> {
    return this.service.start(identityOf(context), input);
  }

  @Authorized<Permission>('execution:start')
  @Audited('replay.cancel', 'replay', { id: 'args.id' })
  @Mutation(() => Replay, { description: 'Cancels its executions that have not ended.' })
  cancelReplay(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Replay> {
    return this.service.cancel(identityOf(context), id);
  }

  @FieldResolver(() => ReplaySummary)
  summary(@Root() { id }: Replay, @Ctx() context: RequestContext): Promise<ReplaySummary> {
    return this.loader.summary(context, id);
  }

  @FieldResolver(() => ExecutionConnection, { description: 'Newest original first. `rerunOf` is the execution that each repeats.' })
  executions(
    @Root() { id }: Replay,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Execution>> {
    return this.service.executionsOf(identityOf(context), id, { first, after });
  }

  @FieldResolver(() => Workflow)
  workflow(@Root() { workflowId }: Replay, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.workflows.workflow(context, workflowId);
  }

  @FieldResolver(() => Person)
  startedBy(@Root() { startedById }: Replay, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, startedById);
  }
}
