import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { ExecutionStats as ExecutionStatsType, ExecutionStatsInput } from '../../../../schema/execution-stats.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type ExecutionStats } from './execution-stats.service.js';

@Resolver()
export class ExecutionStatsResolver {
  constructor(private readonly stats: ExecutionStats) {}

  @Authorized<Permission>('execution:read')
  @Query(() => ExecutionStatsType, { description: 'Runs that were created in a time, counted: how they ended, how long they took and what they used. Those that run for a step of another one count with it.' })
  executionStats(@Ctx() context: RequestContext, @Arg('input', () => ExecutionStatsInput) input: ExecutionStatsInput): Promise<ExecutionStatsType> {
    return this.stats.of(identityOf(context), input);
  }
}
