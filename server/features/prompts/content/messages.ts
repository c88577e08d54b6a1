import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type InputProblems } from '../../../input-problems.js';
import { messageRoles, type PromptKind, type PromptMessage } from './content.js';

/** A message as a person wrote it. */
export interface MessageInput {
  /** Of the message that it was. */
  id?: string | null | undefined;
  role: PromptMessage['role'];
  content: string;
}

const mostMessages = 300;
const longestTotal = 400_000;
const idPattern = /^[A-Za-z0-9_-]{1,50}$/;

const messagesSchema = z.array(
  z.object({
    id: z.string().regex(idPattern, 'Leave the id out, or give that of the message as it was read.').nullish(),
    role: z.enum(messageRoles, 'Choose one of SYSTEM, USER, ASSISTANT and PLACEHOLDER.'),
    content: z.string('Write something.'),
  }),
  'Give a list of messages.',
);

/** Reads messages, with an id for each. What is wrong with them, but for their texts, is added to `problems`. */
export function readMessages(kind: PromptKind, given: unknown, base: readonly PromptMessage[], problems: InputProblems, field: string): PromptMessage[] {
  if (Array.isArray(given) && given.length > mostMessages) {
    problems.add(field, kind === 'TEXT' ? textRule : chatRule);
    return [];
  }
  const messages = problems.read(messagesSchema, given, field);
  if (!messages) return [];
  if (kind === 'TEXT' && (messages.length !== 1 || messages[0]?.role !== 'USER')) problems.add(field, textRule);
  if (kind === 'CHAT' && messages.length < 1) problems.add(field, chatRule);
  if (messages.reduce((sum, { content }) => sum + content.length, 0) > longestTotal) {
    problems.add(field, `Keep all messages together to ${longestTotal} characters.`);
  }
  for (const [index, { id }] of messages.entries()) {
    const first = id ? messages.findIndex((other) => other.id === id) : index;
    if (first < index) problems.add(`${field}.${index}.id`, `Message ${first + 1} has this id already. Leave it out for a new message.`);
  }
  return identifyMessages(messages, base);
}

const textRule = 'A text prompt has exactly one message, of the role USER. For several messages make a chat prompt.';
const chatRule = `A chat prompt has 1 to ${mostMessages} messages.`;

/**
 * Gives an id to each message that comes without one: that of the base's message that it was, as far as can be told, else a new one. The same
 * role and content tell it best, then the same content; of the rest the first of a role is the first that is left of that role in the base, and so on.
 */
export function identifyMessages(messages: readonly MessageInput[], base: readonly PromptMessage[]): PromptMessage[] {
  const taken = new Set(messages.flatMap(({ id }) => id ?? []));
  const ids: (string | undefined)[] = messages.map(({ id }) => id ?? undefined);
  const sameness: ((message: MessageInput) => string)[] = [
    ({ role, content }) => JSON.stringify([role, content]),
    ({ content }) => content,
    ({ role }) => role,
  ];
  for (const keyOf of sameness) {
    const free = new Map<string, string[]>();
    for (const message of base) if (!taken.has(message.id)) free.set(keyOf(message), [...(free.get(keyOf(message)) ?? []), message.id]);
    for (const [index, message] of messages.entries()) {
      const id = ids[index] === undefined ? free.get(keyOf(message))?.shift() : undefined;
      if (id === undefined) continue;
      ids[index] = id;
      taken.add(id);
    }
  }
  for (const { id } of base) taken.add(id);
  return messages.map(({ role, content }, index) => ({ id: ids[index] ?? newId(taken), role, content }));
}

function newId(taken: Set<string>): string {
  let id = randomBytes(6).toString('hex');
  while (taken.has(id)) id = randomBytes(6).toString('hex');
  taken.add(id);
  return id;
}
