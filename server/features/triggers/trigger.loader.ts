import { NotFoundError } from '../../errors.js';
import { groupBy } from '../../group-by.js';
import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type DeliveriesService } from './deliveries/delivery.service.js';
import { valuesOf } from './deliveries/delivery-row.js';
import { type DeliveryContent, type DeliveryRecord } from './deliveries/delivery.types.js';
import { type TriggersService } from './trigger.service.js';
import { type TriggerRecord } from './trigger.types.js';

/** Triggers and deliveries as fields refer to them: each kind read in one query a request. */
export class TriggerLoader {
  private readonly readTriggers: ReadMany<TriggerRecord | null>;
  private readonly readOfWorkflows: ReadMany<TriggerRecord[]>;
  private readonly readLatest: ReadMany<DeliveryRecord | null>;
  private readonly readLastLaunched: ReadMany<Date | null>;
  private readonly readDead: ReadMany<number>;
  private readonly readDeliveries: ReadMany<DeliveryRecord | null>;
  private readonly readContents: ReadMany<DeliveryContent>;

  constructor(triggers: TriggersService, deliveries: DeliveriesService) {
    this.readTriggers = (workspaceId, ids) => triggers.byIds(workspaceId, ids);
    this.readOfWorkflows = async (workspaceId, ids) => groupBy(await triggers.ofWorkflows(workspaceId, ids), ({ workflowId }) => workflowId);
    this.readLatest = (workspaceId, ids) => deliveries.latest(workspaceId, ids);
    this.readLastLaunched = (workspaceId, ids) => deliveries.lastLaunched(workspaceId, ids);
    this.readDead = (workspaceId, ids) => deliveries.deadCounts(workspaceId, ids);
    this.readDeliveries = (workspaceId, ids) => deliveries.byIds(workspaceId, ids);
    this.readContents = (workspaceId, ids) => deliveries.contents(workspaceId, ids);
  }

  /** Deleted ones too; null once nothing of one is kept. */
  trigger(context: RequestContext, id: string): Promise<TriggerRecord | null> {
    return context.loaders.load(this.readTriggers, identityOf(context), id, () => null);
  }

  ofWorkflow(context: RequestContext, workflowId: string): Promise<TriggerRecord[]> {
    return context.loaders.load(this.readOfWorkflows, identityOf(context), workflowId, () => []);
  }

  latest(context: RequestContext, triggerId: string): Promise<DeliveryRecord | null> {
    return context.loaders.load(this.readLatest, identityOf(context), triggerId, () => null);
  }

  lastLaunched(context: RequestContext, triggerId: string): Promise<Date | null> {
    return context.loaders.load(this.readLastLaunched, identityOf(context), triggerId, () => null);
  }

  deadCount(context: RequestContext, triggerId: string): Promise<number> {
    return context.loaders.load(this.readDead, identityOf(context), triggerId, () => 0);
  }

  /** Null once it is not kept any more. */
  delivery(context: RequestContext, id: string): Promise<DeliveryRecord | null> {
    return context.loaders.load(this.readDeliveries, identityOf(context), id, () => null);
  }

  content(context: RequestContext, deliveryId: string): Promise<DeliveryContent> {
    return context.loaders.load(this.readContents, identityOf(context), deliveryId, () => new NotFoundError('delivery'));
  }

  async arrived(context: RequestContext, { id, headers }: DeliveryRecord): Promise<Record<string, unknown>> {
    return valuesOf(await this.content(context, id), headers);
  }
}
