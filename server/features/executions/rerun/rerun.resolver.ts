import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Resolver, Root } from 'type-graphql';
import { type Connection } from '../../../../schema/connection.js';
import { Execution, ExecutionConnection } from '../../../../schema/executions.js';
import { RerunExecutionInput, RerunOutcome } from '../../../../schema/reruns.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type ExecutionLoader } from '../execution.loader.js';
import { type Reruns } from './rerun.service.js';

@Resolver(() => Execution)
export class RerunResolver {
  constructor(
    private readonly service: Reruns,
    private readonly loader: ExecutionLoader,
  ) {}

  @Authorized<Permission>('execution:start')
  @Audited('execution.rerun', 'execution', { id: 'args.input.executionId', execution: 'result.id', behind: true })
  @Mutation(() => Execution, { description: 'Runs an execution again that has ended: with the same inputs, and with what it pinned unless asked otherwise. CONFLICT while it has not ended.' })
  rerunExecution(@Ctx() context: RequestContext, @Arg('input', () => RerunExecutionInput) input: RerunExecutionInput): Promise<Execution> {
    return this.service.rerun(identityOf(context), input);
  }

  @Authorized<Permission>('execution:start')
  @Audited('execution.rerun', 'execution', { id: 'args.ids', behind: true })
  @Mutation(() => [RerunOutcome], { description: 'Runs up to 100 executions again, each as it was.' })
  rerunExecutions(@Ctx() context: RequestContext, @Arg('ids', () => [ID]) ids: string[]): Promise<RerunOutcome[]> {
    return this.service.rerunAll(identityOf(context), ids);
  }

  @FieldResolver(() => Execution, { nullable: true, description: 'The execution that it repeats; null where it repeats none, and where that is no longer kept.' })
  async rerunOf(@Root() { rerunOfId }: Execution, @Ctx() context: RequestContext): Promise<Execution | null> {
    return rerunOfId ? this.loader.execution(context, rerunOfId) : null;
  }

  @FieldResolver(() => ExecutionConnection, { description: 'Those that repeat it, newest first.' })
  reruns(
    @Root() { id }: Execution,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Execution>> {
    return this.service.of(identityOf(context), id, { first, after });
  }
}
