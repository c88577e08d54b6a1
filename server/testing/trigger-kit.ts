import { ExecutionIntake } from '../features/executions/execution-intake.js';
import { CalledVersions } from '../features/executions/called-versions.js';
import { LaunchPlans } from '../features/executions/launch-plans.js';
import { type Runner } from '../features/executions/runner.js';
import { DeliveriesService } from '../features/triggers/deliveries/delivery.service.js';
import { DeliveryStore } from '../features/triggers/deliveries/delivery.store.js';
import { ArrivalRates } from '../features/triggers/launch/arrival-rates.js';
import { type Arrival, jsonPayload } from '../features/triggers/launch/arrival.js';
import { Intake } from '../features/triggers/launch/intake.js';
import { LaunchJobs } from '../features/triggers/launch/launch.jobs.js';
import { LaunchStore } from '../features/triggers/launch/launch.store.js';
import { Launcher } from '../features/triggers/launch/launcher.js';
import { TriggersService } from '../features/triggers/trigger.service.js';
import { TriggerStore } from '../features/triggers/trigger.store.js';
import { type TriggerRecord } from '../features/triggers/trigger.types.js';
import { createTriggerTypes } from '../features/triggers/types/registry.js';
import { type TriggerType } from '../features/triggers/types/trigger-type.js';
import { type CreateTriggerInput } from '../../schema/triggers.js';
import { type Database } from '../database/database.js';
import { type ExecutionKit } from './execution-kit.js';
import { type ManualJobQueue } from './manual-job-queue.js';

export interface TriggerKitOptions {
  types?: readonly TriggerType[];
  /** Of a process of its own, on the same data. */
  database?: Database;
  /** Of a process whose job store is its own. */
  jobs?: ManualJobQueue;
  /** What runs in the same process; absent: nothing does. */
  runner?: Pick<Runner, 'reserve'>;
}

/** What launches workflows, as one process has it, beside what runs them. */
export function startTriggerKit(kit: ExecutionKit, { types: more = [], database = kit.database, jobs = kit.jobs, runner }: TriggerKitOptions = {}) {
  const { bus, workflows, stepPrompts, faults } = kit;
  const now = () => jobs.now;
  const plans = new LaunchPlans(workflows, { prompts: stepPrompts, called: new CalledVersions(workflows) });
  plans.listen(bus);
  const executions = new ExecutionIntake(plans, workflows, bus, runner);
  const types = createTriggerTypes(more);
  const store = new TriggerStore(database);
  const deliveryStore = new DeliveryStore(database);
  const launchStore = new LaunchStore(database, executions, () => bus.publish('outbox.filled', {}));
  const onFault = (error: unknown) => faults.push(error);
  const intake = new Intake({ store: launchStore, executions, types, jobs, bus, now, onFault, rates: new ArrivalRates() });
  const launcher = new Launcher({ deliveries: deliveryStore, triggers: store, store: launchStore, intake, executions, jobs, bus, now, onFault });
  const triggers = new TriggersService({ store, types, workflows, now });
  const deliveries = new DeliveriesService({ store: deliveryStore, triggers, workflows, intake, launcher, now });
  const launchJobs = new LaunchJobs({ launcher, deliveries: deliveryStore, jobs, now, sweepMs: 10_000 });
  launchJobs.register();

  return {
    triggers,
    deliveries,
    intake,
    launchJobs,

    async createTrigger(input: Partial<CreateTriggerInput> & { workflowId: string }): Promise<TriggerRecord> {
      return (await triggers.create(kit.identity, { type: 'MANUAL', name: 'A trigger', active: true, ...input })).trigger;
    },

    accept: (trigger: TriggerRecord, payload: unknown, more: Partial<Arrival> = {}) => intake.accept({ trigger, receivedAt: now(), source: 'test', ...jsonPayload(payload), ...more }),

    delivery: (id: string) => deliveries.find(kit.identity.workspaceId, id),
  };
}

export type TriggerKit = ReturnType<typeof startTriggerKit>;
