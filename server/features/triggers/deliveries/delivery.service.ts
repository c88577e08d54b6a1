import { type Connection } from '../../../../schema/connection.js';
import { type DeliveryFilter, type FireTriggerInput, type PreviewTriggerInputsInput, type TriggerInputsPreview } from '../../../../schema/deliveries.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { isId, parseInput } from '../../../input.js';
import { type PageRequest } from '../../../pagination.js';
import { type Identity, reachesTrigger } from '../../auth/identity.js';
import { idempotencyKey } from '../../executions/idempotent-start.js';
import { examineInputValues } from '../../workflows/input-values.js';
import { ReferenceSyntaxError } from '../../workflows/reference.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type Arrival, jsonPayload } from '../launch/arrival.js';
import { type Intake } from '../launch/intake.js';
import { type Launcher } from '../launch/launcher.js';
import { mapInputs } from '../launch/mapping.js';
import { type TriggersService } from '../trigger.service.js';
import { valuesOf } from './delivery-row.js';
import { type DeliveryStore } from './delivery.store.js';
import { type DeliveryContent, type DeliveryRecord } from './delivery.types.js';

export interface DeliveriesDependencies {
  store: DeliveryStore;
  triggers: TriggersService;
  workflows: Pick<WorkflowsService, 'headVersion'>;
  intake: Intake;
  launcher: Launcher;
  now: () => Date;
}

const longestPayload = 1024 * 1024;

/** What has come to triggers: found, tried out, delivered again. */
export class DeliveriesService {
  constructor(private readonly deps: DeliveriesDependencies) {}

  /**
   * What a person or a program does by hand: the same as if the payload had arrived at the trigger.
   * @throws NotFoundError also for a trigger that the key which is used may not fire
   */
  async fire(identity: Identity, { triggerId, payload, idempotencyKey: key, test }: FireTriggerInput): Promise<DeliveryRecord> {
    const dedupKey = parseInput(idempotencyKey.optional(), key ?? undefined, 'input.idempotencyKey');
    const trigger = reachesTrigger(identity, triggerId) ? await this.deps.triggers.find(identity.workspaceId, triggerId) : undefined;
    if (!trigger) throw new NotFoundError('trigger');
    const { payload: example, ...values } = this.deps.triggers.sample(trigger);
    const content = jsonPayload(payload ?? example);
    if ((content.body?.length ?? 0) > longestPayload) throw new InvalidInputError([{ field: 'input.payload', message: 'Keep the payload to 1 MB of JSON.' }]);
    const source = identity.via === 'apiKey' ? 'API key' : 'By hand';
    const arrival: Arrival = { trigger, receivedAt: this.deps.now(), source, dedupKey, ...content, values, testFire: test };
    if (!trigger.active && !test) return this.deps.intake.refuse(arrival, 'PAUSED', 'The trigger is paused. Resume it, or try it out.');
    return this.deps.intake.accept(arrival);
  }

  /**
   * Lets an arrival come once more, to the trigger as it is now. One that is dead is tried again itself; of any other a new delivery is made.
   * @throws ConflictError for one whose sender could not be verified
   */
  async redeliver(identity: Identity, deliveryId: string): Promise<DeliveryRecord> {
    const { workspaceId } = identity;
    const delivery = await this.find(workspaceId, deliveryId);
    if (delivery.verdict === 'BAD_SIGNATURE' || delivery.verdict === 'STALE') {
      throw new ConflictError('This came from somebody who could not prove to be the sender, so it can’t be delivered again. Let the sender send it again.');
    }
    const trigger = await this.deps.triggers.find(workspaceId, delivery.triggerId);
    if (delivery.state === 'DEAD' || delivery.state === 'RETRYING') {
      await this.deps.store.revive(workspaceId, deliveryId);
      await this.deps.launcher.launch(deliveryId);
      return this.find(workspaceId, deliveryId);
    }
    const content = await this.content(workspaceId, deliveryId);
    const { headers: _, payload, ...values } = valuesOf(content, delivery.headers);
    const bodyIsPayload = !('payload' in content.values);
    return this.deps.intake.accept({
      trigger, receivedAt: this.deps.now(), source: delivery.source, dueAt: delivery.dueAt, body: content.body, payload, bodyIsPayload, headers: delivery.headers, values,
      depth: delivery.depth, testFire: delivery.testFire, redeliveryOfId: deliveryId,
    });
  }

