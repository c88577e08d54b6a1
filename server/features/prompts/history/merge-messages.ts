import { z } from 'zod';
import { messageRoles, type PromptContent, type PromptMessage } from '../content/content.js';
import { sameJson } from './json-difference.js';
import { type Arbiter, bySchema, bySchemaOrNothing } from './merge-conflict.js';
import { mergeValue } from './merge-json.js';
import { mergeOrder } from './merge-order.js';
import { mergeText, type TextPiece, textOf } from './merge-text.js';

type Words = Pick<PromptMessage, 'role' | 'content'>;

interface ThreeMessages {
  base: Words | undefined;
  ours: Words | undefined;
  theirs: Words | undefined;
}

interface Subject {
  id: string;
  /** The message in words: `Message 2 (system)`. */
  target: string;
}

const readText = bySchema(z.string('Give the text that stands here.'));
const readRole = bySchema(z.enum(messageRoles, `Choose one of ${messageRoles.join(', ')}.`));
const readMessage = bySchemaOrNothing(z.object({ role: z.enum(messageRoles), content: z.string() }, 'Give the message as { "role": …, "content": … }, or null for none.'));

const longestContext = 200;

export function mergeMessages(base: PromptContent, ours: PromptContent, theirs: PromptContent, arbiter: Arbiter): PromptMessage[] {
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map(wordsById);
  const merged = new Map<string, PromptMessage>();
  for (const id of new Set([ours, theirs, base].flatMap(idsOf))) {
    const three = { base: inBase?.get(id), ours: inOurs?.get(id), theirs: inTheirs?.get(id) };
    const message = mergeMessage({ id, target: targetOf(id, ours, theirs) }, three, arbiter);
    if (message) merged.set(id, { id, ...message });
  }
  const order = mergeOrder({ base: idsOf(base), ours: idsOf(ours), theirs: idsOf(theirs) }, new Set(merged.keys()), (orders) => {
    const read = bySchema(z.array(z.string()).refine((ids) => sameJson([...ids].sort(), [...orders.ours].sort()), 'Give the ids of the same messages, each once.'));
    return arbiter.settle({ id: 'messages/order', kind: 'MESSAGE_ORDER', target: 'The order of the messages' }, orders, read) ?? orders.ours;
  });
  return order.flatMap((id) => merged.get(id) ?? []);
}

function mergeMessage(subject: Subject, three: ThreeMessages, arbiter: Arbiter): Words | undefined {
  const { base, ours, theirs } = three;
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return ours;
  if (sameJson(base, ours)) return theirs;
  if (!ours || !theirs || (isPlaceholder(three) && !sameJson(ours.role, theirs.role))) {
    return arbiter.settle({ id: `messages/${subject.id}/removed`, kind: 'MESSAGE_REMOVED', target: subject.target }, three, readMessage);
  }
  return { role: mergeRole(subject, three, arbiter) ?? ours.role, content: mergeContent(subject, { base, ours, theirs }, arbiter) };
}

function mergeRole({ id, target }: Subject, { base, ours, theirs }: ThreeMessages, arbiter: Arbiter): PromptMessage['role'] | undefined {
  if (ours?.role === theirs?.role || base?.role === theirs?.role) return ours?.role;
  if (base?.role === ours?.role) return theirs?.role;
  return arbiter.settle({ id: `messages/${id}/role`, kind: 'MESSAGE_ROLE', target: `${target}: role` }, { base: base?.role, ours: ours?.role, theirs: theirs?.role }, readRole);
}

function mergeContent({ id, target }: Subject, three: ThreeMessages & { ours: Words; theirs: Words }, arbiter: Arbiter): string {
  const texts = { base: three.base?.content ?? '', ours: three.ours.content, theirs: three.theirs.content };
  const pieces = isPlaceholder(three) ? mergeNames(texts) : mergeText(texts.base, texts.ours, texts.theirs);
  let count = 0;
  const settled = pieces.map((piece, index) => {
    if ('text' in piece) return piece.text;
    const conflict = { id: `messages/${id}/text/${++count}`, kind: 'MESSAGE_TEXT' as const, target, ...contextOf(pieces, index) };
    return arbiter.settle(conflict, piece, readText) ?? '';
  });
  return settled.join('');
}

/** A placeholder's content is a name, of which there are no parts. */
function mergeNames(texts: { base: string; ours: string; theirs: string }): TextPiece[] {
  const merged = mergeValue(texts);
  return merged ? [{ text: String(merged.value) }] : [texts];
}

function isPlaceholder({ base, ours, theirs }: ThreeMessages): boolean {
  return [base, ours, theirs].some((message) => message?.role === 'PLACEHOLDER');
}

function contextOf(pieces: readonly TextPiece[], index: number): { leading: string; trailing: string } {
  const leading = textOf(pieces.slice(0, index));
  const trailing = textOf(pieces.slice(index + 1));
  return {
    leading: (leading.split('\n').at(-1) ?? '').slice(-longestContext),
    trailing: (trailing.split('\n')[0] ?? '').slice(0, longestContext),
  };
}

function wordsById({ messages }: PromptContent): Map<string, Words> {
  return new Map(messages.map(({ id, role, content }) => [id, { role, content }]));
}

function idsOf({ messages }: PromptContent): string[] {
  return messages.map(({ id }) => id);
}

/** By its place on the side that has it. */
function targetOf(id: string, ...sides: readonly PromptContent[]): string {
  for (const { messages } of sides) {
    const place = messages.findIndex((message) => message.id === id);
    const message = messages[place];
    if (message) return `Message ${place + 1} (${message.role.toLowerCase()})`;
  }
  return 'A message';
}
