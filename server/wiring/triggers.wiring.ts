import { ApiLaunches } from '../features/triggers/api/api-launches.service.js';
import { DeliveryFeed } from '../features/triggers/deliveries/delivery.feed.js';
import { DeliveryResolver } from '../features/triggers/deliveries/delivery.resolver.js';
import { DeliveriesService } from '../features/triggers/deliveries/delivery.service.js';
import { DeliveryStore } from '../features/triggers/deliveries/delivery.store.js';
import { ArrivalRates } from '../features/triggers/launch/arrival-rates.js';
import { Intake } from '../features/triggers/launch/intake.js';
import { LaunchJobs } from '../features/triggers/launch/launch.jobs.js';
import { LaunchStore } from '../features/triggers/launch/launch.store.js';
import { Launcher } from '../features/triggers/launch/launcher.js';
import { LaunchedByResolver, WorkflowTriggersResolver } from '../features/triggers/launched-by.resolver.js';
import { DeliveryRetentionResolver } from '../features/triggers/retention/delivery-retention.resolver.js';
import { DeliveryRetention } from '../features/triggers/retention/delivery-retention.service.js';
import { DeliveryRetentionStore } from '../features/triggers/retention/delivery-retention.store.js';
import { ScheduleAlarm } from '../features/triggers/schedule/schedule-alarm.js';
import { TriggerLoader } from '../features/triggers/trigger.loader.js';
import { TriggerResolver } from '../features/triggers/trigger.resolver.js';
import { TriggersService } from '../features/triggers/trigger.service.js';
import { type TriggerStore } from '../features/triggers/trigger.store.js';
import { createTriggerTypes } from '../features/triggers/types/registry.js';
import { scheduledTriggerType } from '../features/triggers/types/scheduled.trigger-type.js';
import { webhookTriggerType } from '../features/triggers/types/webhook.trigger-type.js';
import { TriggerSecrets } from '../features/triggers/webhook/trigger-secrets.js';
import { type Ground } from '../ground.js';
import { HourlyJob } from '../jobs/hourly-job.js';
import { Vault } from '../vault/vault.js';
import { type AuthParts } from './auth.wiring.js';
import { type ExecutionParts } from './executions.wiring.js';
import { type WorkflowParts } from './workflows.wiring.js';

/** What launches workflows. */
export function wireTriggers(ground: Ground, store: TriggerStore, { people }: AuthParts, { workflows, workflowLoader, inputSchemas }: WorkflowParts, { executions, executionIntake, executionLoader }: ExecutionParts) {
  const { config, logger, database, bus, jobs, now } = ground;
  const secrets = new TriggerSecrets(new Vault(config.encryptionKey, 'trigger-secret'));
  const scheduleAlarm = new ScheduleAlarm(jobs, now);
  const types = createTriggerTypes([scheduledTriggerType(scheduleAlarm), webhookTriggerType(secrets, inputSchemas)]);
  const deliveryStore = new DeliveryStore(database);
  const launchStore = new LaunchStore(database, executionIntake, () => bus.publish('outbox.filled', {}));
  const onFault = (err: unknown, deliveryId: string) => logger.error({ err, deliveryId }, 'A launch failed unexpectedly and will be tried again');
  const intake = new Intake({ store: launchStore, executions: executionIntake, types, jobs, bus, now, onFault, rates: new ArrivalRates() });
  const launcher = new Launcher({ deliveries: deliveryStore, triggers: store, store: launchStore, intake, executions: executionIntake, jobs, bus, now, onFault });
  const triggers = new TriggersService({ store, types, workflows, now });
  const deliveries = new DeliveriesService({ store: deliveryStore, triggers, workflows, intake, launcher, now });
  const retention = new DeliveryRetention(new DeliveryRetentionStore(database));
  const loader = new TriggerLoader(triggers, deliveries);
  return {
    triggers,
    deliveries,
    intake,
    apiLaunches: new ApiLaunches({ triggers, intake, executions, now }),
    secrets,
    scheduleAlarm,
    launchJobs: new LaunchJobs({ launcher, deliveries: deliveryStore, jobs, now, sweepMs: (config.runLeaseMs * 2) / 3 }),
    retentionJobs: new HourlyJob({ name: 'trigger.prune', firstAfterMs: 90_000, work: (at) => retention.prune(at), jobs, now }),
    resolvers: [
      new TriggerResolver(triggers, deliveries, loader, workflowLoader, people),
      new DeliveryResolver(deliveries, new DeliveryFeed(deliveries, triggers, bus), loader, executionLoader),
      new LaunchedByResolver(loader),
      new WorkflowTriggersResolver(loader),
      new DeliveryRetentionResolver(retention),
    ],
  };
}

export type TriggerParts = ReturnType<typeof wireTriggers>;
