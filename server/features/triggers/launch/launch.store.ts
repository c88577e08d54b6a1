import { type BulkInsert, type Database, type SqlSession } from '../../../database/database.js';
import { isAnyOf } from '../../../database/is-any-of.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { Outbox } from '../../../outbox/outbox.js';
import { type ExecutionIntake, type PreparedExecution } from '../../executions/execution-intake.js';
import { type DeliveryRecord } from '../deliveries/delivery.types.js';
import { type TriggerRecord } from '../trigger.types.js';
import { type StoredArrival } from './stored-arrival.js';

export type StoreOutcome = { record: DeliveryRecord } | { error: unknown };

export type LaunchFailure = Pick<DeliveryRecord, 'state' | 'attempts' | 'retryAt' | 'launchError'>;

/** A delivery with what it launches, where that could be prepared. */
export interface NewDelivery extends StoredArrival {
  prepared: PreparedExecution | undefined;
}

const deliveryInsert: BulkInsert = {
  table: 'delivery',
  columns: {
    id: 'text', workspace_id: 'text', trigger_id: 'text', received_at: 'timestamp', source: 'text', dedup_key: 'text', due_at: 'timestamp', verdict: 'text', reason: 'text',
    state: 'text', attempts: 'integer', retry_at: 'timestamp', launch_error: 'text', body: 'bytea', headers: 'text', arrived_values: 'text', execution_id: 'text',
    duplicate_of_id: 'text', redelivery_of_id: 'text', test_fire: 'boolean', depth: 'integer',
  },
  onConflict: 'ON CONFLICT (trigger_id, dedup_key) DO NOTHING',
};

const underWay = `SELECT trigger_id AS "triggerId", count(*) AS count FROM execution WHERE finished_at IS NULL AND trigger_id`;

interface First {
  id: string;
  triggerId: string;
  dedupKey: string;
  executionId: string | null;
}

/** Stores deliveries with the executions that they launch: both or neither. */
export class LaunchStore {
  private readonly ids = new OrderedIds();
  private readonly outbox: Outbox;

  /** @param onAwaited is told when a launch has been given up and a trigger waits for that */
  constructor(
    private readonly database: Database,
    private readonly executions: ExecutionIntake,
    private readonly onAwaited: () => void,
  ) {
    this.outbox = new Outbox(database.engine);
  }

  newId(at: Date): string {
    return this.ids.next(at);
  }

  /**
   * Each with what it launches or not at all: of deliveries with the same key the first is accepted and the others are duplicates of it, and what the
   * policy on overlaps skips launches nothing.
   * @returns each delivery as it was stored, in their order, or why it could not be
   * @throws where nothing of any was stored
   */
  async store(deliveries: readonly NewDelivery[], now: Date): Promise<StoreOutcome[]> {
    if (!deliveries.every(isPlain)) return (await this.storeAny(deliveries, now)).map((record) => ({ record }));
    const inOrder = inOrderOfKeys(deliveries);
    const guard = { into: deliveryInsert, rows: inOrder.map(rowOf), ownerColumn: 'execution_id' };
    const launched = new Set(await this.database.insertGuarded({ guard, inserts: this.executions.rowsOf(inOrder.map(({ prepared }) => prepared), now) }));
    const others = deliveries.filter(({ prepared }) => !launched.has(prepared.id));
    // They came before: nothing of them is stored yet, and what hinders that is no failure of those that are.
    const duplicates = others.length === 0 ? new Map<string, StoreOutcome>() : await this.storeApart(others, now);
    return deliveries.map(({ record }) => duplicates.get(record.id) ?? { record });
  }

  private async storeApart(deliveries: readonly NewDelivery[], now: Date): Promise<Map<string, StoreOutcome>> {
    try {
      return new Map((await this.storeAny(deliveries, now)).map((record) => [record.id, { record }]));
    } catch (error) {
      return new Map(deliveries.map(({ record }) => [record.id, { error }]));
    }
  }

