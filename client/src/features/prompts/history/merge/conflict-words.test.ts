import { expect, test } from '@jest/globals';
import { sideInWords, titleOf, wordsAgainst } from './conflict-words';

test.each([
  [{ id: 'settings/maxOutputTokens', kind: 'SETTING' as const, target: 'Setting maxOutputTokens' }, 'Longest answer'],
  [{ id: 'variables/city/required', kind: 'VARIABLE' as const, target: 'x' }, 'Variable city › Required'],
  [{ id: 'variables/city', kind: 'VARIABLE' as const, target: 'Variable city' }, 'Variable city'],
  [{ id: 'tools/find/parameters.properties.city.type', kind: 'TOOL' as const, target: 'x' }, 'Tool find › Parameters › city › type'],
  [{ id: 'outputSchema/properties.title.type', kind: 'OUTPUT_SCHEMA' as const, target: 'x' }, 'Output schema › title › type'],
  [{ id: 'outputSchema', kind: 'OUTPUT_SCHEMA' as const, target: 'Output schema' }, 'Output schema'],
  [{ id: 'messages/m1/text/1', kind: 'MESSAGE_TEXT' as const, target: 'Message 1 (system)' }, 'Message 1 (system)'],
])('%j is about %s', (conflict, title) => {
  expect(titleOf(conflict)).toBe(title);
});

test('an order is told by the messages in it', () => {
  const messages = [{ id: 'm1', role: 'SYSTEM' as const, content: 'Be\nbrief.' }, { id: 'm2', role: 'USER' as const, content: '' }];
  expect(sideInWords({ id: 'messages/order', kind: 'MESSAGE_ORDER' }, ['m2', 'm1'], messages)).toBe('1. User: empty\n2. System: Be brief.');
});

test('a whole variable is told field by field', () => {
  const variable = { name: 'city', type: 'TEXT', required: false, description: '' };
  expect(sideInWords({ id: 'variables/city', kind: 'VARIABLE' }, variable, [])).toBe('Type: long text\nRequired: no');
});

test('a side that is not there has no words', () => {
  expect(sideInWords({ id: 'messages/m1/removed', kind: 'MESSAGE_REMOVED' }, null, [])).toBeNull();
});

test('what a side has and the base has not is marked', () => {
  expect(wordsAgainst('in three sentences', 'in two sentences').filter(({ changed }) => changed)).toEqual([{ text: 'two', changed: true }]);
  expect(wordsAgainst(null, 'new')).toEqual([{ text: 'new', changed: true }]);
});
