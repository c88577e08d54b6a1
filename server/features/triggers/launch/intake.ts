import { DomainError } from '../../../errors.js';
import { type EventBus } from '../../../events/event-bus.js';
import { GroupQueue } from '../../../group-queue.js';
import { type JobQueue } from '../../../jobs/job-queue.js';
import { type ExecutionIntake, type PreparedExecution } from '../../executions/execution-intake.js';
import { type DeliveryRecord, type Verdict } from '../deliveries/delivery.types.js';
import { type TriggerRecord } from '../trigger.types.js';
import { type TriggerTypes } from '../types/registry.js';
import { type ArrivalRates } from './arrival-rates.js';
import { type Arrival } from './arrival.js';
import { retryAfter } from './launch-retry.js';
import { type LaunchFailure, type LaunchStore, type NewDelivery, type StoreOutcome } from './launch.store.js';
import { isAboutInputs, mapInputs } from './mapping.js';
import { withoutSecrets } from './redacted-headers.js';
import { type StoredArrival, storedArrival } from './stored-arrival.js';

export interface IntakeDependencies {
  store: LaunchStore;
  executions: ExecutionIntake;
  types: TriggerTypes;
  jobs: JobQueue;
  bus: EventBus;
  now: () => Date;
  /** Is told what keeps a launch from being tried, where that is not the user's to mend. */
  onFault: (error: unknown, deliveryId: string) => void;
  rates: ArrivalRates;
}

/** Enough to make a flush of the disk cheap for each, few enough to keep a transaction short. */
const largestGroup = 500;

type Outcome = Partial<DeliveryRecord> & { verdict: Verdict };

/** The one way in: whatever comes to a trigger is stored here, with what it launches, before anybody is answered. */
export class Intake {
  private readonly queue: GroupQueue<NewDelivery, StoreOutcome>;

  constructor(private readonly deps: IntakeDependencies) {
    this.queue = new GroupQueue(largestGroup, (deliveries) => deps.store.store(deliveries, deps.now()));
  }

  /**
   * Stores a delivery and launches the workflow in one transaction. What can't be launched now is stored all the same, and tried again; where its inputs
   * are what is wrong, or it has been tried often enough, it is dead.
   * @returns the delivery as it was stored: perhaps as a duplicate, or skipped
   */
  async accept(arrival: Arrival): Promise<DeliveryRecord> {
    const { dedupKey, trigger } = arrival;
    if (!arrival.testFire && !this.deps.rates.take(trigger, arrival.receivedAt)) {
      return this.refuse(arrival, 'RATE_LIMITED', `More than ${trigger.ratePerMinute ?? 0} arrivals in a minute, which is this trigger’s limit.`);
    }
    const id = this.deps.store.newId(arrival.receivedAt);
    let prepared: PreparedExecution;
    try {
      prepared = await this.prepare(trigger, id, arrival, valuesFrom(arrival));
    } catch (error) {
      return this.keepForLater(arrival, id, error);
    }
    return this.add(arrival, id, { verdict: 'ACCEPTED', dedupKey, state: 'LAUNCHED', attempts: 1, executionId: prepared.id }, prepared);
  }

  /** Stores an arrival that launches nothing. @param reason in words, for the trigger's owner */
  refuse(arrival: Arrival, verdict: Exclude<Verdict, 'ACCEPTED' | 'DUPLICATE'>, reason: string): Promise<DeliveryRecord> {
    return this.add(arrival, this.deps.store.newId(arrival.receivedAt), { verdict, reason }, undefined);
  }

  /** @throws NotFoundError, InvalidInputError where the workflow can't run, or not with what arrived */
  prepare(trigger: TriggerRecord, deliveryId: string, { testFire, depth = 0 }: Pick<Arrival, 'testFire' | 'depth'>, values: Record<string, unknown>): Promise<PreparedExecution> {
    const { workspaceId, workflowId, branch, promptLabel, createdById, type, mapping, overlap, maxRuns } = trigger;
    const place = branch !== undefined ? { branch } : promptLabel !== undefined ? { label: promptLabel } : undefined;
    const launchedBy = { triggerId: trigger.id, deliveryId, maxRuns: overlap === 'QUEUE' && !testFire ? maxRuns : undefined };
    const launch = { workspaceId, workflowId, place, trigger: this.typeOf(type).trigger, startedById: createdById, launchedBy, chainDepth: depth };
    return this.deps.executions.prepare(launch, (inputs) => mapInputs(mapping, inputs, { ...values, delivery: { id: deliveryId } }));
  }

  private typeOf(name: TriggerRecord['type']) {
    const type = this.deps.types.get(name);
    if (!type) throw new Error(`There is no trigger type ${name}.`);
    return type;
  }

  private async add(arrival: Arrival, id: string, outcome: Outcome, prepared: PreparedExecution | undefined): Promise<DeliveryRecord> {
    const stored = await this.store(storedArrival(id, arrival, outcome), prepared);
    const { workspaceId, triggerId, retryAt } = stored;
    this.deps.bus.publish('trigger.delivery', { workspaceId, triggerId, deliveryId: id });
    // Should this be lost, the sweep finds it.
    if (retryAt) await this.deps.jobs.schedule('trigger.launch', id, { deliveryId: id }, retryAt);
    return stored;
  }

  /** With what it launches, which then runs. */
  private async store(arrival: StoredArrival, launch: PreparedExecution | undefined): Promise<DeliveryRecord> {
    const { executions, now } = this.deps;
    const prepared = launch && executions.reserve(launch, now());
    let launched = false;
    try {
      const result = await this.queue.add({ ...arrival, prepared });
      if ('error' in result) throw result.error;
      launched = result.record.state === 'LAUNCHED';
      return result.record;
    } finally {
      if (prepared && launched) executions.announce([prepared]);
      else if (prepared) executions.giveUp(prepared);
    }
  }

  private keepForLater(arrival: Arrival, id: string, error: unknown): Promise<DeliveryRecord> {
    const { onFault, now } = this.deps;
    if (!(error instanceof DomainError)) onFault(error, id);
    return this.add(arrival, id, { verdict: 'ACCEPTED', dedupKey: arrival.dedupKey, ...failedLaunch(error, 1, now()) }, undefined);
  }
}

/** What becomes of a delivery whose launch has failed. @param attempts this one included */
export function failedLaunch(error: unknown, attempts: number, now: Date): LaunchFailure {
  const retryAt = isAboutInputs(error) ? undefined : retryAfter(attempts, now);
  const launchError = error instanceof DomainError ? error.message : 'Something went wrong on our side. The server’s log says what.';
  return { state: retryAt ? 'RETRYING' : 'DEAD', attempts, retryAt, launchError };
}

function valuesFrom({ payload, values, headers = {} }: Arrival): Record<string, unknown> {
  return { ...values, payload, headers: withoutSecrets(headers) };
}
