import { expect, test } from '@jest/globals';
import { analyseTemplate } from './template-analysis';

test.each([
  ['Hello {{ name }}, {{ name }} and {{ friend.name | upcase }}.', ['name', 'friend']],
  ['{% for item in items %}{{ item.title }}{% endfor %}', ['items']],
  ['{% assign short = text | truncate: 20 %}{{ short }}', ['text']],
  ['{% raw %}{{ literal }}{% endraw %}', []],
  ['No variables.', []],
])('%s asks for %j', async (template, variables) => {
  expect(await analyseTemplate(template)).toEqual({ variables });
});

test('a template that breaks says what is wrong, and where', async () => {
  const template = 'First line.\nHello {{ name';
  const { problem } = await analyseTemplate(template);
  expect(problem).toMatchObject({ line: 2, column: 7, from: template.indexOf('{{'), to: template.length });
  expect(problem?.message).toContain('not closed');
});

test('templates can’t include others', async () => {
  expect((await analyseTemplate("{% render 'other' %}")).problem?.message).toContain('render');
});

test('a long template with many variables is analysed at once', async () => {
  const template = `${'Some text before it. '.repeat(5)}{{ name }}\n`.repeat(1_000);
  expect(await analyseTemplate(template)).toEqual({ variables: ['name'] });
});
