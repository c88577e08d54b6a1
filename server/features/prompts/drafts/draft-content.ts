import { z } from 'zod';
import { type PromptContentInput } from '../../../../schema/prompt-content.js';
import { messageRoles, type PromptContent, variableTypes } from '../content/content.js';
import { identifyMessages, type MessageInput } from '../content/messages.js';

// A draft holds whatever somebody has typed so far, and it must come back whatever a later product thinks of it: what can't be read is left out.
const text = z.string().catch('');
const number = z.number().nullish().catch(null);
const texts = z.array(z.string()).nullish().catch(null);

const messageSchema = z.object({ id: text, role: z.enum(messageRoles).catch('USER'), content: text });

const variableSchema = z.object({
  name: text,
  type: z.enum(variableTypes).catch('STRING'),
  description: text,
  required: z.boolean().catch(true),
  defaultValue: z.unknown().optional(),
  sample: z.unknown().optional(),
  minLength: number,
  maxLength: number,
  minimum: number,
  maximum: number,
  pattern: z.string().nullish().catch(null),
  allowedValues: texts,
});

const toolSchema = z.object({ name: text, description: text, parameters: z.unknown().optional().transform((parameters) => parameters ?? {}) });

const settingsSchema = z.object({ model: text, temperature: number, topP: number, maxOutputTokens: number, seed: number, stopSequences: texts });

const contentSchema = z.object({
  messages: listOf(messageSchema),
  variables: listOf(variableSchema),
  settings: settingsSchema.catch({ model: '' }),
  tools: listOf(toolSchema),
  outputSchema: z.unknown().optional(),
});

const bodySchema = z.object({
  kind: z.enum(['TEXT', 'CHAT']).catch('TEXT'),
  name: text,
  path: text,
  description: text,
  content: contentSchema.catch(() => contentSchema.parse({})),
});

export const draftBodySchema = bodySchema.catch(() => bodySchema.parse({}));

/** What a draft holds. Nothing in it has been checked. */
export type DraftBody = z.infer<typeof bodySchema>;

/** @param base what it was written on top of: settings of a draft that has none, ids of messages that come without */
export function toDraftContent(input: PromptContentInput, base: Pick<PromptContent, 'messages' | 'settings'>): DraftBody['content'] {
  const messages = identifyMessages(withoutRepeatedIds(input.messages), base.messages);
  return contentSchema.parse({ ...input, messages, settings: input.settings ?? base.settings });
}

function withoutRepeatedIds(messages: readonly MessageInput[]): MessageInput[] {
  const taken = new Set<string>();
  return messages.map((message) => {
    const { id } = message;
    if (!id || taken.has(id)) return { ...message, id: undefined };
    taken.add(id);
    return message;
  });
}

function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((each): z.output<Item>[] => {
        const read = item.safeParse(each);
        return read.success ? [read.data] : [];
      }),
    );
}
