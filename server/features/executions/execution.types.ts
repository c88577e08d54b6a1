import { z } from 'zod';
import { modelSettingsSchema, promptContentSchema } from '../prompts/content/content.js';
import { renderedMessageSchema } from '../prompts/content/rendered-message.js';
import { promptPlaceSchema } from '../workflows/step-types/prompt.step-type.js';
import { modelCallSchema, noUsage, type Usage } from './model-call.js';

export { noUsage, type Usage };

export const executionStatuses = ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

export const stepStatuses = ['PENDING', 'RUNNING', 'WAITING', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED'] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const executionEventTypes = [
  'EXECUTION_QUEUED',
  'EXECUTION_STARTED',
  'EXECUTION_RESUMED',
  'EXECUTION_COMPLETED',
  'EXECUTION_FAILED',
  'EXECUTION_PAUSED',
  'EXECUTION_UNPAUSED',
  'EXECUTION_CANCELLED',
  'STEP_STARTED',
  'STEP_OUTPUT',
  'STEP_RETRY_SCHEDULED',
  'STEP_OUTCOME_UNKNOWN',
  'STEP_COMPLETED',
  'STEP_FAILED',
  'STEP_WAITING',
  'STEP_SKIPPED',
  'STEP_CANCELLED',
  'STEP_REUSED',
  'STEP_LOG',
] as const;
export type ExecutionEventType = (typeof executionEventTypes)[number];

export const executionTriggers = ['MANUAL', 'API', 'SCHEDULED', 'WEBHOOK', 'EVENT', 'RERUN', 'REPLAY', 'WORKFLOW'] as const;
export type ExecutionTrigger = (typeof executionTriggers)[number];

export const failureSchema = z.object({ code: z.string(), message: z.string(), stepKey: z.string().nullish() });
/** Why a step or an execution failed, in words that say what to do. */
export type Failure = z.infer<typeof failureSchema>;

export const stepDetailsSchema = z.object({
  provider: z.string(),
  model: z.string(),
  simulated: z.boolean(),
  /** Absent where it is no version of a prompt. */
  promptVersionId: z.string().optional(),
  messages: z.array(renderedMessageSchema),
  finishReason: z.string().optional(),
  /** Those that have ended, of all attempts, oldest first. Steps from before they were kept have none. */
  calls: z.array(modelCallSchema).default([]),
});
/** What was sent to the model, and how its answer ended. */
export type StepDetails = z.infer<typeof stepDetailsSchema>;

export const waitReasons = ['DELAY', 'CHILDREN', 'APPROVAL', 'RATE_LIMIT', 'UNKNOWN_OUTCOME'] as const;

export const stepWaitSchema = z.object({
  reason: z.enum(waitReasons),
  /** What belongs to the reason; the step's runner knows its shape. */
  data: z.unknown().optional(),
});
/** What a step waits for that has begun and holds no worker. Until when, where that is known, is its `retryAt`. */
export type StepWait = z.infer<typeof stepWaitSchema>;

export const signalTypes = ['CANCEL', 'PAUSE', 'RESUME', 'APPROVAL', 'UNKNOWN_OUTCOME', 'CHILD_ENDED'] as const;

