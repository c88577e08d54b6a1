import { expect, test } from '@jest/globals';
import { formOf, ownText, readOwn } from './own-result';

const sides = (kind: Parameters<typeof formOf>[0]['kind'], base: unknown, ours: unknown, theirs: unknown) => ({ kind, base, ours, theirs });

test.each([
  [sides('MESSAGE_TEXT', 'a', 'b', ''), 'text'],
  [sides('SETTING', null, 0.2, 0.4), 'number'],
  [sides('VARIABLE', null, true, false), 'choice'],
  [sides('SETTING', ['a'], ['a', 'b'], null), 'lines'],
  [sides('VARIABLE', null, { type: 'TEXT' }, { type: 'LIST' }), 'json'],
  [sides('MESSAGE_ORDER', ['m1'], ['m1'], ['m1']), 'order'],
])('%j is written as %s', (conflict, form) => {
  expect(formOf(conflict)).toBe(form);
});

test.each([
  ['text', 'a\nb'], ['number', 0.5], ['choice', false], ['lines', ['a', 'b']], ['json', { type: 'string' }],
] as const)('a %s comes back as it went', (form, value) => {
  expect(readOwn(sides('SETTING', null, value, null), form, ownText(form, value))).toEqual({ value });
});

test('a message keeps the role that it has on the side that has it', () => {
  const conflict = sides('MESSAGE_REMOVED', { role: 'USER', content: 'x' }, null, { role: 'SYSTEM', content: 'y' });
  expect(readOwn(conflict, 'text', 'z')).toEqual({ value: { role: 'SYSTEM', content: 'z' } });
});

test('what can’t be read is said', () => {
  expect(readOwn(sides('SETTING', 1, 2, 3), 'number', '')).toEqual({ problem: 'Give a number.' });
  expect(readOwn(sides('TOOL', {}, {}, {}), 'json', '{')).toHaveProperty('problem');
});
