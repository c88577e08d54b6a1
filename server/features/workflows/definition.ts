import { z } from 'zod';
import { line, optionalText } from '../../input.js';

/** Names of inputs and keys of steps: what references and templates can spell. */
const namePattern = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;
const nameRule = 'Use letters, digits and _, a letter first, at most 50 characters.';

export const inputTypeSchema = z.enum(['STRING', 'TEXT', 'NUMBER', 'BOOLEAN', 'JSON']);
export const stepTypeSchema = z.enum(['PROMPT', 'CONDITION', 'DECISION', 'TRANSFORM', 'DELAY', 'WEBHOOK', 'MAP', 'WORKFLOW', 'APPROVAL']);

const name = z.string().regex(namePattern, nameRule);

export const mostSteps = 200;
export const mostInputs = 50;

/** Something that whoever runs the workflow gives a value for. */
export const workflowInputSchema = z.object({
  name,
  type: inputTypeSchema,
  required: z.boolean(),
  description: optionalText(500),
  /** Absent: none. */
  defaultValue: z.unknown().optional(),
  /** A JSON Schema that values must fit, beside the type. */
  schema: z.record(z.string(), z.unknown()).optional(),
  /** What a person who tries the workflow begins with. */
  sample: z.unknown().optional(),
});

/** The step runs only when that step gave that outcome: `true` or `false` of a CONDITION, the chosen name of a DECISION, `approved` or `rejected` of an APPROVAL. */
const stepBranchSchema = z.object({ step: z.string(), outcome: line(50) });

/** What becomes of the run when the step has failed for good. */
const errorPolicySchema = z.object({
  action: z.enum(['STOP', 'CONTINUE', 'HANDLE']),
  /** With CONTINUE: the step's output then. */
  value: z.unknown().optional(),
  /** With HANDLE: the key of a step that runs only then. */
  handler: z.string().optional(),
});

/** A value that a step is given under a name: what `from` refers to, or else the constant `value`. */
export const stepInputSchema = z.object({ name, from: z.string().optional(), value: z.unknown().optional() });

/** Pauses double from `initialDelayMs` up to `maxDelayMs`. */
export const retryPolicySchema = z
  .object({
    maxAttempts: wholeNumber(1, 10),
    initialDelayMs: wholeNumber(0, 3_600_000),
    maxDelayMs: wholeNumber(0, 86_400_000),
  })
  .refine(({ initialDelayMs, maxDelayMs }) => initialDelayMs <= maxDelayMs, { path: ['maxDelayMs'], message: 'Give at least initialDelayMs.' });

export const stepSchema = z.object({
  key: name,
  name: line(100),
  type: stepTypeSchema,
  /** Keys of every step that must have completed before, in the order of the definition. */
  dependsOn: z.array(z.string()),
  inputs: z.array(stepInputSchema).max(mostInputs, `Keep this to ${mostInputs} inputs.`),
  /** What the step's type says. */
  settings: z.unknown(),
  /** ALL: skipped as soon as one step that it waits for is. ANY: skipped only when all are. */
  join: z.enum(['ALL', 'ANY']).default('ALL'),
  /** Of several for one step, any; of several steps, each. */
  branches: z.array(stepBranchSchema).max(50, 'Keep this to 50 branches.').default([]),
  onError: errorPolicySchema.default({ action: 'STOP' }),
  /** What to do with a call that was cut off by the end of its process, so that nobody knows whether it happened. */
  onUnknownOutcome: z.enum(['RETRY', 'FAIL', 'HOLD']).default('RETRY'),
  retry: retryPolicySchema,
  /** Longest time that one attempt may take. */
  timeoutMs: wholeNumber(1, 3_600_000),
});

/** A step within a MAP as it is given: what the API adds elsewhere is added here. */
export const draftStepSchema = stepSchema.extend({
  dependsOn: stepSchema.shape.dependsOn.default([]),
  inputs: stepSchema.shape.inputs.default([]),
  retry: stepSchema.shape.retry.optional(),
  timeoutMs: stepSchema.shape.timeoutMs.default(120_000),
});

const concurrencySchema = z.object({
  /** Runs of the workflow that may be under way at a time. */
  maxRuns: wholeNumber(1, 1_000).optional(),
  /** What tells runs apart, such as `inputs.customer`. */
  key: z.string().optional(),
  /** Of those with the same key. */
  maxRunsPerKey: wholeNumber(1, 1_000).optional(),
});

/** What a workflow version does, as it is stored. Immutable, so whatever it once allowed must stay readable. */
export const workflowDefinitionSchema = z.object({
  inputs: z.array(workflowInputSchema).max(mostInputs, `Keep this to ${mostInputs} inputs.`),
  /** Steps that may run at the same time. */
  maxParallel: wholeNumber(1, 16),
  /** From the start of the run; what it waits counts. */
  deadlineMs: wholeNumber(1, 366 * 86_400_000).optional(),
  concurrency: concurrencySchema.optional(),
  /** What one run may cost, in US dollars. */
  budgetUsd: z.number().positive('Give more than 0.').max(1_000_000).optional(),
  steps: z.array(stepSchema).min(1, 'Add a step.').max(mostSteps, `Keep this to ${mostSteps} steps.`),
});

export type InputType = z.infer<typeof inputTypeSchema>;
export type StepType = z.infer<typeof stepTypeSchema>;
export type InputDefinition = z.infer<typeof workflowInputSchema>;
export type StepInputDefinition = z.infer<typeof stepInputSchema>;
export type RetryPolicy = z.infer<typeof retryPolicySchema>;
export type StepDefinition = z.infer<typeof stepSchema>;
export type WorkflowDefinition = z.infer<typeof workflowDefinitionSchema>;

export const defaultRetry: RetryPolicy = { maxAttempts: 3, initialDelayMs: 1_000, maxDelayMs: 30_000 };

function wholeNumber(least: number, most: number) {
  const message = `Give a whole number from ${least} to ${most}.`;
  return z.int(message).min(least, message).max(most, message);
}
