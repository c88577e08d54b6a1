import { z } from 'zod';
import { contentHash } from '../../../content-hash.js';
import { withoutNulls } from '../../../input.js';

/** Which model answers, and how. `model` is `provider/name`. A setting that is null counts as absent. */
export const modelSettingsSchema = z.preprocess(
  withoutNulls,
  z.strictObject(
    {
      model: z.string('Name a model, such as simulated/extract.').min(1, 'Name a model, such as simulated/extract.').max(200, 'This is no model.'),
      temperature: numberBetween(0, 2).optional(),
      topP: numberBetween(0, 1).optional(),
      maxOutputTokens: z.int('Give a whole number.').min(1, 'Give at least 1.').max(1_000_000, 'Give at most 1,000,000.').optional(),
      seed: z.int('Give a whole number.').min(0, 'Give 0 or more.').max(2_147_483_647, 'Give at most 2,147,483,647.').optional(),
      stopSequences: z
        .array(z.string().min(1, 'A stop sequence must not be empty.').max(100, 'Keep a stop sequence to 100 characters.'))
        .max(4, 'Give at most 4 stop sequences.')
        .optional(),
    },
    {
      error: (issue) =>
        issue.code === 'unrecognized_keys' ? `There is no setting named ${issue.keys?.join(', ')}.` : 'Give an object such as { "model": "simulated/extract" }.',
    },
  ),
);

export type ModelSettings = z.infer<typeof modelSettingsSchema>;

export const variableTypes = ['STRING', 'TEXT', 'NUMBER', 'BOOLEAN', 'CHOICE', 'JSON', 'LIST', 'MESSAGES'] as const;

/** What is absent has no limit, or no such value. */
const variableSchema = z.preprocess(
  withoutNulls,
  z.object({
    name: z.string('Give the variable a name.'),
    /** Before variables had types, they took any value. */
    type: z.enum(variableTypes, `Choose one of ${variableTypes.join(', ')}.`).default('JSON'),
    description: z.string('Give a text.').default(''),
    required: z.boolean('Give true or false.').default(true),
    defaultValue: z.unknown().optional(),
    sample: z.unknown().optional(),
    /** Characters of a STRING or TEXT, items of a LIST or MESSAGES. */
    minLength: z.int('Give a whole number.').optional(),
    maxLength: z.int('Give a whole number.').optional(),
    minimum: z.number('Give a number.').optional(),
    maximum: z.number('Give a number.').optional(),
    pattern: z.string('Give a regular expression as a text.').optional(),
    allowedValues: z.array(z.string('Give texts alone.'), 'Give a list of texts.').optional(),
  }, 'Give the variable as an object such as { "name": "topic", "type": "STRING" }.'),
);

const toolSchema = z.object(
  {
    name: z.string('Give the tool a name.'),
    description: z.string('Give a text.'),
    /** A JSON Schema of the object that the model calls it with. */
    parameters: z.record(z.string(), z.unknown(), 'Give a JSON Schema, such as { "type": "object", "properties": { … } }.'),
  },
  'Give the tool as an object with name, description and parameters.',
);

export const messageRoles = ['SYSTEM', 'USER', 'ASSISTANT', 'PLACEHOLDER'] as const;

/** The content of a PLACEHOLDER is the name of a MESSAGES variable, whose messages stand in its place. */
const messageSchema = z.object({ id: z.string(), role: z.enum(messageRoles), content: z.string() });

/** A prompt version as it is stored. Immutable, so whatever it once allowed must stay readable: before messages had ids, their places stand for them. */
export const promptContentSchema = z.object({
  kind: z.enum(['TEXT', 'CHAT']),
  messages: z.preprocess(withIds, z.array(messageSchema)),
  variables: z.array(variableSchema),
  settings: modelSettingsSchema,
  tools: z.array(toolSchema).default([]),
  /** A JSON Schema that the model's answer must fit. Without one, every text will do. */
  outputSchema: z.record(z.string(), z.unknown(), 'Give a JSON Schema, such as { "type": "object", "properties": { … } }.').optional(),
});

export type PromptContent = z.infer<typeof promptContentSchema>;
export type PromptKind = PromptContent['kind'];
export type PromptMessage = PromptContent['messages'][number];
export type PromptVariable = PromptContent['variables'][number];
export type PromptTool = PromptContent['tools'][number];
export type VariableType = PromptVariable['type'];

/** Two contents have the same when whoever reads or runs them can't tell them apart: the ids of their messages don't count. */
export function hashOfContent({ messages, ...rest }: PromptContent): string {
  const { kind, variables, settings, tools, outputSchema } = rest;
  return contentHash({ kind, variables, settings, tools, outputSchema, messages: messages.map(({ role, content }) => ({ role, content })) });
}

function withIds(messages: unknown): unknown {
  if (!Array.isArray(messages)) return messages;
  return messages.map((message: unknown, index) => (typeof message === 'object' && message !== null ? { id: `m${index + 1}`, ...message } : message));
}

function numberBetween(least: number, most: number) {
  const message = `Give a number from ${least} to ${most}.`;
  return z.number(message).min(least, message).max(most, message);
}
