import { valuesToStore } from '../deliveries/delivery-row.js';
import { type DeliveryRecord, type Verdict } from '../deliveries/delivery.types.js';
import { type TriggerRecord } from '../trigger.types.js';
import { type Arrival } from './arrival.js';
import { withoutSecrets } from './redacted-headers.js';

/** An arrival as a delivery that is yet to be stored. */
export interface StoredArrival {
  trigger: TriggerRecord;
  record: DeliveryRecord;
  body: Buffer | undefined;
  /** JSON. */
  values: string;
  also: Arrival['also'];
}

export function storedArrival(id: string, arrival: Arrival, outcome: Partial<DeliveryRecord> & { verdict: Verdict }): StoredArrival {
  const { trigger, body, receivedAt, source, dueAt, headers = {}, redeliveryOfId, testFire = false, depth = 0, also } = arrival;
  const record: DeliveryRecord = {
    id,
    workspaceId: trigger.workspaceId,
    triggerId: trigger.id,
    receivedAt,
    source,
    dedupKey: undefined,
    dueAt,
    reason: undefined,
    state: undefined,
    attempts: 0,
    retryAt: undefined,
    launchError: undefined,
    headers: withoutSecrets(headers),
    executionId: undefined,
    duplicateOfId: undefined,
    redeliveryOfId,
    testFire,
    depth,
    ...outcome,
  };
  return { trigger, record, body, values: valuesToStore(arrival), also };
}
