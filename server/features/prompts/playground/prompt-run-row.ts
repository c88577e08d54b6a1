import { z } from 'zod';
import { type Prisma } from '../../../database/generated/sqlite/client.js';
import { renderedMessageSchema } from '../content/rendered-message.js';
import { type PromptRunRecord, runErrorSchema, type RunOutcome, runStatusSchema, toolCallSchema } from './prompt-run.js';

const valuesSchema = z.record(z.string(), z.unknown());
const messagesSchema = z.array(renderedMessageSchema);
const toolCallsSchema = z.array(toolCallSchema);
const problemsSchema = z.array(z.string());

export function toRun(row: Prisma.PromptRunModel): PromptRunRecord {
  return {
    id: row.id,
    workspaceId: row.workspaceId,
    promptId: row.promptId,
    versionId: row.versionId ?? undefined,
    contentHash: row.contentHash,
    runById: row.runById,
    model: row.model,
    simulated: row.simulated,
    status: runStatusSchema.parse(row.status),
    values: valuesSchema.parse(JSON.parse(row.values)),
    messages: messagesSchema.parse(JSON.parse(row.messages)),
    output: row.output,
    toolCalls: toolCallsSchema.parse(JSON.parse(row.toolCalls)),
    outputProblems: row.outputProblems === null ? undefined : problemsSchema.parse(JSON.parse(row.outputProblems)),
    error: row.error === null ? undefined : runErrorSchema.parse(JSON.parse(row.error)),
    finishReason: row.finishReason ?? undefined,
    usage: { inputTokens: row.inputTokens, outputTokens: row.outputTokens },
    cost: row.cost ?? undefined,
    firstTokenMs: row.firstTokenMs ?? undefined,
    durationMs: row.durationMs ?? undefined,
    createdAt: row.createdAt,
  };
}

/** What changes when a run ends. */
export function toOutcomeColumns({ status, output, toolCalls, outputProblems, error, finishReason, usage, cost, firstTokenMs, durationMs }: RunOutcome) {
  return {
    status,
    output,
    toolCalls: JSON.stringify(toolCalls),
    outputProblems: outputProblems === undefined ? null : JSON.stringify(outputProblems),
    error: error === undefined ? null : JSON.stringify(error),
    finishReason: finishReason ?? null,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    cost: cost ?? null,
    firstTokenMs: firstTokenMs ?? null,
    durationMs: durationMs ?? null,
  };
}
