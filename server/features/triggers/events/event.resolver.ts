import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { EmitEventInput, EmitEventPayload, ProductEvent } from '../../../../schema/events.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type EventsService } from './event.service.js';
import { productEventSamples } from './product-events.js';

@Resolver()
export class EventResolver {
  constructor(private readonly service: EventsService) {}

  @Authorized<Permission>('event:emit')
  @Audited('event.emit', 'event', { id: 'result.id', keep: ['args.input.type'], behind: true })
  @Mutation(() => EmitEventPayload, { description: 'Launches every workflow that has a trigger which waits for such an event.' })
  emitEvent(@Ctx() context: RequestContext, @Arg('input', () => EmitEventInput) input: EmitEventInput): Promise<EmitEventPayload> {
    return this.service.emit(identityOf(context), input);
  }

  @Authorized<Permission>('trigger:read')
  @Query(() => [ProductEvent], { description: 'What the product itself emits, for triggers by events.' })
  productEvents(): ProductEvent[] {
    return Object.entries(productEventSamples).map(([type, sample]) => ({ type, sample }));
  }
}
