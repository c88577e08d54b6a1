import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '../../errors.js';
import { type InputDefinition, type InputType } from './definition.js';
import { readInputValues } from './input-values.js';

const input = (name: string, type: InputType, more: Partial<InputDefinition> = {}): InputDefinition => ({ name, type, required: true, description: '', ...more });

const problemsOf = (inputs: InputDefinition[], given: unknown) => {
  try {
    readInputValues(inputs, given);
    return {};
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return Object.fromEntries(error.fields.map(({ field, message }) => [field, message]));
  }
};

describe('values for the inputs of a workflow', () => {
  test.each([
    ['STRING', 'one line', ['two\nlines', 1, true, [], 'a\0', 'a\ud800', 'a'.repeat(10_001)]],
    ['TEXT', 'two\nlines', [1, {}, 'a\0', '\udc00']],
    ['NUMBER', -1.5, ['1', Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, true]],
    ['BOOLEAN', false, ['true', 0]],
    ['JSON', { list: [1, null, { deep: 'x' }] }, [{ deep: ['\0'] }, { '\ud800': 1 }, [2 ** 53]]],
  ] satisfies [InputType, unknown, unknown[]][])('%s takes %j and refuses what is none', (type, good, bad) => {
    const inputs = [input('value', type)];
    expect(readInputValues(inputs, { value: good })).toEqual({ value: good });
    for (const value of bad) expect(Object.keys(problemsOf(inputs, { value }))).toEqual(['input.inputs.value']);
  });

  test('that are missing come from the defaults, or are null where they need not be given', () => {
    const inputs = [input('a', 'STRING', { defaultValue: 'x' }), input('b', 'NUMBER', { required: false }), input('c', 'NUMBER', { required: false, defaultValue: 0 })];
    expect(readInputValues(inputs, undefined)).toEqual({ a: 'x', b: null, c: 0 });
    expect(readInputValues(inputs, { a: 'y', b: 1, c: null })).toEqual({ a: 'y', b: 1, c: 0 });
  });

  test('are all checked at once', () => {
    const inputs = [input('a', 'STRING'), input('b', 'NUMBER'), input('c', 'BOOLEAN')];
    expect(problemsOf(inputs, { b: 'x', c: true, d: 1 })).toEqual({
      'input.inputs.a': 'Give a value: the workflow needs it.',
      'input.inputs.b': 'Give a number.',
      'input.inputs.d': 'The workflow has no input of this name. Take it out.',
    });
  });

  test('of a name that every object has are no values', () => {
    expect(problemsOf([input('constructor', 'JSON')], {})).toEqual({ 'input.inputs.constructor': 'Give a value: the workflow needs it.' });
    expect(problemsOf([], JSON.parse('{"__proto__": 1}'))).toHaveProperty(['input.inputs.__proto__']);
  });

  test.each([['a list', []], ['a text', 'x'], ['a number', 1]])('can not be given as %s', (_what, given) => {
    expect(problemsOf([], given)).toEqual({ 'input.inputs': 'Give an object: the values by the names of the inputs.' });
  });

  test('have room for a megabyte together', () => {
    const inputs = [input('a', 'TEXT'), input('b', 'TEXT')];
    expect(problemsOf(inputs, { a: 'x'.repeat(499_000), b: 'x'.repeat(499_000) })).toEqual({});
    expect(problemsOf(inputs, { a: 'x'.repeat(600_000), b: 'x'.repeat(600_000) })).toEqual({
      'input.inputs': 'Keep all values together to 1000000 characters of JSON.',
    });
  });
});
