import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Budget, SetBudgetInput, Spending } from '../../../../schema/budgets.js';
import { DeletedPayload } from '../../../../schema/deleted.js';
import { DateTimeScalar } from '../../../../schema/scalars.js';
import { Workflow } from '../../../../schema/workflows.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type SpendLoader } from '../../providers/spending/spend.loader.js';
import { type WorkflowLoader } from '../workflow.loader.js';
import { type WorkflowBudgets } from './workflow-budgets.service.js';

@Resolver(() => Budget)
export class BudgetResolver {
  constructor(
    private readonly service: WorkflowBudgets,
    private readonly workflows: WorkflowLoader,
  ) {}

  @Authorized<Permission>('budget:read')
  @Query(() => [Budget], { description: 'Those of the whole workspace first.' })
  budgets(@Ctx() context: RequestContext): Promise<Budget[]> {
    return this.service.list(identityOf(context).workspaceId);
  }

  @Authorized<Permission>('budget:manage')
  @Audited('budget.set', 'budgets')
  @Mutation(() => Budget, { description: 'Limits what may be spent from now on, in the place of the limit that there was. What was spent in its day or month counts.' })
  setBudget(@Arg('input', () => SetBudgetInput) input: SetBudgetInput, @Ctx() context: RequestContext): Promise<Budget> {
    return this.service.set(identityOf(context), input);
  }

  @Authorized<Permission>('budget:manage')
  @Audited('budget.remove', 'budgets')
  @Mutation(() => DeletedPayload)
  removeBudget(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<DeletedPayload> {
    return this.service.remove(identityOf(context), id);
  }

  @FieldResolver(() => Workflow, { nullable: true, description: 'Null: the whole workspace.' })
  async workflow(@Root() { workflowId }: Budget, @Ctx() context: RequestContext): Promise<Workflow | null> {
    return workflowId === '' ? null : this.workflows.workflow(context, workflowId);
  }
}

@Resolver(() => Workflow)
export class WorkflowSpendingResolver {
  constructor(private readonly loader: SpendLoader) {}

  @FieldResolver(() => Spending, { description: 'On models, by its runs and by those of the workflows that they call. Whole days in UTC, from the first to the last.' })
  spending(
    @Root() { id }: Workflow,
    @Arg('from', () => DateTimeScalar, { nullable: true }) from: Date | null,
    @Arg('to', () => DateTimeScalar, { nullable: true }) to: Date | null,
    @Ctx() context: RequestContext,
  ): Promise<Spending> {
    return this.loader.spending(context, id, from ?? undefined, to ?? undefined);
  }
}
