import { z } from 'zod';
import { type Prisma } from '../../../database/generated/sqlite/client.js';
import { type Arrival } from '../launch/arrival.js';
import { type DeliveryContent, type DeliveryRecord } from './delivery.types.js';

const verdictSchema = z.enum(['ACCEPTED', 'DUPLICATE', 'BAD_SIGNATURE', 'STALE', 'INVALID_PAYLOAD', 'SKIPPED', 'RATE_LIMITED', 'PAUSED', 'TEST']);
const stateSchema = z.enum(['LAUNCHED', 'RETRYING', 'DEAD']);
const headersSchema = z.record(z.string(), z.string());
const valuesSchema = z.record(z.string(), z.unknown());

/** All but the body and what was made of it, which can be long. */
export const shownColumns = {
  id: true, workspaceId: true, triggerId: true, receivedAt: true, source: true, dedupKey: true, dueAt: true, verdict: true, reason: true, state: true, attempts: true,
  retryAt: true, launchError: true, headers: true, executionId: true, duplicateOfId: true, redeliveryOfId: true, testFire: true, depth: true,
} as const satisfies Partial<Record<keyof Prisma.DeliveryModel, true>>;

type ShownRow = Pick<Prisma.DeliveryModel, keyof typeof shownColumns>;

export function toDelivery(row: ShownRow): DeliveryRecord {
  return {
    ...row,
    verdict: verdictSchema.parse(row.verdict),
    state: row.state === null ? undefined : stateSchema.parse(row.state),
    headers: headersSchema.parse(JSON.parse(row.headers)),
    dedupKey: row.dedupKey ?? undefined,
    dueAt: row.dueAt ?? undefined,
    reason: row.reason ?? undefined,
    retryAt: row.retryAt ?? undefined,
    launchError: row.launchError ?? undefined,
    executionId: row.executionId ?? undefined,
    duplicateOfId: row.duplicateOfId ?? undefined,
    redeliveryOfId: row.redeliveryOfId ?? undefined,
  };
}

export function toContent({ body, values }: Pick<Prisma.DeliveryModel, 'body' | 'values'>): DeliveryContent {
  return { body: body === null ? undefined : Buffer.from(body), values: valuesSchema.parse(JSON.parse(values)) };
}

/** As it is stored with the delivery. */
export function valuesToStore({ bodyIsPayload, payload, values = {} }: Pick<Arrival, 'bodyIsPayload' | 'payload' | 'values'>): string {
  return JSON.stringify(bodyIsPayload || payload === undefined ? values : { ...values, payload });
}

/** What the mapping reads, as it was when it arrived. A body that was refused because it is no JSON is read as text. */
export function valuesOf({ body, values }: DeliveryContent, headers: Readonly<Record<string, string>>): Record<string, unknown> {
  const payload = 'payload' in values || body === undefined ? {} : { payload: jsonOrText(body.toString()) };
  return { ...payload, ...values, headers };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
