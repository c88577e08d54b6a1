import { z } from 'zod';
import { type Prisma } from '../../database/generated/sqlite/client.js';
import { type NewExecution } from './execution.store.js';
import {
  type ExecutionEvent,
  executionEventTypes,
  type ExecutionRecord,
  executionStatuses,
  executionTriggers,
  failureSchema,
  lockfileSchema,
  type Signal,
  signalTypes,
  stepDetailsSchema,
  stepWaitSchema,
  type StepState,
  stepStatuses,
  type Usage,
} from './execution.types.js';

const objectSchema = z.record(z.string(), z.unknown());
const eventTypeSchema = z.enum(executionEventTypes);
const stepStatusSchema = z.enum(stepStatuses);
const executionStatusSchema = z.enum(executionStatuses);
const labelsSchema = z.array(z.string());
const scopeSchema = z.array(z.string()).min(1);
const triggerSchema = z.enum(executionTriggers);

/** Times as a raw query gives them, in milliseconds since 1970, or as Prisma does. */
type Time = Date | number;
type Raw<Row> = { [Column in keyof Row]: Row[Column] extends Date ? Time : Row[Column] extends Date | null ? Time | null : Row[Column] extends boolean ? boolean | number : Row[Column] };

const executionFields = [
  'id', 'workspaceId', 'workflowId', 'workflowVersionId', 'status', 'trigger', 'startedById', 'inputs', 'output', 'error', 'lockfile', 'createdAt', 'startedAt',
  'finishedAt', 'inputTokens', 'outputTokens', 'cachedInputTokens', 'reasoningTokens', 'costUsd', 'branch', 'idempotencyKey', 'labels', 'maxRuns', 'runKey',
  'maxRunsPerKey', 'rerunOfId', 'replayId', 'parentId', 'parentStepKey', 'itemIndex', 'scope',
  'triggerId', 'deliveryId', 'maxRunsPerTrigger', 'chainDepth',
] as const satisfies (keyof Prisma.ExecutionModel)[];

export type ExecutionRow = Raw<Pick<Prisma.ExecutionModel, (typeof executionFields)[number]>>;

const stepFields = [
  'executionId', 'stepKey', 'position', 'status', 'attempt', 'input', 'output', 'error', 'details', 'inputTokens', 'outputTokens', 'cachedInputTokens',
  'reasoningTokens', 'costUsd', 'waitingFor', 'reused', 'startedAt', 'finishedAt', 'retryAt',
] as const satisfies (keyof Prisma.StepExecutionModel)[];

export type StepRow = Raw<Pick<Prisma.StepExecutionModel, (typeof stepFields)[number]>>;

/** What raw queries select, under the names that Prisma gives them. */
export const executionColumns = columnsOf(executionFields);
export const stepColumns = columnsOf(stepFields);

function columnsOf(fields: readonly string[]): string {
  return fields.map((field) => `${field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS "${field}"`).join(', ');
}

function toTime(time: Time | null): Date | undefined {
  return typeof time === 'number' ? new Date(time) : (time ?? undefined);
}

/** The columns of an execution that nobody has run yet. */
export function newRow({ inputs, lockfile, limits, labels = [], rerunOf, launchedBy, chainDepth = 0, stepKeys: _, ...execution }: NewExecution, createdAt: Date) {
  const launch = { triggerId: launchedBy?.triggerId ?? null, deliveryId: launchedBy?.deliveryId ?? null, maxRunsPerTrigger: launchedBy?.maxRuns ?? null, chainDepth };
  const texts = { inputs: JSON.stringify(inputs), lockfile: textOf(lockfile), labels: JSON.stringify(labels) };
  return { ...execution, ...limits, ...texts, ...launch, status: 'QUEUED', rerunOfId: rerunOf?.id ?? null, createdAt };
}

const lockfileTexts = new WeakMap<object, string>();

/** Many that are launched together share one lockfile. */
function textOf(lockfile: NewExecution['lockfile']): string {
  const known = lockfileTexts.get(lockfile);
  if (known !== undefined) return known;
  const text = JSON.stringify(lockfile);
  lockfileTexts.set(lockfile, text);
  return text;
}

