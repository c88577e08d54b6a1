import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type Connection } from '../../../../schema/connection.js';
import { CancelExecutionsInput, CancelledExecutions, ExecutionFilterInput, SetExecutionLabelsInput } from '../../../../schema/execution-history.js';
import { Execution, ExecutionConnection, ExecutionStatus, StepExecution } from '../../../../schema/executions.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type ExecutionHistoryLoader } from './execution-history.loader.js';
import { type ExecutionHistory } from './execution-history.service.js';

@Resolver(() => Execution)
export class ExecutionHistoryResolver {
  constructor(
    private readonly history: ExecutionHistory,
    private readonly loader: ExecutionHistoryLoader,
  ) {}

  @Authorized<Permission>('execution:read')
  @Query(() => ExecutionConnection, { description: 'Newest first. Those that run for a step of another one are found there, as its `children`.' })
  executions(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('filter', () => ExecutionFilterInput, { nullable: true }) filter?: ExecutionFilterInput | null,
    @Arg('workflowId', () => ID, { nullable: true, description: 'In short for the filter of this name.' }) workflowId?: string | null,
    @Arg('status', () => ExecutionStatus, { nullable: true, description: 'In short for a filter with this as its one status.' }) status?: ExecutionStatus | null,
  ): Promise<Connection<Execution>> {
    return this.history.list(identityOf(context), { ...(workflowId && { workflowId }), ...(status && { statuses: [status] }), ...filter }, { first, after });
  }

  @Authorized<Permission>('execution:read')
  @Query(() => [String], { description: 'The labels that executions of the workspace have, in the order of the alphabet; at most 500.' })
  executionLabels(@Ctx() context: RequestContext): Promise<string[]> {
    return this.history.labels(identityOf(context));
  }

  @Authorized<Permission>('execution:start')
  @Audited('execution.label', 'execution', { id: 'args.input.id' })
  @Mutation(() => Execution, { description: 'Gives it these labels instead of those that it has.' })
  setExecutionLabels(@Ctx() context: RequestContext, @Arg('input', () => SetExecutionLabelsInput) input: SetExecutionLabelsInput): Promise<Execution> {
    return this.history.setLabels(identityOf(context), input);
  }

  @Authorized<Permission>('execution:start')
  @Audited('execution.cancel-many', 'executions', { keep: ['args.input.ids', 'args.input.filter', 'result.cancelled'] })
  @Mutation(() => CancelledExecutions, { description: 'Ends up to 1,000 executions, the model calls that they have under way included.' })
  cancelExecutions(@Ctx() context: RequestContext, @Arg('input', () => CancelExecutionsInput) input: CancelExecutionsInput): Promise<CancelledExecutions> {
    return this.history.cancel(identityOf(context), input);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Its place among those of its workflow that have not begun, from 1; where only runs with the same key are limited, among those. Null once it has begun.',
  })
  queuePosition(@Root() { id, status }: Execution, @Ctx() context: RequestContext): Promise<number | null> | null {
    return status === 'QUEUED' ? this.loader.queuePosition(context, id) : null;
  }
}

@Resolver(() => StepExecution)
export class StepChildrenResolver {
  constructor(private readonly loader: ExecutionHistoryLoader) {}

  @FieldResolver(() => Int, { description: 'How many executions run, or ran, for it: the items of a MAP, or the one that a WORKFLOW step calls.' })
  childCount(@Root() { executionId, key }: StepExecution, @Ctx() context: RequestContext): Promise<number> | number {
    return executionId === undefined ? 0 : this.loader.childCount(context, executionId, key);
  }
}
