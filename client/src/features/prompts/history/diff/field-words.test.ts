import { expect, test } from '@jest/globals';
import { fieldInWords, keysOfPath, valueInWords } from './field-words';

test.each([
  ['settings', 'maxOutputTokens', 'Longest answer'],
  ['variables', 'required', 'Required'],
  ['variables', 'defaultValue.city', 'Default › city'],
  ['tools', 'description', 'Description'],
  ['tools', 'parameters.properties.city.type', 'Parameters › city › type'],
  ['outputSchema', 'properties.title.type', 'title › type'],
  ['outputSchema', 'properties.tags.items.enum', 'tags › each item › allowed values'],
  ['outputSchema', 'properties.properties.type', 'properties › type'],
  ['outputSchema', 'anyOf.0.type', 'anyOf › 1 › type'],
  ['outputSchema', '', 'schema'],
] as const)('in %s, %s is called %s', (section, field, name) => {
  expect(fieldInWords(section, field)).toBe(name);
});

test.each([
  ['variables', 'required', true, 'yes'],
  ['variables', 'defaultValue', true, 'true'],
  ['variables', 'type', 'TEXT', 'long text'],
  ['variables', 'allowedValues', ['formal', 'casual'], 'formal, casual'],
  ['settings', 'temperature', null, 'not set'],
  ['settings', 'temperature', 0.15, '0.15'],
  ['settings', 'maxOutputTokens', 1_024, '1,024 tokens'],
  ['settings', 'stopSequences', [], 'none'],
  ['outputSchema', 'additionalProperties', false, 'no'],
  ['outputSchema', 'required', ['title'], 'title'],
  ['outputSchema', 'properties.any', {}, 'anything'],
  ['variables', 'sample', '', 'empty'],
] as const)('in %s, %s = %j reads %s', (section, field, value, text) => {
  expect(valueInWords(section, field, value)).toBe(text);
});

test('keys with dots and brackets of their own are taken whole', () => {
  expect(keysOfPath('properties.["a.b[0]"].type')).toEqual(['properties', 'a.b[0]', 'type']);
  expect(keysOfPath('properties.["say \\"hi\\""].type')).toEqual(['properties', 'say "hi"', 'type']);
});
