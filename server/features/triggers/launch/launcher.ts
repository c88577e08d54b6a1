import { DomainError, NotFoundError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { type JobQueue } from '../../../jobs/job-queue.js';
import { type ExecutionIntake } from '../../executions/execution-intake.js';
import { valuesOf } from '../deliveries/delivery-row.js';
import { type DeliveryStore } from '../deliveries/delivery.store.js';
import { type DeliveryRecord } from '../deliveries/delivery.types.js';
import { type TriggerStore } from '../trigger.store.js';
import { type TriggerRecord } from '../trigger.types.js';
import { failedLaunch, type Intake } from './intake.js';
import { type LaunchStore } from './launch.store.js';

export interface LauncherDependencies {
  deliveries: DeliveryStore;
  triggers: Pick<TriggerStore, 'find'>;
  store: LaunchStore;
  intake: Pick<Intake, 'prepare'>;
  executions: ExecutionIntake;
  jobs: JobQueue;
  bus: EventBus;
  now: () => Date;
  onFault: (error: unknown, deliveryId: string) => void;
}

/** Tries again to launch what was accepted and could not be launched. */
export class Launcher {
  constructor(private readonly deps: LauncherDependencies) {}

  /** However many try at once, one execution is launched. Nothing happens where the delivery does not wait for it any more. */
  async launch(deliveryId: string): Promise<void> {
    const delivery = await this.deps.deliveries.findRetrying(deliveryId);
    if (!delivery) return;
    const { workspaceId, triggerId } = delivery;
    let trigger: TriggerRecord | undefined;
    try {
      trigger = await this.deps.triggers.find(workspaceId, triggerId);
      await this.tryOnce(trigger, delivery);
    } catch (error) {
      if (!(error instanceof DomainError)) this.deps.onFault(error, deliveryId);
      await this.noteFailure(trigger, delivery, error);
    }
    this.deps.bus.publish('trigger.delivery', { workspaceId, triggerId, deliveryId });
  }

  private async tryOnce(trigger: TriggerRecord | undefined, delivery: DeliveryRecord): Promise<void> {
    const { id, workspaceId, headers } = delivery;
    const { deliveries, intake, executions, store, now } = this.deps;
    if (!trigger) throw new NotFoundError('trigger', 'Its trigger has been deleted.');
    const content = (await deliveries.contents(workspaceId, [id])).get(id);
    const prepared = await intake.prepare(trigger, id, delivery, content ? valuesOf(content, headers) : { headers });
    if (await store.launchLate(trigger, delivery, prepared, now())) executions.announce([prepared]);
  }

  private async noteFailure(trigger: TriggerRecord | undefined, delivery: DeliveryRecord, error: unknown): Promise<void> {
    const { store, jobs, now } = this.deps;
    const { id, attempts } = delivery;
    const failure = failedLaunch(error, attempts + 1, now());
    await store.noteFailure(trigger, delivery, failure, now());
    if (failure.retryAt) await jobs.schedule('trigger.launch', id, { deliveryId: id }, failure.retryAt);
  }
}