  private async storeAny(deliveries: readonly NewDelivery[], now: Date): Promise<DeliveryRecord[]> {
    let awaited = false;
    const stored = await this.database.write(async (sql) => {
      await sql.insert(deliveryInsert, inOrderOfKeys(deliveries).map(rowOf));
      const lost = await this.duplicates(sql, deliveries);
      const skipped = await this.skipped(sql, deliveries.filter(({ record }) => record.verdict === 'ACCEPTED' && !lost.has(record.id)));
      const launched = deliveries.filter(({ record }) => !lost.has(record.id) && !skipped.has(record.id)).flatMap(({ prepared }) => prepared ?? []);
      await this.executions.storeWithin(sql, launched, now);
      for (const { also } of deliveries) await also?.(sql);
      const results = deliveries.map(({ record }) => lost.get(record.id) ?? skipped.get(record.id) ?? record);
      for (const [index, record] of results.entries()) if (record.state === 'DEAD' && (await this.tellOfDeath(sql, deliveries[index]?.trigger, record, now))) awaited = true;
      return results;
    });
    if (awaited) this.onAwaited();
    return stored;
  }

  /** What became of a launch that was tried again and failed, unless somebody else has launched it. */
  async noteFailure(trigger: TriggerRecord | undefined, { id, workspaceId, ...delivery }: DeliveryRecord, failure: LaunchFailure, now: Date): Promise<void> {
    const { state = null, attempts, retryAt = null, launchError = null } = failure;
    const awaited = await this.database.write(async (sql) => {
      const changed = await sql.run(`UPDATE delivery SET state = ?, attempts = ?, retry_at = ?, launch_error = ? WHERE id = ? AND workspace_id = ? AND state = 'RETRYING'`, [state, attempts, retryAt, launchError, id, workspaceId]);
      return changed === 1 && state === 'DEAD' && this.tellOfDeath(sql, trigger, { ...delivery, ...failure, id, workspaceId }, now);
    });
    if (awaited) this.onAwaited();
  }

  /** Launches what could not be launched before, unless somebody else has or the policy on overlaps skips it. @returns whether it was launched by this */
  launchLate(trigger: TriggerRecord, delivery: DeliveryRecord, prepared: PreparedExecution, now: Date): Promise<boolean> {
    return this.database.write(async (sql) => {
      if (skipsOverlaps(trigger, delivery) && ((await this.runsUnderWay(sql, [trigger.id])).get(trigger.id) ?? 0) >= trigger.maxRuns) {
        await this.markSkipped(sql, skippedBy(delivery, trigger.maxRuns), `AND state = 'RETRYING'`);
        return false;
      }
      const changed = await sql.run(
        `UPDATE delivery SET state = 'LAUNCHED', execution_id = ?, attempts = attempts + 1, retry_at = NULL, launch_error = NULL WHERE id = ? AND workspace_id = ? AND state = 'RETRYING'`,
        [prepared.id, delivery.id, delivery.workspaceId],
      );
      if (changed === 1) await this.executions.storeWithin(sql, [prepared], now);
      return changed === 1;
    });
  }

  /** @returns whether somebody waits for it */
  private async tellOfDeath(sql: SqlSession, trigger: TriggerRecord | undefined, { id: deliveryId, workspaceId, attempts, launchError = '', depth }: DeliveryRecord, at: Date): Promise<boolean> {
    if (!trigger) return false;
    const subject = { triggerId: trigger.id, name: trigger.name, workflowId: trigger.workflowId, deliveryId, attempts, error: launchError };
    return this.outbox.add(sql, { workspaceId, type: 'trigger.failed', subject, depth, at });
  }

  private async duplicates(sql: SqlSession, deliveries: readonly NewDelivery[]): Promise<Map<string, DeliveryRecord>> {
    const keyed = deliveries.filter(({ record }) => record.dedupKey !== undefined);
    if (keyed.length === 0) return new Map();
    const keys = [...new Set(keyed.map(({ record }) => record.dedupKey))];
    const triggers = [...new Set(keyed.map(({ record }) => record.triggerId))];
    const areThese = isAnyOf[this.database.engine];
    const firsts = await sql.all<First>(
      `SELECT id, trigger_id AS "triggerId", dedup_key AS "dedupKey", execution_id AS "executionId" FROM delivery WHERE trigger_id ${areThese} AND dedup_key ${areThese}`,
      [JSON.stringify(triggers), JSON.stringify(keys)],
    );
    const byKey = new Map(firsts.map((first) => [`${first.triggerId} ${first.dedupKey}`, first]));
    const lost = keyed.flatMap((delivery): NewDelivery[] => {
      const first = byKey.get(`${delivery.record.triggerId} ${delivery.record.dedupKey}`);
      return first && first.id !== delivery.record.id ? [{ ...delivery, record: duplicateOf(delivery.record, first) }] : [];
    });
    if (lost.length > 0) await sql.insert(deliveryInsert, lost.map(rowOf));
    return new Map(lost.map(({ record }) => [record.id, record]));
  }

