import { type z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { type InputDefinition } from '../../workflows/definition.js';
import { type ExecutionTrigger } from '../../executions/execution.types.js';
import { type InputMapping, type TriggerRecord, type TriggerTypeName } from '../trigger.types.js';

/** What a type changes in a trigger's row beside its settings, when it is made, changed or resumed. What is there and undefined is taken away. */
export type TriggerColumns = Partial<Pick<TriggerRecord, 'nextDueAt' | 'nextFireAt' | 'secret' | 'previousSecret' | 'previousSecretExpiresAt' | 'alarmSince' | 'alarm'>>;

export interface SavedTrigger {
  /** Also of one that is new. */
  id: string;
  workspaceId: string;
  settings: unknown;
  active: boolean;
  /** What it was before; undefined for a new one. */
  before: TriggerRecord | undefined;
  /** What the caller gave as the secret. */
  secret: string | undefined;
  now: Date;
}

export interface SavedColumns {
  columns: TriggerColumns;
  /** To be shown to the caller, this once. */
  secret?: string | undefined;
}

/** A way to launch workflows. A new one is a file like these, and a line in `registry.ts`. */
export interface TriggerType {
  readonly name: TriggerTypeName;
  /** What its executions say launched them. */
  readonly trigger: ExecutionTrigger;
  readonly settings: z.ZodType;
  /** What the settings' schema can't say. Field paths begin with `settings`. */
  check?(settings: unknown, workspaceId: string): Promise<FieldProblem[]> | FieldProblem[];
  /** What arrives, as an example: what a mapping's paths are read from. @param settings perhaps not yet what they must be; the example is a general one then */
  sample(settings: unknown): Record<string, unknown>;
  /** What a new trigger maps unless told otherwise. */
  mapping(inputs: readonly InputDefinition[]): InputMapping[];
  /** @throws InvalidInputError for a secret that can't be one */
  save?(trigger: SavedTrigger): Promise<SavedColumns> | SavedColumns;
  /** What else changes when it goes on after a pause. */
  resume?(trigger: TriggerRecord, now: Date): TriggerColumns;
  /** Called after what changes due times has been stored. */
  afterSave?(trigger: TriggerRecord): Promise<void>;
}

/** Each input from the property of the same name in the payload. */
export function fromPayload(inputs: readonly InputDefinition[]): InputMapping[] {
  return inputs.map(({ name }) => ({ name, from: `payload.${name}` }));
}
