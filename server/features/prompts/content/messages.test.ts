import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputProblems } from '../../../input-problems.js';
import { type PromptMessage } from './content.js';
import { identifyMessages, type MessageInput, readMessages } from './messages.js';

const base: PromptMessage[] = [
  { id: 'system', role: 'SYSTEM', content: 'Be brief.' },
  { id: 'first', role: 'USER', content: 'Hello' },
  { id: 'answer', role: 'ASSISTANT', content: 'Hi' },
  { id: 'second', role: 'USER', content: 'Bye' },
];
const idsOf = (messages: MessageInput[]) => identifyMessages(messages, base).map(({ id }) => (base.some((message) => message.id === id) ? id : 'new'));
const written = (...messages: [PromptMessage['role'], string][]): MessageInput[] => messages.map(([role, content]) => ({ role, content }));

describe('a message without an id is the message that it was', () => {
  test.each<[string, MessageInput[], string[]]>([
    ['where nothing changed', base.map(({ role, content }) => ({ role, content })), ['system', 'first', 'answer', 'second']],
    ['wherever it stands now', written(['USER', 'Bye'], ['SYSTEM', 'Be brief.']), ['second', 'system']],
    ['when another was put before it', written(['SYSTEM', 'You are Ada.'], ['SYSTEM', 'Be brief.'], ['USER', 'Hello']), ['new', 'system', 'first']],
    ['when its role changed', written(['USER', 'Be brief.'], ['USER', 'Hello']), ['system', 'first']],
    ['when its text changed, by its place among those of its role', written(['SYSTEM', 'Be kind.'], ['USER', 'Hello!'], ['USER', 'Bye']), ['system', 'first', 'second']],
    ['once only', written(['USER', 'Hello'], ['USER', 'Hello'], ['USER', 'Hello']), ['first', 'second', 'new']],
  ])('%s', (_when, messages, ids) => {
    expect(idsOf(messages)).toEqual(ids);
  });

  test('and never one that another message says it is', () => {
    expect(idsOf([{ role: 'USER', content: 'Hello' }, { id: 'first', role: 'USER', content: 'Changed' }])).toEqual(['second', 'first']);
  });
});

const anyMessage = fc.record({ role: fc.constantFrom<PromptMessage['role'][]>('SYSTEM', 'USER', 'ASSISTANT'), content: fc.constantFrom('a', 'b', 'c', 'd') });
const anyBase = fc.array(anyMessage, { maxLength: 6 }).map((messages) => messages.map((message, index) => ({ id: `m${index}`, ...message })));
const anyWritten = fc
  .array(fc.record({ message: anyMessage, id: fc.option(fc.constantFrom('m0', 'm3', 'mine')) }), { maxLength: 8 })
  .map((items) => items.map(({ message, id }, index): MessageInput => ({ ...message, id: items.findIndex((other) => other.id === id) === index ? id : undefined })));

test('Every message has one id, no two have the same, those that were given stay, and text and order are as written', () => {
  fc.assert(
    fc.property(anyWritten, anyBase, (messages, before) => {
      const read = identifyMessages(messages, before);
      expect(new Set(read.map(({ id }) => id)).size).toBe(messages.length);
      expect(read.map(({ role, content }) => ({ role, content }))).toEqual(messages.map(({ role, content }) => ({ role, content })));
      for (const [index, { id }] of messages.entries()) if (id) expect(read[index]?.id).toBe(id);
    }),
  );
});

test('As many messages of the base are found again as there can be: an id is new only where no message of its role or text is left', () => {
  fc.assert(
    fc.property(fc.array(anyMessage, { maxLength: 8 }), anyBase, (messages, before) => {
      const read = identifyMessages(messages, before);
      const left = before.filter(({ id }) => !read.some((message) => message.id === id));
      const added = read.filter(({ id }) => !before.some((message) => message.id === id));
      for (const { role, content } of added) expect(left.filter((message) => message.role === role || message.content === content)).toEqual([]);
    }),
  );
});

test('Identifying what was identified changes nothing', () => {
  fc.assert(
    fc.property(anyWritten, anyBase, (messages, before) => {
      const once = identifyMessages(messages, before);
      expect(identifyMessages(once, before)).toEqual(once);
      expect(identifyMessages(once.map(({ role, content }) => ({ role, content })), once).map(({ role, content }) => [role, content])).toEqual(once.map(({ role, content }) => [role, content]));
    }),
  );
});

describe('messages that are refused', () => {
  const problemsOf = (kind: 'TEXT' | 'CHAT', messages: unknown) => {
    const problems = new InputProblems();
    readMessages(kind, messages, [], problems, 'input.messages');
    try {
      problems.throwIfAny();
    } catch (error) {
      return error;
    }
    return undefined;
  };

  test.each<[string, 'TEXT' | 'CHAT', unknown, string]>([
    ['two with one id', 'CHAT', [{ id: 'a', role: 'USER', content: 'x' }, { id: 'a', role: 'USER', content: 'y' }], 'input.messages.1.id'],
    ['an id that could be a path', 'CHAT', [{ id: 'a/b', role: 'USER', content: 'x' }], 'input.messages.0.id'],
    ['an id that is a prototype', 'CHAT', [{ id: '../__proto__', role: 'USER', content: 'x' }], 'input.messages.0.id'],
    ['a role that there is not', 'CHAT', [{ role: 'DEVELOPER', content: 'x' }], 'input.messages.0.role'],
    ['a placeholder in a text prompt', 'TEXT', [{ role: 'PLACEHOLDER', content: 'x' }], 'input.messages'],
    ['a hundred thousand', 'CHAT', Array.from({ length: 100_000 }, () => ({ role: 'USER', content: 'x' })), 'input.messages'],
    ['no list', 'CHAT', { length: 1 }, 'input.messages'],
  ])('%s', (_what, kind, messages, field) => {
    expect(problemsOf(kind, messages)).toMatchObject({ fields: [{ field }] });
  });
});
