import { Arg, Authorized, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../../../schema/auth.js';
import { type Connection } from '../../../schema/connection.js';
import { RunConcurrency, WorkflowInput, WorkflowStep } from '../../../schema/workflow-steps.js';
import { CreateWorkflowInput, UpdateWorkflowInput, Workflow, WorkflowConnection, WorkflowVersion, WorkflowVersionConnection } from '../../../schema/workflows.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type PersonLoader } from '../auth/person.loader.js';
import { type WorkflowLoader } from './workflow.loader.js';
import { type WorkflowsService, type WorkflowVersionRecord } from './workflow.service.js';

@Resolver(() => Workflow)
export class WorkflowResolver {
  constructor(
    private readonly service: WorkflowsService,
    private readonly loader: WorkflowLoader,
  ) {}

  @Authorized<Permission>('workflow:read')
  @Query(() => Workflow)
  workflow(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.service.get(identityOf(context).workspaceId, id);
  }

  @Authorized<Permission>('workflow:read')
  @Query(() => WorkflowConnection)
  workflows(
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Arg('search', () => String, { nullable: true }) search: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Workflow>> {
    return this.service.list(identityOf(context).workspaceId, { first, after, search });
  }

  @Authorized<Permission>('workflow:read')
  @Query(() => WorkflowVersion)
  workflowVersion(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<WorkflowVersion> {
    return this.service.version(identityOf(context).workspaceId, id);
  }

  @Authorized<Permission>('workflow:write')
  @Audited('workflow.create', 'workflow', { id: 'result.id' })
  @Mutation(() => Workflow)
  createWorkflow(@Arg('input', () => CreateWorkflowInput) input: CreateWorkflowInput, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.service.create(identityOf(context), input);
  }

  @Authorized<Permission>('workflow:write')
  @Audited('workflow.update', 'workflow', { id: 'args.input.id' })
  @Mutation(() => Workflow)
  updateWorkflow(@Arg('input', () => UpdateWorkflowInput) input: UpdateWorkflowInput, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.service.update(identityOf(context), input);
  }

  @FieldResolver(() => WorkflowVersion)
  head(@Root() { id }: Workflow, @Ctx() context: RequestContext): Promise<WorkflowVersion> {
    return this.loader.head(context, id);
  }

  @FieldResolver(() => WorkflowVersionConnection)
  versions(
    @Root() { id }: Workflow,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Connection<WorkflowVersion>> {
    return this.service.versions(identityOf(context).workspaceId, id, { first, after });
  }
}

@Resolver(() => WorkflowVersion)
export class WorkflowVersionResolver {
  constructor(
    private readonly loader: WorkflowLoader,
    private readonly people: PersonLoader,
  ) {}

  @FieldResolver(() => Workflow)
  workflow(@Root() { workflowId }: WorkflowVersion, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.loader.workflow(context, workflowId);
  }

  @FieldResolver(() => Person)
  author(@Root() { authorId }: WorkflowVersion, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, authorId);
  }

  @FieldResolver(() => [WorkflowInput])
  inputs(@Root() { definition }: WorkflowVersionRecord): WorkflowInput[] {
    return definition.inputs;
  }

  @FieldResolver(() => Int)
  maxParallel(@Root() { definition }: WorkflowVersionRecord): number {
    return definition.maxParallel;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How long a run may take from its start, what it waits included.' })
  deadlineMs(@Root() { definition }: WorkflowVersionRecord): number | undefined {
    return definition.deadlineMs;
  }

  @FieldResolver(() => RunConcurrency, { nullable: true })
  concurrency(@Root() { definition }: WorkflowVersionRecord): RunConcurrency | undefined {
    return definition.concurrency;
  }

  @FieldResolver(() => Float, { nullable: true, description: 'What one run may cost, in US dollars.' })
  budgetUsd(@Root() { definition }: WorkflowVersionRecord): number | undefined {
    return definition.budgetUsd;
  }

  @FieldResolver(() => [WorkflowStep])
  steps(@Root() { definition }: WorkflowVersionRecord): WorkflowStep[] {
    return definition.steps;
  }
}
