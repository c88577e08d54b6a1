import { describe, expect, test } from '@jest/globals';
import { TemplateAnalyzer } from './template.js';

const templates = new TemplateAnalyzer();
const variablesOf = (template: string) => {
  const analysis = templates.analyze(template);
  return analysis.problem === undefined ? analysis.variables : analysis.problem;
};

describe('variables of a template', () => {
  test.each([
    ['plain text has none', 'Hello } { %}', []],
    ['each is named once, in order', '{{ b }} {{a}} {{ b | upcase }}', ['b', 'a']],
    ['a path counts by its root', '{{ user.address[0].city }} {{ user["name"] }}', ['user']],
    ['an index that is a variable counts too', '{{ list[position] }}', ['list', 'position']],
    ['arguments of filters count', '{{ "a" | append: suffix | default: other, allow_false: flag }}', ['suffix', 'other', 'flag']],
    ['conditions and loops count', '{% if tone == "formal" %}x{% endif %}{% for note in notes %}{{ note }}{{ forloop.index }}{% endfor %}', ['tone', 'notes']],
    ['what the template assigns does not count', '{% assign greeting = name | upcase %}{% capture all %}{{ greeting }}{% endcapture %}{{ all }}', ['name']],
    ['what is read before it is assigned counts', '{{ name }}{% assign name = "x" %}', ['name']],
    ['raw blocks and comments have none', '{% raw %}{{ a }}{% endraw %}{% comment %}{{ b }}{% endcomment %}', []],
    ['constants are none', '{{ 1 }}{{ true }}{{ "x" }}{{ nil }}', []],
  ])('%s', (_rule, template, variables) => {
    expect(variablesOf(template)).toEqual(variables);
  });

  test('a variable whose name could not be mapped is refused', () => {
    expect(variablesOf('{{ first-name }}')).toMatch(/^The variable "first-name" needs another name/);
    expect(variablesOf('{{ __proto__ }}')).toMatch(/needs another name/);
    expect(variablesOf(`{{ ${'a'.repeat(51)} }}`)).toMatch(/needs another name/);
  });
});

describe('faults of a template', () => {
  test.each([
    ['an output that is not closed', 'Dear\n  {{ name', { line: 2, column: 3, problem: 'Line 2, column 3: output "{{ name" not closed.' }],
    ['a tag that is not closed', '{% if a %}x', { line: 1, column: 1, problem: 'Line 1, column 1: tag {% if a %} not closed.' }],
    ['a tag that does not exist', 'a {% shout %}', { line: 1, column: 3, problem: 'Line 1, column 3: tag "shout" not found.' }],
    ['a filter that does not exist', '{{ a | shout }}', { line: 1, column: 1, problem: 'Line 1, column 1: undefined filter: shout.' }],
    ['an empty output', '{{ }}', { line: 1, column: 4, problem: 'Line 1, column 4: invalid value expression: "".' }],
  ])('%s is reported with its line and column', (_fault, template, expected) => {
    expect(templates.analyze(template)).toEqual(expected);
  });

  test.each(['include', 'render', 'layout', 'block'])('no file can be reached: %s is no tag', (tag) => {
    expect(variablesOf(`{% ${tag} "package.json" %}`)).toBe(`Line 1, column 1: tag "${tag}" not found.`);
  });

  test('nesting without end is refused', () => {
    expect(variablesOf(`{{ ${'a['.repeat(4_000)} }}`)).toMatch(/not closed|nested too deep|invalid|expected/i);
    expect(variablesOf('{% if a %}'.repeat(990))).toMatch(/not closed|nested too deep/);
  });

  test('a template full of variables is refused before it costs seconds', () => {
    const started = performance.now();
    expect(variablesOf('{{a}}'.repeat(40_000))).toBe('Keep what stands within {{ }} and {% %} to 10000 characters.');
    expect(variablesOf('x'.repeat(200_001))).toBe('Keep this to 200000 characters.');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  test('a long text with as many variables as are allowed is read in well under a second', () => {
    const started = performance.now();
    expect(variablesOf('x'.repeat(190_000) + '{{a}}'.repeat(2_000))).toEqual(['a']);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