  list({ workspaceId }: Identity, { triggerId, verdicts, state, search, from, to }: DeliveryFilter, page: PageRequest): Promise<Connection<DeliveryRecord>> {
    const wanted = { triggerId: triggerId ?? undefined, verdicts: verdicts ?? undefined, state: state ?? undefined, search: search?.trim() || undefined, from: from ?? undefined, to: to ?? undefined };
    return this.deps.store.list(workspaceId, wanted, page);
  }

  /** @throws NotFoundError */
  async find(workspaceId: string, id: string): Promise<DeliveryRecord> {
    const [delivery] = isId(id) ? await this.deps.store.findMany(workspaceId, [id]) : [];
    if (!delivery) throw new NotFoundError('delivery');
    return delivery;
  }

  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, DeliveryRecord>> {
    const deliveries = await this.deps.store.findMany(workspaceId, ids.filter(isId));
    return new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  }

  contents(workspaceId: string, ids: readonly string[]): Promise<Map<string, DeliveryContent>> {
    return this.deps.store.contents(workspaceId, ids);
  }

  /** The newest delivery of each trigger that has one. */
  async latest(workspaceId: string, triggerIds: readonly string[]): Promise<Map<string, DeliveryRecord>> {
    const deliveries = await this.deps.store.latest(workspaceId, triggerIds);
    return new Map(deliveries.map((delivery) => [delivery.triggerId, delivery]));
  }

  /** When each trigger last launched something, as far as its deliveries are kept. */
  async lastLaunched(workspaceId: string, triggerIds: readonly string[]): Promise<Map<string, Date>> {
    const deliveries = await this.deps.store.latestLaunched(workspaceId, triggerIds);
    return new Map(deliveries.map(({ triggerId, receivedAt }) => [triggerId, receivedAt]));
  }

  deadCounts(workspaceId: string, triggerIds: readonly string[]): Promise<Map<string, number>> {
    return this.deps.store.deadCounts(workspaceId, triggerIds);
  }

  /** What a mapping makes of what arrived, or of an example. */
  async previewInputs({ workspaceId }: Identity, { workflowId, type, settings, mapping, deliveryId, payload }: PreviewTriggerInputsInput): Promise<TriggerInputsPreview> {
    const { definition } = await this.deps.workflows.headVersion(workspaceId, workflowId);
    const values = typeof deliveryId === 'string' ? await this.valuesOf(workspaceId, deliveryId) : this.deps.triggers.sample({ type, settings: settings ?? {} });
    const arrived = payload === undefined || payload === null ? values : { ...values, payload };
    const problems: TriggerInputsPreview['problems'] = [];
    const readable = mapping.flatMap(({ name, from, value }) => {
      try {
        mapInputs([{ name, from: from ?? undefined, value: value ?? undefined }], definition.inputs, arrived);
        return [{ name, from: from ?? undefined, value: value ?? undefined }];
      } catch (error) {
        if (!(error instanceof ReferenceSyntaxError)) throw error;
        problems.push({ name, message: error.message });
        return [];
      }
    });
    const examined = examineInputValues(definition.inputs, mapInputs(readable, definition.inputs, arrived));
    for (const { field, message } of examined.problems.all) problems.push({ name: field.replace('input.inputs.', ''), message });
    return { inputs: examined.values, problems };
  }

  private async valuesOf(workspaceId: string, deliveryId: string): Promise<Record<string, unknown>> {
    const { headers } = await this.find(workspaceId, deliveryId);
    return { ...valuesOf(await this.content(workspaceId, deliveryId), headers), delivery: { id: deliveryId } };
  }

  private async content(workspaceId: string, deliveryId: string): Promise<DeliveryContent> {
    const content = (await this.deps.store.contents(workspaceId, [deliveryId])).get(deliveryId);
    if (!content) throw new NotFoundError('delivery');
    return content;
  }
}
