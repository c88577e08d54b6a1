import { z } from 'zod';
import { line, optionalText } from '../../input.js';

/** Names of inputs and keys of steps: what references and templates can spell. */
const namePattern = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;
const nameRule = 'Use letters, digits and _, a letter first, at most 50 characters.';

export const inputTypeSchema = z.enum(['STRING', 'TEXT', 'NUMBER', 'BOOLEAN', 'JSON']);
export const stepTypeSchema = z.enum(['PROMPT', 'TRANSFORM']);

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
  retry: retryPolicySchema,
  /** Longest time that one attempt may take. */
  timeoutMs: wholeNumber(1, 3_600_000),
});

/** What a workflow version does, as it is stored. Immutable, so whatever it once allowed must stay readable. */
export const workflowDefinitionSchema = z.object({
  inputs: z.array(workflowInputSchema).max(mostInputs, `Keep this to ${mostInputs} inputs.`),
  /** Steps that may run at the same time. */
  maxParallel: wholeNumber(1, 16),
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
