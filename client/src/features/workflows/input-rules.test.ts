import { describe, expect, test } from '@jest/globals';
import { rulesInWords, rulesOfSchema, schemaOfRules } from './input-rules';

describe('the rules of an input', () => {
  test('are what its schema says, as far as there are fields for it', () => {
    expect(rulesOfSchema('STRING', { type: 'string', enum: ['a', 'b'] })).toEqual({ type: 'string', enum: ['a', 'b'] });
    expect(rulesOfSchema('NUMBER', { type: 'integer', minimum: 1 })).toEqual({ type: 'integer', minimum: 1 });
    expect(rulesOfSchema('TEXT', undefined)).toEqual({});
    expect(rulesOfSchema('STRING', { type: 'string', not: { const: 'x' } })).toBeUndefined();
    expect(rulesOfSchema('STRING', { type: 'number' })).toBeUndefined();
    expect(rulesOfSchema('JSON', {})).toBeUndefined();
  });

  test('make a schema, or none where there are none', () => {
    expect(schemaOfRules('NUMBER', { type: 'integer', minimum: 0, maximum: undefined })).toEqual({ type: 'integer', minimum: 0 });
    expect(schemaOfRules('STRING', { enum: ['a'], pattern: '' })).toEqual({ type: 'string', enum: ['a'] });
    expect(schemaOfRules('STRING', { enum: [], minLength: undefined })).toBeUndefined();
    expect(schemaOfRules('NUMBER', { type: 'integer' })).toEqual({ type: 'integer' });
  });

  test('are told in words to whoever gives a value', () => {
    expect(rulesInWords({ type: 'integer', minimum: 1, maximum: 10 })).toBe('A whole number from 1 to 10.');
    expect(rulesInWords({ maximum: 1 })).toBe('A number of at most 1.');
    expect(rulesInWords({ minLength: 3, pattern: '^o-' })).toBe('Of at least 3 characters, like ^o-.');
    expect(rulesInWords({ format: 'email' })).toBeUndefined();
  });
});
