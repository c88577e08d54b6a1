import { expect, test } from '@jest/globals';
import { changedFieldInWords, changedValueInWords } from './change-words';

test('fields that changed are called by what they are in the editor', () => {
  expect(changedFieldInWords('settings.expression')).toBe('Expression');
  expect(changedFieldInWords('inputs.text.from')).toBe('Value › text › comes from');
  expect(changedFieldInWords('settings.steps.Make a title.settings.template')).toBe('Steps › Make a title › template');
  expect(changedFieldInWords('retry.maxAttempts')).toBe('Retry › attempts');
  expect(changedFieldInWords('order.required')).toBe('Order › required');
});

test('values are shown as what they are', () => {
  expect(changedValueInWords('as written')).toBe('as written');
  expect(changedValueInWords('')).toBe('(empty)');
  expect(changedValueInWords(null)).toBe('nothing');
  expect(changedValueInWords(['a'])).toBe('[\n  "a"\n]');
});
