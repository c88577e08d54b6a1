import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { Execution } from '../../../schema/executions.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type ExecutionControl } from './execution-control.service.js';

@Resolver()
export class ExecutionControlResolver {
  constructor(private readonly control: ExecutionControl) {}

  @Authorized<Permission>('execution:start')
  @Audited('execution.cancel', 'execution', { id: 'args.id' })
  @Mutation(() => Execution, { description: 'Ends it, the model calls that it has under way included. CONFLICT when it has ended. Its events say when it is done.' })
  cancelExecution(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Execution> {
    return this.control.cancel(identityOf(context), id);
  }

  @Authorized<Permission>('execution:start')
  @Audited('execution.pause', 'execution', { id: 'args.id' })
  @Mutation(() => Execution, { description: 'Starts no more of its steps; those that run may finish.' })
  pauseExecution(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Execution> {
    return this.control.pause(identityOf(context), id);
  }

  @Authorized<Permission>('execution:start')
  @Audited('execution.resume', 'execution', { id: 'args.id' })
  @Mutation(() => Execution, { description: 'Goes on with a paused execution where it was. CONFLICT when it is not paused.' })
  resumeExecution(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Execution> {
    return this.control.resume(identityOf(context), id);
  }
}
