import { Arg, Authorized, Ctx, ID, Query, Resolver } from 'type-graphql';
import { ExecutionComparison } from '../../../../schema/execution-comparison.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type Comparisons } from './comparison.service.js';

@Resolver()
export class ComparisonResolver {
  constructor(private readonly comparisons: Comparisons) {}

  @Authorized<Permission>('execution:read')
  @Query(() => ExecutionComparison, { description: 'Two executions of a workflow, step by step. CONFLICT where they are of different ones.' })
  compareExecutions(@Ctx() context: RequestContext, @Arg('baseId', () => ID) baseId: string, @Arg('otherId', () => ID) otherId: string): Promise<ExecutionComparison> {
    return this.comparisons.compare(identityOf(context), baseId, otherId);
  }
}
