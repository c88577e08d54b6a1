import { z } from 'zod';

const usageSchema = z.object({
  inputTokens: z.number(),
  outputTokens: z.number(),
  /** Of the input tokens, those that the provider had read before. */
  cachedInputTokens: z.number(),
  /** Of the output tokens, those that the model thought with. */
  reasoningTokens: z.number(),
});
export type Usage = z.infer<typeof usageSchema>;

export const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };

/** A call of a model that has ended, as its step keeps it. */
export const modelCallSchema = z.object({
  /** The place of the model among those that the step asks, from 0. */
  place: z.number(),
  provider: z.string(),
  model: z.string(),
  simulated: z.boolean(),
  status: z.enum(['COMPLETED', 'FAILED']),
  output: z.string().optional(),
  /** What the output schema finds wrong with the output; absent: it fits, or there is no schema. */
  problems: z.array(z.string()).optional(),
  error: z.object({ code: z.string(), message: z.string(), retryable: z.boolean(), retryAfterMs: z.number().optional() }).optional(),
  usage: usageSchema,
  /** US dollars; absent where no price is known. */
  costUsd: z.number().optional(),
  /** What the cost was computed with, US dollars for a million tokens. Calls from before it was kept have none. */
  prices: z.object({ input: z.number(), output: z.number(), cachedInput: z.number().optional() }).optional(),
  durationMs: z.number(),
  finishReason: z.string().optional(),
});
export type ModelCallRecord = z.infer<typeof modelCallSchema>;

export type CallError = NonNullable<ModelCallRecord['error']>;

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cachedInputTokens: one.cachedInputTokens + other.cachedInputTokens,
    reasoningTokens: one.reasoningTokens + other.reasoningTokens,
  };
}

/** What the priced ones cost together; undefined where nothing was priced. */
export function sumOfCosts(costs: readonly (number | undefined)[]): number | undefined {
  const known = costs.flatMap((cost) => cost ?? []);
  return known.length > 0 ? known.reduce((sum, cost) => sum + cost, 0) : undefined;
}

/** What calls came to together. */
export function spentOn(calls: readonly ModelCallRecord[]): { usage: Usage; costUsd: number | undefined } {
  return { usage: calls.map(({ usage }) => usage).reduce(addUsage, noUsage), costUsd: sumOfCosts(calls.map(({ costUsd }) => costUsd)) };
}

/** How it stands with one model of a step. It follows from the calls that have ended alone, so that it is the same after a crash. */
export interface Standing {
  /** The call that gave what was wanted. */
  answer: ModelCallRecord | undefined;
  /** Answers that did not fit and that the model is still to mend, oldest first. */
  misfits: ModelCallRecord[];
  /** How often asking it, repairs included, has come to nothing, and why the last time. */
  failures: number;
  error: CallError | undefined;
}

/** @param repairs how often it may be asked to mend an answer */
export function standingOf(calls: readonly ModelCallRecord[], place: number, repairs: number): Standing {
  const standing: Standing = { answer: undefined, misfits: [], failures: 0, error: undefined };
  for (const call of calls) {
    if (call.place !== place) continue;
    if (call.error) fail(standing, call.error);
    else if (!call.problems) standing.answer = call;
    else standing.misfits.push(call);
    if (standing.misfits.length <= repairs) continue;
    fail(standing, misfit(call, repairs));
    standing.misfits = [];
  }
  return standing;
}

function fail(standing: Standing, error: CallError): void {
  standing.failures++;
  standing.error = error;
}

function misfit({ model, problems = [] }: ModelCallRecord, repairs: number): CallError {
  const again = repairs === 0 ? '' : ` It was asked ${repairs === 1 ? 'once' : `${repairs} times`} to mend it.`;
  return { code: 'BAD_OUTPUT', message: `The answer of ${model} does not fit the output schema. ${problems.slice(0, 3).join(' ')}${again}`, retryable: true };
}
