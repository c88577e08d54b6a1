import { expect, test } from '@jest/globals';
import { changedFieldInWords, changedValueInWords, partsOfWhole } from './change-words';

test('fields that changed are called by what they are in the editor', () => {
  expect(changedFieldInWords('settings.expression')).toBe('Expression');
  expect(changedFieldInWords('inputs.text.from')).toBe('Value › text › comes from');
  expect(changedFieldInWords('settings.steps.Make a title.settings.template')).toBe('Steps › Make a title › template');
  expect(changedFieldInWords('retry.maxAttempts')).toBe('Retry › attempts');
  expect(changedFieldInWords('order.defaultValue', { isNamed: true })).toBe('order › default');
});

test('values are shown as what they are', () => {
  expect(changedValueInWords('as written')).toBe('as written');
  expect(changedValueInWords('')).toBe('(empty)');
  expect(changedValueInWords(null)).toBe('nothing');
  expect(changedValueInWords(['a', 'b'])).toBe('a, b');
  expect(changedValueInWords([1])).toBe('[\n  1\n]');
});

test('what came or went as a whole is told part by part', () => {
  expect(partsOfWhole([{ name: 'text', from: 'inputs.document' }], 'inputs')).toEqual([{ field: 'inputs.text.from', value: 'inputs.document' }]);
  expect(partsOfWhole({ model: 'm', outcomes: [{ name: 'yes', expression: 'a' }], list: [] }, 'settings')).toEqual([
    { field: 'settings.model', value: 'm' },
    { field: 'settings.outcomes.yes.expression', value: 'a' },
    { field: 'settings.list', value: [] },
  ]);
});
