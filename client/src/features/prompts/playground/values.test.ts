import { expect, test } from '@jest/globals';
import type { ValueVariable } from './use-sources';
import { givenValues, unitedVariables, valuesFor } from './values';

const variable = (name: string, more: Partial<ValueVariable> = {}): ValueVariable => ({ name, type: 'STRING', description: '', required: true, ...more });

test('A source is given only the values that it knows, with defaults and samples for what was not given', () => {
  const variables = [variable('a'), variable('b', { defaultValue: 'default' }), variable('c', { sample: 'sample' }), variable('d')];
  expect(valuesFor(variables, { a: 'given', other: 'x' })).toEqual({ a: 'given', b: 'default', c: 'sample' });
});

test('A value that was emptied is not given', () => {
  expect(valuesFor([variable('c', { sample: 'sample' })], { c: null })).toEqual({});
});

test('Nothing on the way to a value comes from the prototype', () => {
  expect(valuesFor([variable('toString')], {})).toEqual({});
});

test('A variable that several sources have is asked for once', () => {
  const first = variable('a', { description: 'first' });
  expect(unitedVariables([[first], [variable('a'), variable('b')]])).toEqual([first, variable('b')]);
});

test('One can go back to samples only where there are some', () => {
  expect(givenValues([variable('a')], {})).toBeNull();
  expect(givenValues([variable('a')], { a: null, other: 'x' })).toBeNull();
  expect(givenValues([variable('a')], { a: 'given' })).toBe('where nothing was');
  expect(givenValues([variable('a'), variable('b', { sample: 'sample' })], { a: 'given' })).toBe('where nothing was');
  expect(givenValues([variable('b', { sample: 'sample' })], { b: null })).toBe('instead of samples');
});
