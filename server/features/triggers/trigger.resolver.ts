import { Arg, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Person } from '../../../schema/auth.js';
import { type Connection } from '../../../schema/connection.js';
import { Delivery, DeliveryConnection } from '../../../schema/deliveries.js';
import { DateTimeScalar, JsonScalar } from '../../../schema/scalars.js';
import { CreateTriggerInput, CreateTriggerPayload, DeleteTriggerPayload, Trigger, TriggerConnection, TriggerFilter, UpdateTriggerInput } from '../../../schema/triggers.js';
import { Workflow } from '../../../schema/workflows.js';
import { Audited } from '../../graphql/audited.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type PersonLoader } from '../auth/person.loader.js';
import { type WorkflowLoader } from '../workflows/workflow.loader.js';
import { type DeliveriesService } from './deliveries/delivery.service.js';
import { type TriggerLoader } from './trigger.loader.js';
import { type TriggersService } from './trigger.service.js';
import { toView } from './trigger.view.js';

@Resolver(() => Trigger)
export class TriggerResolver {
  constructor(
    private readonly service: TriggersService,
    private readonly deliveryService: DeliveriesService,
    private readonly loader: TriggerLoader,
    private readonly workflows: WorkflowLoader,
    private readonly people: PersonLoader,
  ) {}

  @Authorized<Permission>('trigger:read')
  @Query(() => TriggerConnection, { description: 'Newest first.' })
  async triggers(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('filter', () => TriggerFilter, { nullable: true }) filter?: TriggerFilter | null,
  ): Promise<Connection<Trigger>> {
    const { edges, pageInfo } = await this.service.list(identityOf(context), filter ?? {}, { first, after });
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: toView(node) })), pageInfo };
  }

  @Authorized<Permission>('trigger:read')
  @Query(() => Trigger)
  async trigger(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Trigger> {
    return toView(await this.service.find(identityOf(context).workspaceId, id));
  }

  @Authorized<Permission>('trigger:write')
  @Audited('trigger.create', 'trigger', { id: 'result.trigger.id' })
  @Mutation(() => CreateTriggerPayload)
  async createTrigger(@Ctx() context: RequestContext, @Arg('input', () => CreateTriggerInput) input: CreateTriggerInput): Promise<CreateTriggerPayload> {
    const { trigger, secret } = await this.service.create(identityOf(context), input);
    return { trigger: toView(trigger), secret };
  }

  @Authorized<Permission>('trigger:write')
  @Audited('trigger.update', 'trigger', { id: 'args.input.id' })
  @Mutation(() => Trigger)
  async updateTrigger(@Ctx() context: RequestContext, @Arg('input', () => UpdateTriggerInput) input: UpdateTriggerInput): Promise<Trigger> {
    return toView(await this.service.update(identityOf(context), input));
  }

  @Authorized<Permission>('trigger:write')
  @Audited('trigger.pause', 'trigger', { id: 'args.id' })
  @Mutation(() => Trigger, { description: 'What arrives while it is paused is kept and launches nothing.' })
  async pauseTrigger(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Trigger> {
    return toView(await this.service.setActive(identityOf(context), id, false));
  }

  @Authorized<Permission>('trigger:write')
  @Audited('trigger.resume', 'trigger', { id: 'args.id' })
  @Mutation(() => Trigger, { description: 'What arrived, or was due, while it was paused is not launched by this.' })
  async resumeTrigger(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<Trigger> {
    return toView(await this.service.setActive(identityOf(context), id, true));
  }

  @Authorized<Permission>('trigger:write')
  @Audited('trigger.delete', 'trigger', { id: 'args.id' })
  @Mutation(() => DeleteTriggerPayload, { description: 'Its deliveries stay for as long as they are kept, and the executions that it launched.' })
  deleteTrigger(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<DeleteTriggerPayload> {
    return this.service.delete(identityOf(context), id);
  }

  @FieldResolver(() => Workflow)
  workflow(@Root() { workflowId }: Trigger, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.workflows.workflow(context, workflowId);
  }

  @FieldResolver(() => Person)
  createdBy(@Root() { createdById }: Trigger, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, createdById);
  }

  @FieldResolver(() => DeliveryConnection, { description: 'Newest first.' })
  deliveries(
    @Root() { id }: Trigger,
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 20 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Connection<Delivery>> {
    return this.deliveryService.list(identityOf(context), { triggerId: id }, { first, after });
  }

  @FieldResolver(() => Delivery, { nullable: true })
  lastDelivery(@Root() { id }: Trigger, @Ctx() context: RequestContext): Promise<Delivery | null> {
    return this.loader.latest(context, id);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: 'When it last launched something, as far as that is kept.' })
  async lastFiredAt(@Root() { id, lastFiredAt }: Trigger, @Ctx() context: RequestContext): Promise<Date | null> {
    return (await this.loader.lastLaunched(context, id)) ?? lastFiredAt ?? null;
  }

  @FieldResolver(() => Int, { description: 'Deliveries whose launch was given up.' })
  deadDeliveries(@Root() { id }: Trigger, @Ctx() context: RequestContext): Promise<number> {
    return this.loader.deadCount(context, id);
  }

  @FieldResolver(() => JsonScalar, { description: 'What arrives, as an example: what the paths of its mapping are read from.' })
  sample(@Root() { type, settings }: Trigger): unknown {
    return this.service.sample({ type, settings });
  }
}
