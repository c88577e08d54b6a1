import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { type Connection } from '../../../../schema/connection.js';
import { Delivery, DeliveryConnection, DeliveryFilter, FireTriggerInput, FireTriggerPayload, PreviewTriggerInputsInput, TriggerInputsPreview } from '../../../../schema/deliveries.js';
import { Execution } from '../../../../schema/executions.js';
import { JsonScalar } from '../../../../schema/scalars.js';
import { Trigger } from '../../../../schema/triggers.js';
import { Audited } from '../../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type Permission } from '../../auth/permissions.js';
import { type ExecutionLoader } from '../../executions/execution.loader.js';
import { type TriggerLoader } from '../trigger.loader.js';
import { toView } from '../trigger.view.js';
import { type DeliveryFeed } from './delivery.feed.js';
import { type DeliveriesService } from './delivery.service.js';
import { type DeliveryRecord } from './delivery.types.js';

interface FollowRequest {
  args: { triggerId: string };
  context: RequestContext;
}

@Resolver(() => Delivery)
export class DeliveryResolver {
  constructor(
    private readonly service: DeliveriesService,
    private readonly feed: DeliveryFeed,
    private readonly loader: TriggerLoader,
    private readonly executions: ExecutionLoader,
  ) {}

  @Authorized<Permission>('trigger:read')
  @Query(() => DeliveryConnection, { description: 'Newest first.' })
  deliveries(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('filter', () => DeliveryFilter, { nullable: true }) filter?: DeliveryFilter | null,
  ): Promise<Connection<Delivery>> {
    return this.service.list(identityOf(context), filter ?? {}, { first, after });
  }

  @Authorized<Permission>('trigger:read')
  @Query(() => Delivery)
  delivery(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Delivery> {
    return this.service.find(identityOf(context).workspaceId, id);
  }

  @Authorized<Permission>('trigger:read')
  @Query(() => TriggerInputsPreview, { description: 'What a mapping makes of what arrived, or of an example.' })
  previewTriggerInputs(@Ctx() context: RequestContext, @Arg('input', () => PreviewTriggerInputsInput) input: PreviewTriggerInputsInput): Promise<TriggerInputsPreview> {
    return this.service.previewInputs(identityOf(context), input);
  }

  @Authorized<Permission>('trigger:fire')
  @Audited('trigger.fire', 'trigger', { id: 'args.input.triggerId', keep: ['args.input.test', 'result.delivery.id'], execution: 'result.execution.id', behind: true })
  @Mutation(() => FireTriggerPayload, { description: 'The same as if the payload had arrived at the trigger, of any type.' })
  async fireTrigger(@Ctx() context: RequestContext, @Arg('input', () => FireTriggerInput) input: FireTriggerInput): Promise<FireTriggerPayload> {
    return this.toPayload(context, await this.service.fire(identityOf(context), input));
  }

  @Authorized<Permission>('trigger:write')
  @Audited('delivery.redeliver', 'delivery', { id: 'args.deliveryId', execution: 'result.execution.id' })
  @Mutation(() => FireTriggerPayload, { description: 'Lets an arrival come once more, to the trigger as it is now. One that is DEAD is tried again itself; of any other a new delivery is made.' })
  async redeliver(@Ctx() context: RequestContext, @Arg('deliveryId', () => ID) deliveryId: string): Promise<FireTriggerPayload> {
    return this.toPayload(context, await this.service.redeliver(identityOf(context), deliveryId));
  }

  @Authorized<Permission>('trigger:read')
  @Subscription(() => Delivery, {
    description: 'Deliveries of a trigger as they are stored, and as what became of them changes, from now on. What came while nobody listened is not told: subscribe first and then read `deliveries`.',
    subscribe: ({ args, context }: FollowRequest) => context.instanceOf(DeliveryResolver).follow(context, args),
  })
  deliveryFeed(@Root() delivery: Delivery, @Ctx() context: RequestContext, @Arg('triggerId', () => ID) _triggerId: string): Delivery {
    context.loaders.forget();
    return delivery;
  }

  follow(context: RequestContext, { triggerId }: FollowRequest['args']): Promise<AsyncIterable<Delivery>> {
    return this.feed.follow(identityOf(context), triggerId);
  }

  @FieldResolver(() => Trigger, { nullable: true })
  async trigger(@Root() { triggerId }: Delivery, @Ctx() context: RequestContext): Promise<Trigger | null> {
    const trigger = await this.loader.trigger(context, triggerId);
    return trigger && toView(trigger);
  }

  @FieldResolver(() => Execution, { nullable: true, description: 'Of a duplicate that which the first one launched. Null, too, once it is not kept any more.' })
  async execution(@Root() { executionId }: Delivery, @Ctx() context: RequestContext): Promise<Execution | null> {
    return executionId === undefined ? null : this.executions.execution(context, executionId);
  }

  @FieldResolver(() => String, { nullable: true, description: 'As it came, where it is text.' })
  async body(@Root() { id }: Delivery, @Ctx() context: RequestContext): Promise<string | null> {
    const { body } = await this.loader.content(context, id);
    return body?.toString() ?? null;
  }

  @FieldResolver(() => Int, { description: 'How long the body is.' })
  async bodyBytes(@Root() { id }: Delivery, @Ctx() context: RequestContext): Promise<number> {
    return (await this.loader.content(context, id)).body?.length ?? 0;
  }

  @FieldResolver(() => JsonScalar, { description: 'What came, as a mapping reads it: by the names that paths begin with, such as `payload`.' })
  arrived(@Root() delivery: DeliveryRecord, @Ctx() context: RequestContext): Promise<Record<string, unknown>> {
    return this.loader.arrived(context, delivery);
  }

  private async toPayload(context: RequestContext, delivery: DeliveryRecord): Promise<FireTriggerPayload> {
    const execution = delivery.executionId === undefined ? null : await this.executions.execution(context, delivery.executionId);
    return { delivery, execution: execution ?? undefined };
  }
}
