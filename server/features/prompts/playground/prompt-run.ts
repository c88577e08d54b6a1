import { z } from 'zod';
import { type ModelUsage } from '../../providers/provider.js';
import { type RenderedMessage } from '../content/rendered-message.js';

export const runStatusSchema = z.enum(['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']);

/** `arguments` are null where the model wrote no JSON; `problems` then says so. */
export const toolCallSchema = z.object({ id: z.string(), name: z.string(), arguments: z.unknown(), problems: z.array(z.string()) });

/** What went wrong: a code for programs, and in words what to do. */
export const runErrorSchema = z.object({ code: z.string(), message: z.string() });

export type RunStatus = z.infer<typeof runStatusSchema>;
export type CheckedToolCall = z.infer<typeof toolCallSchema>;
export type RunError = z.infer<typeof runErrorSchema>;

/** What a run has come to. */
export interface RunOutcome {
  status: RunStatus;
  output: string;
  toolCalls: readonly CheckedToolCall[];
  /** Undefined where there is no output schema, or no text to hold against it. */
  outputProblems: readonly string[] | undefined;
  error: RunError | undefined;
  finishReason: string | undefined;
  usage: ModelUsage;
  /** In US dollars; undefined where the model's price is not known. */
  cost: number | undefined;
  /** From the call to the first piece of the answer. */
  firstTokenMs: number | undefined;
  /** From the call to the end. */
  durationMs: number | undefined;
}

/** What is known of a run before its model is called. */
export interface NewPromptRun {
  workspaceId: string;
  /** Undefined for a prompt that does not exist yet, whose runs are not kept. */
  promptId: string | undefined;
  /** Undefined while what was run is no version. */
  versionId: string | undefined;
  /** `hashOfContent` of what was run, with the model that was run. */
  contentHash: string;
  runById: string;
  model: string;
  simulated: boolean;
  values: Readonly<Record<string, unknown>>;
  /** As the model was sent them. */
  messages: readonly RenderedMessage[];
}

/** One run of a prompt by itself. */
export interface PromptRunRecord extends NewPromptRun, RunOutcome {
  id: string;
  createdAt: Date;
}

export type PromptRunEvent =
  | { type: 'STARTED'; run: PromptRunRecord }
  | { type: 'TEXT'; text: string }
  | { type: 'TOOL_CALL'; toolCall: CheckedToolCall }
  | { type: 'FINISHED'; run: PromptRunRecord };

/** Of the runs of a version that ended; the medians of those that completed. */
export interface RunStats {
  runs: number;
  medianDurationMs: number | undefined;
  medianTokens: number | undefined;
  medianCost: number | undefined;
}

export const underWay: RunOutcome = {
  status: 'RUNNING',
  output: '',
  toolCalls: [],
  outputProblems: undefined,
  error: undefined,
  finishReason: undefined,
  usage: { inputTokens: 0, outputTokens: 0 },
  cost: undefined,
  firstTokenMs: undefined,
  durationMs: undefined,
};

export const noRuns: RunStats = { runs: 0, medianDurationMs: undefined, medianTokens: undefined, medianCost: undefined };
