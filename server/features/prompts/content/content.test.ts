import { expect, test } from '@jest/globals';
import { hashOfContent, promptContentSchema } from './content.js';

test('A version from before variables had types and messages had ids stays readable, and takes whatever values it took', () => {
  const stored = { kind: 'TEXT', messages: [{ role: 'USER', content: 'Hello {{ name }}' }], variables: [{ name: 'name' }], settings: { model: 'simulated/extract' } };
  expect(promptContentSchema.parse(stored)).toEqual({
    ...stored,
    messages: [{ id: 'm1', role: 'USER', content: 'Hello {{ name }}' }],
    variables: [{ name: 'name', type: 'JSON', description: '', required: true }],
    tools: [],
  });
});

test('The ids of messages do not make two contents differ, and the order of messages does', () => {
  const of = (...ids: string[]) =>
    promptContentSchema.parse({ kind: 'CHAT', messages: ids.map((id) => ({ id, role: 'USER', content: id.toLowerCase() })), variables: [], settings: { model: 'simulated/extract' } });
  expect(hashOfContent(of('a', 'b'))).toBe(hashOfContent(of('A', 'B')));
  expect(hashOfContent(of('a', 'b'))).not.toBe(hashOfContent(of('b', 'a')));
});
