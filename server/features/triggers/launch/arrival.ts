import { type SqlSession } from '../../../database/database.js';
import { type TriggerRecord } from '../trigger.types.js';

/** Something that has come to a trigger and is believed to be what it says. */
export interface Arrival {
  trigger: TriggerRecord;
  receivedAt: Date;
  /** Where it came from, for the list of deliveries. */
  source: string;
  /** Of two arrivals with the same key one launches something. Absent: each is new. */
  dedupKey?: string | undefined;
  /** Of a schedule. */
  dueAt?: Date | undefined;
  /** As it came, byte by byte. */
  body?: Buffer | undefined;
  /** What the mapping reads as `payload`. */
  payload?: unknown;
  /** The payload is what the body says as JSON, so that it need not be kept twice. */
  bodyIsPayload?: boolean | undefined;
  /** By name, in lower case. */
  headers?: Readonly<Record<string, string>> | undefined;
  /** What else the mapping reads, such as `query` or `event`. */
  values?: Readonly<Record<string, unknown>> | undefined;
  /** How many events led to it. */
  depth?: number | undefined;
  /** Somebody tries the trigger out: pauses and limits do not count. */
  testFire?: boolean | undefined;
  redeliveryOfId?: string | undefined;
  /** Written in the transaction that stores the delivery, whatever becomes of it. */
  also?: ((sql: SqlSession) => Promise<unknown>) | undefined;
}

/** The body and the payload of what comes as a value, not as bytes. */
export function jsonPayload(payload: unknown): Pick<Arrival, 'body' | 'payload' | 'bodyIsPayload'> {
  return { body: Buffer.from(JSON.stringify(payload ?? null)), payload: payload ?? null, bodyIsPayload: true };
}