export function toInputs(text: string): Record<string, unknown> {
  return objectSchema.parse(JSON.parse(text));
}

export function toExecution(row: ExecutionRow): ExecutionRecord {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workflowId: row.workflowId,
    workflowVersionId: row.workflowVersionId,
    status: executionStatusSchema.parse(row.status),
    trigger: triggerSchema.parse(row.trigger),
    startedById: row.startedById,
    inputs: toInputs(row.inputs),
    output: fromJson(row.output),
    error: optional(failureSchema, row.error),
    lockfile: lockfileSchema.parse(JSON.parse(row.lockfile)),
    createdAt: new Date(row.createdAt),
    startedAt: toTime(row.startedAt),
    finishedAt: toTime(row.finishedAt),
    usage: usageOf(row),
    costUsd: row.costUsd ?? undefined,
    labels: labelsSchema.parse(JSON.parse(row.labels)),
    branch: row.branch ?? undefined,
    idempotencyKey: row.idempotencyKey ?? undefined,
    maxRuns: row.maxRuns ?? undefined,
    runKey: row.runKey ?? undefined,
    maxRunsPerKey: row.maxRunsPerKey ?? undefined,
    rerunOfId: row.rerunOfId ?? undefined,
    replayId: row.replayId ?? undefined,
    triggerId: row.triggerId ?? undefined,
    deliveryId: row.deliveryId ?? undefined,
    maxRunsPerTrigger: row.maxRunsPerTrigger ?? undefined,
    chainDepth: row.chainDepth,
    parentId: row.parentId ?? undefined,
    parentStepKey: row.parentStepKey ?? undefined,
    itemIndex: row.itemIndex ?? undefined,
    scope: optional(scopeSchema, row.scope),
  };
}

function usageOf({ inputTokens, outputTokens, cachedInputTokens, reasoningTokens }: Usage): Usage {
  return { inputTokens, outputTokens, cachedInputTokens, reasoningTokens };
}

export function toStepState(row: StepRow): StepState {
  return {
    key: row.stepKey,
    position: row.position,
    status: stepStatusSchema.parse(row.status),
    attempt: row.attempt,
    input: fromJson(row.input),
    output: fromJson(row.output),
    error: optional(failureSchema, row.error),
    details: optional(stepDetailsSchema, row.details),
    usage: usageOf(row),
    costUsd: row.costUsd ?? undefined,
    waitingFor: optional(stepWaitSchema, row.waitingFor),
    reused: Boolean(row.reused),
    startedAt: toTime(row.startedAt),
    finishedAt: toTime(row.finishedAt),
    retryAt: toTime(row.retryAt),
  };
}

export interface SignalRow {
  id: string;
  type: string;
  payload: string;
}

const signalTypeSchema = z.enum(signalTypes);
const signalPayloadSchema = z.looseObject({ stepKey: z.string().optional() });

export function toSignal({ id, type, payload }: SignalRow): Signal {
  const { stepKey, ...rest } = signalPayloadSchema.parse(JSON.parse(payload));
  return { id, type: signalTypeSchema.parse(type), stepKey, payload: rest };
}

/** As a raw query gives it: the time in milliseconds since 1970. */
export interface EventRow {
  executionId: string;
  seq: number;
  type: string;
  stepKey: string | null;
  attempt: number | null;
  payload: string;
  at: number;
}

export function toEvent(row: EventRow): ExecutionEvent {
  return {
    executionId: row.executionId,
    seq: row.seq,
    type: eventTypeSchema.parse(row.type),
    stepKey: row.stepKey ?? undefined,
    attempt: row.attempt ?? undefined,
    payload: objectSchema.parse(JSON.parse(row.payload)),
    at: new Date(row.at),
  };
}

/** @returns the text that a JSON column holds; null, for "none yet", where the value is undefined */
export function toJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function fromJson(text: string | null): unknown {
  return text === null ? undefined : JSON.parse(text);
}

function optional<T>(schema: z.ZodType<T>, text: string | null): T | undefined {
  return text === null ? undefined : schema.parse(JSON.parse(text));
}
