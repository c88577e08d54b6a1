import { expect, test } from '@jest/globals';
import { jsonProblem } from './json-problem';

test.each([
  ['{ "a": 1 }', undefined],
  ['[1]', undefined],
  ['{ "a": }', { line: 1, column: 8, message: '“}” does not belong here.' }],
  ['{\n  "a": 1,\n  b: 2 }', { line: 3, column: 3, message: '“b” does not belong here.' }],
  ['{ "a": 1', { line: 1, column: 9, message: 'The JSON ends too early.' }],
  ['', { line: 1, column: 1, message: 'The JSON ends too early.' }],
])('%j', (text, problem) => {
  const found = jsonProblem(text);
  if (problem) expect(found).toMatchObject(problem);
  else expect(found).toBeUndefined();
});

test('where an object is asked for, nothing else will do', () => {
  expect(jsonProblem('[1]', { mustBeObject: true })?.message).toContain('object');
  expect(jsonProblem('{}', { mustBeObject: true })).toBeUndefined();
});

test.each(['{"a": [1, 2}', '[1 2]', '{"a" 1}', '{} x', '["a"', '{"a": tru}', '[1,]', '{"a":1,}'])('%j is found to be no JSON, at a place within it', (text) => {
  const { from = -1, to = -1 } = jsonProblem(text) ?? {};
  expect(from).toBeGreaterThan(0);
  expect(to).toBeLessThanOrEqual(text.length);
});
