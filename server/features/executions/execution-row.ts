import { z } from 'zod';
import { type Prisma } from '../../database/generated/sqlite/client.js';
import {
  type ExecutionEvent,
  executionEventTypes,
  type ExecutionRecord,
  executionStatuses,
  executionTriggers,
  failureSchema,
  lockfileSchema,
  stepDetailsSchema,
  type StepState,
  stepStatuses,
} from './execution.types.js';

const objectSchema = z.record(z.string(), z.unknown());

export function toExecution(row: Prisma.ExecutionModel): ExecutionRecord {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    workflowId: row.workflowId,
    workflowVersionId: row.workflowVersionId,
    status: z.enum(executionStatuses).parse(row.status),
    trigger: z.enum(executionTriggers).parse(row.trigger),
    startedById: row.startedById,
    inputs: objectSchema.parse(JSON.parse(row.inputs)),
    output: fromJson(row.output),
    error: optional(failureSchema, row.error),
    lockfile: lockfileSchema.parse(JSON.parse(row.lockfile)),
    createdAt: row.createdAt,
    startedAt: row.startedAt ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
    usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens },
  };
}

export function toStepState(row: Prisma.StepExecutionModel): StepState {
  return {
    key: row.stepKey,
    position: row.position,
    status: z.enum(stepStatuses).parse(row.status),
    attempt: row.attempt,
    input: fromJson(row.input),
    output: fromJson(row.output),
    error: optional(failureSchema, row.error),
    details: optional(stepDetailsSchema, row.details),
    usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens },
    startedAt: row.startedAt ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
    retryAt: row.retryAt ?? undefined,
  };
}

export function toEvent(row: Prisma.ExecutionEventModel): ExecutionEvent {
  return {
    executionId: row.executionId,
    seq: row.seq,
    type: z.enum(executionEventTypes).parse(row.type),
    stepKey: row.stepKey ?? undefined,
    attempt: row.attempt ?? undefined,
    payload: objectSchema.parse(JSON.parse(row.payload)),
    at: row.at,
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
