import { z } from 'zod';
import { type Prisma } from '../../database/generated/sqlite/client.js';
import { inputMappingSchema, triggerOverlaps, type TriggerRecord, triggerTypes } from './trigger.types.js';

const mappingSchema = z.array(inputMappingSchema);
const typeSchema = z.enum(triggerTypes);
const overlapSchema = z.enum(triggerOverlaps);

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
