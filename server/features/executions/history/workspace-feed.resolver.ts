import { Arg, Authorized, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import { ExecutionChange } from '../../../../schema/execution-history.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type ExecutionHistory } from './execution-history.service.js';

interface FollowRequest {
  args: { workflowId?: string | null };
  context: RequestContext;
}

@Resolver()
export class WorkspaceFeedResolver {
  constructor(private readonly history: ExecutionHistory) {}

  @Authorized<Permission>('execution:read')
  @Subscription(() => ExecutionChange, {
    description:
      'Executions of the workspace, or of one workflow, as they are created, change their status and end, from now on; those that run for a step of another one are left out.\n' +
      'Each is told as it then stands, within a third of a second; what changes twice in that time is told once. What changed while nobody listened is not told:\n' +
      'after each connecting, subscribe first and then read `executions`, so that nothing falls between.',
    subscribe: ({ args, context }: FollowRequest) => context.instanceOf(WorkspaceFeedResolver).follow(context, args),
  })
  executionFeed(
    @Root() change: ExecutionChange,
    @Ctx() context: RequestContext,
    @Arg('workflowId', () => ID, { nullable: true }) _workflowId?: string | null,
  ): ExecutionChange {
    // What was read for the change before may have changed with this one.
    context.loaders.forget();
    return change;
  }

  follow(context: RequestContext, { workflowId }: FollowRequest['args']): Promise<AsyncIterable<ExecutionChange>> {
    return this.history.follow(identityOf(context), workflowId ?? undefined);
  }
}
