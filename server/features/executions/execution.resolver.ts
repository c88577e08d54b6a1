import { Arg, Authorized, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { Person } from '../../../schema/auth.js';
import { type Connection } from '../../../schema/connection.js';
import { ExecuteWorkflowInput, Execution, ExecutionConnection, ExecutionEvent, ExecutionStatus, StepExecution } from '../../../schema/executions.js';
import { Workflow, WorkflowVersion } from '../../../schema/workflows.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type PersonLoader } from '../auth/person.loader.js';
import { definitionWithin } from '../workflows/nested-steps.js';
import { type WorkflowLoader } from '../workflows/workflow.loader.js';
import { withoutLongOutput } from './event.view.js';
import { type ExecutionLoader } from './execution.loader.js';
import { type ExecutionService } from './execution.service.js';
import { type ExecutionEvent as EventRecord } from './execution.types.js';
import { toStepExecutions } from './step-execution.view.js';

interface FollowRequest {
  args: { executionId: string; after: number };
  context: RequestContext;
}

@Resolver(() => Execution)
export class ExecutionResolver {
  constructor(
    private readonly service: ExecutionService,
    private readonly loader: ExecutionLoader,
    private readonly workflows: WorkflowLoader,
    private readonly people: PersonLoader,
  ) {}

  @Authorized<Permission>('execution:read')
  @Query(() => Execution)
  execution(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Execution> {
    return this.service.find(identityOf(context), id);
  }

  @Authorized<Permission>('execution:start')
  @Audited('workflow.execute', 'workflow', { id: 'args.input.workflowId', execution: 'result.id', behind: true })
  @Mutation(() => Execution, { description: "Starts the workflow's newest version and answers at once; follow it with `executionEvents`." })
  executeWorkflow(@Ctx() context: RequestContext, @Arg('input', () => ExecuteWorkflowInput) input: ExecuteWorkflowInput): Promise<Execution> {
    return this.service.execute(identityOf(context), input);
  }

  @Authorized<Permission>('execution:read')
  @Subscription(() => ExecutionEvent, {
    description: 'Every event of the execution after sequence number `after`: those stored, then those to come, each once and in order. Ends with the execution.',
    subscribe: ({ args, context }: FollowRequest) => context.instanceOf(ExecutionResolver).follow(context, args),
  })
  executionEvents(
    @Root() event: EventRecord,
    @Arg('executionId', () => ID) _executionId: string,
    @Arg('after', () => Int, { defaultValue: 0 }) _after: number,
    @Arg('longestOutput', () => Int, { nullable: true, description: 'In characters of JSON. A longer output is left out of its event, whose payload then says `outputOmitted: true`.' })
    longestOutput?: number | null,
  ): ExecutionEvent {
    return withoutLongOutput(event, longestOutput ?? undefined);
  }

  follow(context: RequestContext, { executionId, after }: FollowRequest['args']): Promise<AsyncIterable<ExecutionEvent>> {
    return this.service.follow(identityOf(context), executionId, after);
  }

  @FieldResolver(() => Float, { nullable: true, description: 'From its first start to its end, in milliseconds.' })
  durationMs(@Root() { startedAt, finishedAt }: Execution): number | undefined {
    return startedAt && finishedAt && finishedAt.getTime() - startedAt.getTime();
  }

  @FieldResolver(() => Int, { description: 'The sequence number of its newest event.' })
  lastSeq(@Root() { id }: Execution, @Ctx() context: RequestContext): Promise<number> {
    return this.loader.lastSeq(context, id);
  }

  @FieldResolver(() => Person)
  startedBy(@Root() { startedById }: Execution, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, startedById);
  }

  @FieldResolver(() => Workflow)
  workflow(@Root() { workflowId }: Execution, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.workflows.workflow(context, workflowId);
  }

  @FieldResolver(() => WorkflowVersion)
  workflowVersion(@Root() { workflowVersionId }: Execution, @Ctx() context: RequestContext): Promise<WorkflowVersion> {
    return this.workflows.version(context, workflowVersionId);
  }

  @FieldResolver(() => [StepExecution], { description: 'In the order of the workflow version.' })
  async steps(@Root() { id, workflowVersionId, scope }: Execution, @Ctx() context: RequestContext): Promise<StepExecution[]> {
    const [states, version] = await Promise.all([this.loader.steps(context, id), this.workflows.version(context, workflowVersionId)]);
    return toStepExecutions(states, definitionWithin(version.definition, scope).steps, id);
  }

  @FieldResolver(() => StepExecution, { nullable: true, description: 'One of its steps; null where it has none of this key.' })
  async step(@Root() execution: Execution, @Ctx() context: RequestContext, @Arg('key', () => String) key: string): Promise<StepExecution | null> {
    const steps = await this.steps(execution, context);
    return steps.find((step) => step.key === key) ?? null;
  }

  @FieldResolver(() => Execution, { nullable: true, description: 'The execution that it runs a step for.' })
  async parent(@Root() { parentId }: Execution, @Ctx() context: RequestContext): Promise<Execution | null> {
    return parentId ? this.service.find(identityOf(context), parentId) : null;
  }

  @FieldResolver(() => ExecutionConnection, { description: 'What runs for its MAP and WORKFLOW steps, newest first. Lists of executions leave them out.' })
  children(
    @Root() { id }: Execution,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('stepKey', () => String, { nullable: true }) stepKey?: string | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('status', () => ExecutionStatus, { nullable: true }) status?: ExecutionStatus | null,
  ): Promise<Connection<Execution>> {
    return this.service.children(identityOf(context), id, { stepKey, status }, { first, after });
  }
}
