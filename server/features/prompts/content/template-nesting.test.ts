import { expect, test } from '@jest/globals';
import { TemplateAnalyzer } from './template.js';

const analyzer = new TemplateAnalyzer();

test.each([
  ['blocks', `\n${'{% if a %}'.repeat(400)}`, { line: 2, column: 1001 }],
  ['brackets', `{{ ${'a['.repeat(4_000)} }}`, { line: 1, column: 205 }],
  ['parentheses', `{{ ${'('.repeat(4_000)} }}`, { line: 1, column: 104 }],
])('%s that are nested without end are refused at their place before anything follows them', (_what, template, place) => {
  expect(analyzer.analyze(template)).toMatchObject({ problem: expect.stringContaining('nested too deep: at most 100 levels'), ...place });
});

test('Many blocks one after the other, and brackets in plain text, are no nesting', () => {
  expect(analyzer.analyze(`${'{% if a %}{% endif %}'.repeat(300)}${'[('.repeat(300)}`)).toMatchObject({ variables: [{ name: 'a' }] });
});
