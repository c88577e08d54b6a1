import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { Retention, UpdateRetentionInput } from '../../../../schema/retention.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type RetentionService } from './retention.service.js';

@Resolver()
export class RetentionResolver {
  constructor(private readonly service: RetentionService) {}

  @Authorized<Permission>('execution:read')
  @Query(() => Retention)
  retention(@Ctx() context: RequestContext): Promise<Retention> {
    return this.service.settings(identityOf(context));
  }

  @Authorized<Permission>('retention:manage')
  @Audited('retention.update', 'retention')
  @Mutation(() => Retention, { description: 'What is not kept any more is deleted within the hour, and can not be brought back.' })
  updateRetention(@Ctx() context: RequestContext, @Arg('input', () => UpdateRetentionInput) input: UpdateRetentionInput): Promise<Retention> {
    return this.service.update(identityOf(context), input);
  }
}
