import { z } from 'zod';
import { exactText } from '../../input.js';
import { type InputProblems } from '../../input-problems.js';
import { longestCode, type TemplateAnalyzer } from './template.js';

/** Which model answers, and how. `model` is `provider/name`. A setting that is null counts as absent. */
export const modelSettingsSchema = z.preprocess(
  withoutNulls,
  z.strictObject(
    {
      model: z.string('Name a model, such as simulated/extract.').min(1, 'Name a model, such as simulated/extract.').max(200, 'This is no model.'),
      temperature: numberBetween(0, 2).optional(),
      topP: numberBetween(0, 1).optional(),
      maxOutputTokens: z.int('Give a whole number.').min(1, 'Give at least 1.').max(1_000_000, 'Give at most 1,000,000.').optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? `There is no setting named ${issue.keys?.join(', ')}.` : 'Give an object such as { "model": "simulated/extract" }.',
    },
  ),
);

export type ModelSettings = z.infer<typeof modelSettingsSchema>;

/** A prompt version as it is stored. Immutable, so whatever it once allowed must stay readable. */
export const promptContentSchema = z.object({
  kind: z.enum(['TEXT', 'CHAT']),
  messages: z.array(z.object({ role: z.enum(['SYSTEM', 'USER', 'ASSISTANT']), content: z.string() })),
  variables: z.array(z.object({ name: z.string() })),
  settings: modelSettingsSchema,
});

export type PromptContent = z.infer<typeof promptContentSchema>;
export type PromptMessage = PromptContent['messages'][number];

/** What the prompts feature needs to know of the models that can be called. */
export interface ModelCatalogue {
  /** Whether there is a model of this id (`provider/name`). */
  hasModel(id: string): boolean;
  /** The model of prompts that name none. */
  readonly defaultModel: string;
}

const mostMessages = 100;
const longestTotal = 400_000;
const contentText = exactText().refine((text) => text.trim() !== '', 'Write something.');

export interface ContentInput {
  messages: readonly PromptMessage[];
  settings?: object | null | undefined;
}

/**
 * Makes the content of a prompt version from what a person wrote. What is wrong with it is added to `problems`, under `input`.
 * `settings` are those of a content whose input has none.
 */
export function readContent(
  { kind, settings }: { kind: PromptContent['kind']; settings: ModelSettings },
  input: ContentInput,
  { models, templates, problems }: { models: ModelCatalogue; templates: TemplateAnalyzer; problems: InputProblems },
): PromptContent {
  const messages = input.messages.map(({ role, content }) => ({ role, content }));
  checkMessages(kind, messages, problems);
  return {
    kind,
    messages,
    variables: findVariables(messages, templates, problems),
    settings: input.settings ? readModelSettings(input.settings, 'input.settings', models, problems) : settings,
  };
}

/** Reads model settings. What is wrong is added to `problems`; what is returned then is of no use. */
function readModelSettings(given: unknown, field: string, models: ModelCatalogue, problems: InputProblems): ModelSettings {
  const settings = problems.read(modelSettingsSchema, given, field);
  if (!settings) return { model: models.defaultModel };
  if (!models.hasModel(settings.model)) {
    problems.add(`${field}.model`, `There is no model named ${settings.model}. Choose one that \`models\` lists.`);
  }
  return settings;
}

function checkMessages(kind: PromptContent['kind'], messages: readonly PromptMessage[], problems: InputProblems): void {
  if (kind === 'TEXT' && (messages.length !== 1 || messages[0]?.role !== 'USER')) {
    problems.add('input.messages', 'A text prompt has exactly one message, of the role USER. For several messages make a chat prompt.');
  }
  if (kind === 'CHAT' && (messages.length < 1 || messages.length > mostMessages)) {
    problems.add('input.messages', `A chat prompt has 1 to ${mostMessages} messages.`);
  }
  if (messages.reduce((sum, { content }) => sum + content.length, 0) > longestTotal) {
    problems.add('input.messages', `Keep all messages together to ${longestTotal} characters.`);
  }
}

function findVariables(messages: readonly PromptMessage[], templates: TemplateAnalyzer, problems: InputProblems): { name: string }[] {
  const names = new Set<string>();
  let codeLength = 0;
  for (const [index, { content }] of messages.slice(0, mostMessages).entries()) {
    const field = `input.messages.${index}.content`;
    if (problems.read(contentText, content, field) === undefined) continue;
    const analysis = templates.analyze(content);
    if (analysis.problem !== undefined) {
      problems.add(field, analysis.problem);
      continue;
    }
    for (const name of analysis.variables) names.add(name);
    codeLength += analysis.codeLength;
    if (codeLength > longestCode) {
      problems.add('input.messages', `Keep what stands within {{ }} and {% %}, over all messages, to ${longestCode} characters.`);
      break;
    }
  }
  return [...names].map((name) => ({ name }));
}

function numberBetween(least: number, most: number) {
  const message = `Give a number from ${least} to ${most}.`;
  return z.number(message).min(least, message).max(most, message);
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== undefined));
}