/** What reaches an execution from outside: stored before it is announced, and gone with the commit that acts on it. */
export interface Signal {
  id: string;
  type: (typeof signalTypes)[number];
  /** Of the step that it is for. */
  stepKey: string | undefined;
  payload: Record<string, unknown>;
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A step of an execution as it stands. Values are JSON values; `undefined` where there is none yet. */
export interface StepState {
  key: string;
  position: number;
  status: StepStatus;
  attempt: number;
  input: unknown;
  output: unknown;
  error: Failure | undefined;
  details: StepDetails | undefined;
  usage: Usage;
  /** US dollars; undefined where nothing was priced. */
  costUsd: number | undefined;
  waitingFor: StepWait | undefined;
  /** Taken over from the execution that this one repeats. */
  reused: boolean;
  startedAt: Date | undefined;
  finishedAt: Date | undefined;
  retryAt: Date | undefined;
}

export interface ExecutionEvent {
  executionId: string;
  seq: number;
  type: ExecutionEventType;
  stepKey: string | undefined;
  attempt: number | undefined;
  payload: Record<string, unknown>;
  at: Date;
}

export type NewEvent = Pick<ExecutionEvent, 'type' | 'payload'> & Partial<Pick<ExecutionEvent, 'stepKey' | 'attempt'>>;

export interface ExecutionRecord {
  id: string;
  workspaceId: string;
  workflowId: string;
  workflowVersionId: string;
  status: ExecutionStatus;
  trigger: ExecutionTrigger;
  startedById: string;
  inputs: Record<string, unknown>;
  output: unknown;
  error: Failure | undefined;
  lockfile: Lockfile;
  createdAt: Date;
  startedAt: Date | undefined;
  finishedAt: Date | undefined;
  usage: Usage;
  costUsd: number | undefined;
  labels: string[];
  branch: string | undefined;
  idempotencyKey: string | undefined;
  maxRuns: number | undefined;
  runKey: string | undefined;
  maxRunsPerKey: number | undefined;
  rerunOfId: string | undefined;
  replayId: string | undefined;
  /** What launched it, and on account of which arrival. */
  triggerId: string | undefined;
  deliveryId: string | undefined;
  /** How many runs of its trigger may be under way at a time. */
  maxRunsPerTrigger: number | undefined;
  /** How many events led to it, each emitted on account of an execution that the one before launched. */
  chainDepth: number;
  /** The execution that it runs a step for; of a MAP, which item. */
  parentId: string | undefined;
  parentStepKey: string | undefined;
  itemIndex: number | undefined;
  /** The keys of the MAP steps whose steps it runs, from the outermost; undefined: the whole workflow. */
  scope: string[] | undefined;
}

/** A prompt that another one includes, as it is written there, and the version that it was then. */
const pinnedReferenceSchema = z.object({
  path: z.string(),
  kind: z.enum(['label', 'version', 'branch']),
  /** The label's or branch's name, or the version's number. */
  at: z.string(),
  promptVersionId: z.string(),
  promptVersion: z.string(),
});
export type PinnedReference = z.infer<typeof pinnedReferenceSchema>;

const pinnedPromptSchema = z.object({
  /** Of a prompt of the library: its version, and where that was found. */
  promptVersionId: z.string().optional(),
  promptVersion: z.string().optional(),
  at: promptPlaceSchema.optional(),
  /** Of a step that has content of its own: that. */
  content: promptContentSchema.optional(),
  settings: z.object({
    model: z.string(),
    temperature: z.number().nullish(),
    topP: z.number().nullish(),
    maxOutputTokens: z.number().nullish(),
    seed: z.number().nullish(),
    stopSequences: z.array(z.string()).nullish(),
  }),
  /** Nested ones too. Lockfiles from before prompts could include one another have none. */
  references: z.array(pinnedReferenceSchema).default([]),
  /** Several models, instead of `settings`, and how they are asked. */
  models: z.array(modelSettingsSchema).optional(),
  mode: z.enum(['PARALLEL', 'FALLBACK']).optional(),
  /** How often a model may mend an answer that does not fit the output schema. Absent: the answer comes out as text, unchecked, as it did in runs from before. */
  repairs: z.number().optional(),
});
export type PinnedPrompt = z.infer<typeof pinnedPromptSchema>;

const pinnedSchema = z.object({
  workflowVersionId: z.string(),
  workflowVersion: z.number(),
  /** Of steps within MAP steps, by all their keys, such as `each/summarise`. */
  prompts: z.record(z.string(), pinnedPromptSchema),
  /** By the key of the DECISION step that asks it. Lockfiles from before there were such steps have none. */
  models: z.record(z.string(), modelSettingsSchema).default({}),
});

export const lockfileSchema: z.ZodType<Lockfile> = pinnedSchema.extend({
  /** What each WORKFLOW step calls. */
  get workflows() {
    return z.record(z.string(), lockfileSchema).optional();
  },
});
/** What an execution pinned at its start: the workflow's version and, by step key, each prompt's version, what that includes, and model settings. */
export type Lockfile = z.infer<typeof pinnedSchema> & { workflows?: Record<string, Lockfile> | undefined };

export function isFinished(status: ExecutionStatus): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'CANCELLED';
}