  private async skipped(sql: SqlSession, accepted: readonly NewDelivery[]): Promise<Map<string, DeliveryRecord>> {
    const limited = accepted.filter(({ trigger, record }) => skipsOverlaps(trigger, record));
    if (limited.length === 0) return new Map();
    const running = await this.runsUnderWay(sql, limited.map(({ trigger }) => trigger.id));
    const skipped: DeliveryRecord[] = [];
    for (const { trigger, record } of limited) {
      const count = running.get(trigger.id) ?? 0;
      if (count < trigger.maxRuns) running.set(trigger.id, count + 1);
      else skipped.push(skippedBy(record, trigger.maxRuns));
    }
    for (const record of skipped) await this.markSkipped(sql, record);
    return new Map(skipped.map((record) => [record.id, record]));
  }

  /** By trigger. Until the end of the transaction no other one counts the runs of these triggers. */
  private async runsUnderWay(sql: SqlSession, triggerIds: readonly string[]): Promise<Map<string, number>> {
    const ids = [JSON.stringify([...new Set(triggerIds)])];
    const areThese = isAnyOf[this.database.engine];
    // Not FOR UPDATE: that would wait for every transaction that has stored a delivery of the trigger, as this one has, and two would wait for each other.
    if (this.database.engine === 'postgres') await sql.all(`SELECT id FROM trigger WHERE id ${areThese} ORDER BY id FOR NO KEY UPDATE`, ids);
    const counts = await sql.all<{ triggerId: string; count: number }>(`${underWay} ${areThese} GROUP BY trigger_id`, ids);
    return new Map(counts.map(({ triggerId, count }) => [triggerId, count]));
  }

  private async markSkipped(sql: SqlSession, { id, workspaceId, reason }: DeliveryRecord, condition = ''): Promise<void> {
    await sql.run(
      `UPDATE delivery SET verdict = 'SKIPPED', reason = ?, state = NULL, attempts = 0, execution_id = NULL, retry_at = NULL, launch_error = NULL WHERE id = ? AND workspace_id = ? ${condition}`,
      [reason ?? null, id, workspaceId],
    );
  }
}

/** It launches something, whatever else is under way, and nothing else is stored with it: one statement will do. */
function isPlain(delivery: NewDelivery): delivery is NewDelivery & { prepared: PreparedExecution } {
  return delivery.prepared !== undefined && delivery.also === undefined && !skipsOverlaps(delivery.trigger, delivery.record);
}

function skipsOverlaps({ overlap }: TriggerRecord, { testFire }: DeliveryRecord): boolean {
  return overlap === 'SKIP' && !testFire;
}

/** Two processes that store the same keys in different orders would wait for each other on PostgreSQL. What came first stays first among equals. */
function inOrderOfKeys<One extends NewDelivery>(deliveries: readonly One[]): One[] {
  const keyOf = ({ record: { triggerId, dedupKey = '' } }: NewDelivery) => `${triggerId} ${dedupKey}`;
  return deliveries.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : keyOf(one) > keyOf(other) ? 1 : 0));
}

const nothingLaunched = { state: undefined, attempts: 0, retryAt: undefined, launchError: undefined } as const;

function duplicateOf(record: DeliveryRecord, first: First): DeliveryRecord {
  return { ...record, ...nothingLaunched, verdict: 'DUPLICATE', reason: 'The same has come before.', dedupKey: undefined, duplicateOfId: first.id, executionId: first.executionId ?? undefined };
}

function skippedBy(record: DeliveryRecord, maxRuns: number): DeliveryRecord {
  const runs = maxRuns === 1 ? 'a run of this trigger is' : `${maxRuns} runs of this trigger are`;
  return { ...record, ...nothingLaunched, verdict: 'SKIPPED', reason: `Skipped, since ${runs} still under way.`, executionId: undefined };
}

function rowOf({ record, body, values }: NewDelivery) {
  return [
    record.id, record.workspaceId, record.triggerId, record.receivedAt, record.source, record.dedupKey ?? null, record.dueAt ?? null, record.verdict, record.reason ?? null,
    record.state ?? null, record.attempts, record.retryAt ?? null, record.launchError ?? null, body ?? null, JSON.stringify(record.headers), values, record.executionId ?? null,
    record.duplicateOfId ?? null, record.redeliveryOfId ?? null, record.testFire, record.depth,
  ];
}
