import * as z from 'zod/mini';
import type { DraftStep } from '../draft';
import { fieldBy, textSetting, type StepProblem, type StepRules } from './step-rules';

export const modelSchema = z.looseObject({ model: z.catch(z.string(), '') });
export type StepModel = z.infer<typeof modelSchema>;

const inlineRoles = ['SYSTEM', 'USER', 'ASSISTANT', 'PLACEHOLDER'] as const;
const inlineSchema = z.object({
  messages: z.catch(z.array(z.object({ role: z.enum(inlineRoles), content: z.string() })), []),
  /** While it is no JSON yet: the text as it is typed. */
  outputSchema: z.optional(z.unknown()),
});
export type InlinePrompt = z.infer<typeof inlineSchema>;
export type InlineMessage = InlinePrompt['messages'][number];

const placeSchema = z.union([z.object({ label: z.string() }), z.object({ version: z.string() }), z.object({ branch: z.string() })]);
/** Which version of a prompt; absent: the newest on `main`. */
export type PromptPlace = z.infer<typeof placeSchema>;

const promptSettingsSchema = z.object({
  promptId: z.catch(z.string(), ''),
  at: z.catch(z.optional(placeSchema), undefined),
  inline: z.catch(z.optional(inlineSchema), undefined),
  model: z.catch(z.optional(modelSchema), undefined),
  models: z.catch(z.optional(z.array(modelSchema)), undefined),
  mode: z.catch(z.optional(z.enum(['PARALLEL', 'FALLBACK'])), undefined),
  repairs: z.catch(z.optional(z.number()), undefined),
});

export const promptSettings = (settings: DraftStep['settings']) => promptSettingsSchema.parse(settings);

export const mostModels = 4;

const fieldOf = fieldBy([['at', 'at'], ['model', 'model'], ['mode', 'models'], ['repairs', 'repairs'], ['inline.outputSchema', 'outputSchema'], ['inline', 'messages']], 'prompt');

export const promptRules: StepRules = {
  start: {},
  namesRows: false,
  // Answers that fit a schema have parts, and so has the list of several answers.
  hasParts: true,
  problems: ({ settings }) => problemsOf(settings),
  fieldOf: (path) => {
    const message = /^inline\.(messages\.\d+)/.exec(path)?.[1];
    const model = /^(models\.\d+)/.exec(path)?.[1];
    return message ?? model ?? fieldOf(path);
  },
};

function problemsOf(settings: DraftStep['settings']): StepProblem[] {
  const { inline, model, models } = promptSettings(settings);
  const problems = inline ? inlineProblems(inline) : textSetting(settings, 'promptId') === '' ? [{ field: 'prompt', message: 'Choose the prompt that this step runs.', missing: true }] : [];
  if (inline && !model && !models) problems.push({ field: 'model', message: 'Choose the model that answers.', missing: true });
  for (const [index, each] of (models ?? []).entries()) {
    if (each.model === '') problems.push({ field: `models.${index}`, message: 'Choose a model.', missing: true });
  }
  return problems;
}

function inlineProblems({ messages, outputSchema }: InlinePrompt): StepProblem[] {
  const problems: StepProblem[] = messages.flatMap(({ content }, index) =>
    content.trim() === '' ? [{ field: `messages.${index}`, message: 'Write the message, or remove it.', missing: true }] : [],
  );
  if (messages.length === 0) problems.push({ field: 'messages', message: 'Add a message.', missing: true });
  if (typeof outputSchema === 'string') problems.push({ field: 'outputSchema', message: 'Write a JSON Schema: an object { … }.' });
  return problems;
}
