import { describe, expect, test } from '@jest/globals';
import { isWithinCode, parseTemplate } from './template-parser';

const namesIn = (template: string) => [...new Set(parseTemplate(template).uses.map(({ name }) => name))];
const problemsOf = (template: string) => parseTemplate(template).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

describe('the variables of a template', () => {
  test.each([
    ['Hello {{ name }}, {{ name }} and {{ friend.name | upcase }}.', ['name', 'friend']],
    ['{% for item in items %}{{ item.title }} {{ forloop.index }}{% endfor %}', ['items']],
    ['{% for item in items limit: most %}{{ other }}{% else %}{{ none }}{% endfor %}', ['items', 'most', 'other', 'none']],
    ['{% assign short = text | truncate: length %}{{ short }}', ['text', 'length']],
    ['{{ tone }}{% assign tone = "x" %}{{ tone }}', ['tone']],
    ['{% if a == "b" and c contains d %}{% elsif e %}{% endif %}', ['a', 'c', 'd', 'e']],
    ['{% case kind %}{% when "x" %}{{ y }}{% endcase %}{% unless z %}{% endunless %}', ['kind', 'y', 'z']],
    ['{{ list[position].title }} {{ "x" | append: y | default: z, allow_false: w }}', ['list', 'position', 'y', 'z', 'w']],
    ['{% raw %}{{ literal }}{% endraw %}{% comment %}{{ hidden }}{% endcomment %}', []],
    ['{"json": {"deep": {"er": 1}}} and } { %}', []],
  ])('%s asks for %j', (template, variables) => {
    expect(namesIn(template)).toEqual(variables);
    expect(parseTemplate(template).problems).toEqual([]);
  });

  test('each use has its place', () => {
    const template = 'Dear {{ name }},\n{% if name == "name" %}{{ other.name }}{% endif %}';
    for (const { name, from, to } of parseTemplate(template).uses) expect(template.slice(from, to)).toBe(name);
    expect(parseTemplate(template).uses.map(({ from }) => from)).toEqual([8, 23, template.indexOf('other')]);
  });

  test('a long text with many variables is read at once', () => {
    const template = `${'Some text before it. '.repeat(5)}{{ name }}\n`.repeat(1_000);
    const started = performance.now();
    expect(parseTemplate(template).uses).toHaveLength(1_000);
    expect(performance.now() - started).toBeLessThan(1_500);
  });
});

describe('other prompts in a template', () => {
  test('are found with what they are pinned to', () => {
    const template = '{% prompt "shared/tone" %}{%- prompt "a", label: "staging" -%}{% prompt \'b\', version: "1.2.0" %}{% prompt "c", branch: "x" %}';
    expect(parseTemplate(template)).toMatchObject({
      problems: [],
      references: [{ path: 'shared/tone', from: 0, to: 26 }, { path: 'a', label: 'staging' }, { path: 'b', version: '1.2.0' }, { path: 'c', branch: 'x' }],
    });
  });

  test.each(['{% prompt shared %}', '{% prompt %}', '{% prompt "a", colour: "red" %}', '{% prompt "a", label: "x", branch: "y" %}'])('%s is a problem', (template) => {
    expect(parseTemplate(template).problems).toHaveLength(1);
  });
});

describe('what is wrong with a template is told with its place', () => {
  test.each([
    ['First line.\nHello {{ name', ['2:7 {{ is not closed. Write }} after the name of the variable.']],
    ['a {% if b', ['1:3 {% is not closed. Write %} at its end.']],
    ['{% if a %}x', ['1:1 {% if %} is not closed. Write {% endif %} where it ends.']],
    ['x {% endif %}', ['1:3 {% endif %} has no beginning before it.']],
    ['Hello {{ }}', ['1:7 Nothing stands between {{ and }}. Write the name of a variable.']],
    ['{% shout %}', ['1:1 There is no tag “shout”.']],
    ["{% render 'other' %}", ['1:1 There is no tag “render”.']],
    ['{{ a | shout }}', ['1:8 There is no filter “shout”.']],
    ['{{ first-name }}', ['1:4 “first-name” can’t be the name of a variable. Use letters, digits and _, a letter first, at most 50 characters.']],
    ['{{ __proto__ }}', ['1:4 “__proto__” can’t be the name of a variable. Use letters, digits and _, a letter first, at most 50 characters.']],
    ['{{"a": 1}}', ['1:1 This is no variable. If you mean the text itself, put it between {% raw %} and {% endraw %}.']],
  ])('%j', (template, problems) => {
    expect(problemsOf(template)).toEqual(problems);
  });

  test('one after the other, and the rest is understood all the same', () => {
    const template = '{{ good }} {{ }} {% shout %}\n{{ unclosed {{ fine | what }}';
    expect(namesIn(template)).toEqual(['good', 'fine']);
    expect(problemsOf(template).map((problem) => problem.slice(0, 4))).toEqual(['1:12', '1:18', '2:1 ', '2:23']);
  });

  test('nesting without end is refused, not waited for', () => {
    expect(problemsOf(`{{ ${'a['.repeat(4_000)} }}`).length).toBeGreaterThan(0);
    expect(problemsOf('{% if a %}'.repeat(2_000)).length).toBeGreaterThan(0);
  });
});

test('whether a selection touches code is known', () => {
  const template = 'Dear {{ name }}, hello';
  expect(isWithinCode(template, 0, 4)).toBe(false);
  expect(isWithinCode(template, 17, 22)).toBe(false);
  expect(isWithinCode(template, 8, 12)).toBe(true);
  expect(isWithinCode(template, 3, 9)).toBe(true);
});
