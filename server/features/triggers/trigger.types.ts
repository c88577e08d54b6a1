import { z } from 'zod';

export const triggerTypes = ['MANUAL', 'SCHEDULED', 'WEBHOOK', 'API', 'EVENT'] as const;
export type TriggerTypeName = (typeof triggerTypes)[number];

export const triggerOverlaps = ['ALLOW', 'SKIP', 'QUEUE'] as const;
export type TriggerOverlap = (typeof triggerOverlaps)[number];

/** An input of the workflow, from a path in what arrives or always the same value. */
export const inputMappingSchema = z.strictObject({ name: z.string(), from: z.string().optional(), value: z.unknown().optional() });
export type InputMapping = z.infer<typeof inputMappingSchema>;

/** A trigger as it is stored. */
export interface TriggerRecord {
  id: string;
  workspaceId: string;
  workflowId: string;
  name: string;
  type: TriggerTypeName;
  /** As its type's schema has let them through. */
  settings: unknown;
  mapping: InputMapping[];
  branch: string | undefined;
  promptLabel: string | undefined;
  overlap: TriggerOverlap;
  maxRuns: number;
  ratePerMinute: number | undefined;
  active: boolean;
  /** Encrypted, with the vault. */
  secret: string | undefined;
  previousSecret: string | undefined;
  previousSecretExpiresAt: Date | undefined;
  nextDueAt: Date | undefined;
  nextFireAt: Date | undefined;
  alarmSince: Date | undefined;
  alarm: string | undefined;
  lastFiredAt: Date | undefined;
  listeningUntil: Date | undefined;
  createdById: string;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}
