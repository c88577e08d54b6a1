import { z } from 'zod';
import { Prisma } from '../../database/generated/sqlite/client.js';
import { inputMappingSchema, triggerOverlaps, type TriggerRecord, triggerTypes } from './trigger.types.js';

const mappingSchema = z.array(inputMappingSchema);
const typeSchema = z.enum(triggerTypes);
const overlapSchema = z.enum(triggerOverlaps);

const columns = Object.keys(Prisma.TriggerScalarFieldEnum).map((field) => [field, field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] as const);

/** Those of a trigger, for a statement that Prisma does not make. */
export const triggerColumns = columns.map(([field, column]) => `${column} AS "${field}"`).join(', ');

type Times = { [Field in keyof Prisma.TriggerModel]: Date extends Prisma.TriggerModel[Field] ? Field : never }[keyof Prisma.TriggerModel];

/** As such a statement gives it: times in milliseconds of the epoch; a boolean may be a number. */
export type RawTrigger = Omit<Prisma.TriggerModel, Times | 'active'> & { active: boolean | number } & { [Field in Times]: number | (null extends Prisma.TriggerModel[Field] ? null : never) };

export function fromRaw(row: RawTrigger): TriggerRecord {
  const { previousSecretExpiresAt, nextDueAt, nextFireAt, alarmSince, lastFiredAt, listeningUntil, createdAt, updatedAt, deletedAt, active, ...rest } = row;
  const time = (ms: number | null) => (ms === null ? null : new Date(ms));
  return toTrigger({
    ...rest,
    active: Boolean(active),
    previousSecretExpiresAt: time(previousSecretExpiresAt),
    nextDueAt: time(nextDueAt),
    nextFireAt: time(nextFireAt),
    alarmSince: time(alarmSince),
    lastFiredAt: time(lastFiredAt),
    listeningUntil: time(listeningUntil),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    deletedAt: time(deletedAt),
  });
}

export function toTrigger(row: Prisma.TriggerModel): TriggerRecord {
  const { type, settings, mapping, overlap, deletedAt: _, ...columns } = row;
  return {
    ...columns,
    type: typeSchema.parse(type),
    settings: JSON.parse(settings),
    mapping: mappingSchema.parse(JSON.parse(mapping)),
    overlap: overlapSchema.parse(overlap),
    branch: row.branch ?? undefined,
    promptLabel: row.promptLabel ?? undefined,
    ratePerMinute: row.ratePerMinute ?? undefined,
    secret: row.secret ?? undefined,
    previousSecret: row.previousSecret ?? undefined,
    previousSecretExpiresAt: row.previousSecretExpiresAt ?? undefined,
    nextDueAt: row.nextDueAt ?? undefined,
    nextFireAt: row.nextFireAt ?? undefined,
    alarmSince: row.alarmSince ?? undefined,
    alarm: row.alarm ?? undefined,
    lastFiredAt: row.lastFiredAt ?? undefined,
    listeningUntil: row.listeningUntil ?? undefined,
  };
}
