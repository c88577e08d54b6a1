import { Arg, Authorized, Ctx, FieldResolver, Int, Mutation, Resolver } from 'type-graphql';
import { Retention } from '../../../../schema/retention.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type DeliveryRetention } from './delivery-retention.service.js';

@Resolver(() => Retention)
export class DeliveryRetentionResolver {
  constructor(private readonly service: DeliveryRetention) {}

  @Authorized<Permission>('retention:manage')
  @Audited('retention.deliveries', 'retention', { keep: ['args.days'] })
  @Mutation(() => Int, { description: 'How many days what arrived at triggers is kept, 1 to 3,650; of each trigger at most the newest 100,000. What waits to be launched is always kept.' })
  setDeliveryDays(@Ctx() context: RequestContext, @Arg('days', () => Int) days: number): Promise<number> {
    return this.service.setDays(identityOf(context), days);
  }

  @FieldResolver(() => Int, { description: 'Days that what arrived at triggers is kept.' })
  deliveryDays(@Ctx() context: RequestContext): Promise<number> {
    return this.service.days(identityOf(context));
  }
}
