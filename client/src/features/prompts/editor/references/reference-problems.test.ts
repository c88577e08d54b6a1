import { expect, test } from '@jest/globals';
import { parseTemplate } from '../template/template-parser';
import { withReferenceProblems } from './reference-problems';

const template = 'Hello\n{% prompt "gone" %} {% prompt "there" %}';
const analysis = new Map([['m1', parseTemplate(template)]]);
const contents = new Map([['m1', template]]);

test('a reference that leads nowhere is marked at its place', () => {
  const found = withReferenceProblems(analysis, contents, [
    { target: { path: 'gone' }, version: undefined, problem: 'There is no prompt at gone.' },
    { target: { path: 'there' }, version: undefined, problem: undefined },
  ]);
  expect(found.get('m1')?.problems).toEqual([{ message: 'There is no prompt at gone.', line: 2, column: 1, from: 6, to: 25 }]);
});

test('where all lead somewhere, nothing changes', () => {
  expect(withReferenceProblems(analysis, contents, [])).toBe(analysis);
});
