import { describe, expect, test } from '@jest/globals';
import { TemplateAnalyzer } from './template.js';

const templates = new TemplateAnalyzer();
const variablesOf = (template: string) => {
  const analysis = templates.analyze(template);
  return analysis.problem === undefined ? analysis.variables.map(({ name }) => name) : analysis.problem;
};
const usesOf = (template: string) => {
  const analysis = templates.analyze(template);
  if (analysis.problem !== undefined) throw new Error(analysis.problem);
  return analysis;
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
    expect(variablesOf('Hi\n {{ first-name }}')).toMatch(/^Line 2, column 5: the variable "first-name" needs another name: letters/);
    expect(variablesOf('{{ __proto__ }}')).toMatch(/needs another name/);
    expect(variablesOf('{{ constructor }}')).toBe('Line 1, column 4: the variable "constructor" needs another name: this one means something of its own.');
    expect(variablesOf(`{{ ${'a'.repeat(51)} }}`)).toMatch(/needs another name/);
  });

  test('each is placed where it stands first, whatever text is around it', () => {
    expect(usesOf('Dear {{ name }},\n\n{% if tone %}x{% endif %} {{ name }}\n\t{{ notes |\n  join: sep }}').variables).toEqual([
      { name: 'name', line: 1, column: 9 },
      { name: 'tone', line: 3, column: 7 },
      { name: 'notes', line: 4, column: 5 },
      { name: 'sep', line: 5, column: 9 },
    ]);
  });
});

describe('references of a template', () => {
  const referencesOf = (template: string) => usesOf(template).references;

  test('name a prompt by its path, at a label, a version or a branch', () => {
    expect(referencesOf('{% prompt "shared/tone" %}\n {%- prompt \'a\', label: "staging" -%}{% prompt "a" , version:\'1.2.0\' %}{% prompt "a" branch: "draft/x" %}')).toEqual([
      { reference: { path: 'shared/tone', label: 'production' }, line: 1, column: 1 },
      { reference: { path: 'a', label: 'staging' }, line: 2, column: 2 },
      { reference: { path: 'a', version: '1.2.0' }, line: 2, column: 38 },
      { reference: { path: 'a', branch: 'draft/x' }, line: 2, column: 72 },
    ]);
  });

  test('count once each, in whichever branch of the template they are, and are no variables', () => {
    const template = '{% if long %}{% prompt "a" %}{% else %}{% prompt "a", label: "production" %}{% endif %}{% liquid\n prompt "b"\n%}{% raw %}{% prompt "c" %}{% endraw %}';
    expect(referencesOf(template).map(({ reference }) => reference)).toEqual([{ path: 'a', label: 'production' }, { path: 'b', label: 'production' }]);
    expect(variablesOf(template)).toEqual(['long']);
  });

  test.each([
    ['{% prompt %}', /^Line 1, column 1: write a prompt's path in quotes/],
    ['a\n {% prompt name %}', /^Line 2, column 2: write a prompt's path in quotes/],
    ['{% prompt "a", %}', /write a prompt's path in quotes/],
    ['{% prompt "a", label: b %}', /write a prompt's path in quotes/],
    ['{% prompt "a", label: "b", version: "1.0.0" %}', /write a prompt's path in quotes/],
    ['{% prompt "a" | upcase %}', /write a prompt's path in quotes/],
    ['{% prompt "/etc/passwd" %}', /"\/etc\/passwd" is no path of a prompt/],
    ['{% prompt "../a" %}', /is no path of a prompt/],
    ['{% prompt "a", label: "1.2.0" %}', 'Line 1, column 1: "1.2.0" is a version number: write version: "1.2.0".'],
    ['{% prompt "a", version: "latest" %}', 'Line 1, column 1: "latest" is no version number. Write one such as 1.2.0.'],
    ['{% prompt "a", branch: "__proto__" %}', /is no name of a branch/],
  ])('that are written in another way are refused with their place: %s', (template, problem) => {
    expect(variablesOf(template)).toMatch(problem);
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
