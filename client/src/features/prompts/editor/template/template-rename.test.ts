import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseTemplate } from './template-parser';
import { renameProblem, renameVariable } from './template-rename';

describe('a variable is renamed', () => {
  test.each([
    ['{{ tone }} tone "tone" {{ "tone" }}', '{{ voice }} tone "tone" {{ "tone" }}'],
    ['{{tone|append: tone}} {{ x.tone }} {{ tone.x }} {{ x[tone] }}', '{{voice|append: voice}} {{ x.tone }} {{ voice.x }} {{ x[voice] }}'],
    ['{% for tone in tone %}{{ tone }}{% endfor %}{{ tone }}', '{% for tone in voice %}{{ tone }}{% endfor %}{{ voice }}'],
    ['{% assign tone = tone | default: "x" %}{{ tone }}', '{% assign tone = voice | default: "x" %}{{ tone }}'],
    ['{% if tone == "tone" %}{% raw %}{{ tone }}{% endraw %}{% endif %}', '{% if voice == "tone" %}{% raw %}{{ tone }}{% endraw %}{% endif %}'],
    ['{% for i in (1..tone) %}{% endfor %}{{ tones }}', '{% for i in (1..voice) %}{% endfor %}{{ tones }}'],
    ['{{ tone }} {{ unclosed', '{{ voice }} {{ unclosed'],
  ])('%s', (template, renamed) => {
    expect(renameVariable(template, 'tone', 'voice')).toBe(renamed);
  });

  test('to a name that is free', () => {
    expect(renameProblem('voice', ['{{ tone }}'], ['other'])).toBeUndefined();
    expect(renameProblem('other', ['{{ tone }}'], ['other'])).toContain('already');
    expect(renameProblem('item', ['{% for item in items %}{{ tone }}{% endfor %}'], [])).toContain('of its own');
    expect(renameProblem('nil', [], [])).toContain('something else');
    expect(renameProblem('a b', [], [])).toContain('letters');
  });
});

const name = fc.constantFrom('tone', 'text', 'item', 'tones', 'list');
const value = fc.oneof(name, name.map((each) => `${each}.tone`), name.map((each) => `list[${each}]`), fc.constantFrom('"tone"', "'text'", '3', 'true'));
const filtered = fc.tuple(value, fc.array(fc.oneof(fc.constant('upcase'), value.map((each) => `append: ${each}`), value.map((each) => `default: ${each}, allow_false: true`)), { maxLength: 2 }))
  .map(([first, filters]) => [first, ...filters].join(' | '));
const { template } = fc.letrec<{ template: string; node: string }>((tie) => ({
  template: fc.array(tie('node'), { maxLength: 5 }).map((nodes) => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('tone ', '"text"\n', '{ "tone": {"a": 1} }', '{% raw %}{{ tone }}{% endraw %}', '{% comment %}{{ tone }}{% endcomment %}', '{% prompt "tone", label: "text" %}', '{{ '),
    filtered.map((each) => `{{ ${each} }}`),
    filtered.map((each) => `{{-${each}-}}`),
    fc.tuple(name, filtered).map(([to, from]) => `{% assign ${to} = ${from} %}`),
    fc.tuple(name, tie('template')).map(([to, body]) => `{% capture ${to} %}${body}{% endcapture %}`),
    fc.tuple(name, name, tie('template')).map(([each, all, body]) => `{% for ${each} in ${all} %}${body}{% endfor %}`),
    fc.tuple(value, value, tie('template')).map(([one, other, body]) => `{% if ${one} == ${other} %}${body}{% else %}${body}{% endif %}`),
    fc.tuple(value, tie('template')).map(([one, body]) => `{% case ${one} %}{% when "tone", text %}${body}{% endcase %}`),
  ),
}));

describe('whatever the template', () => {
  test('renaming there and back changes nothing', () => {
    fc.assert(fc.property(template, name, (text, from) => {
      expect(renameVariable(renameVariable(text, from, 'fresh'), 'fresh', from)).toBe(text);
    }));
  });

  test('a renamed template asks for the same, under the new name', () => {
    fc.assert(fc.property(template, name, (text, from) => {
      const namesAfter = parseTemplate(renameVariable(text, from, 'fresh')).uses.map((use) => use.name);
      expect(namesAfter).toEqual(parseTemplate(text).uses.map((use) => (use.name === from ? 'fresh' : use.name)));
    }));
  });

  test('what stands between the uses stays as it was', () => {
    fc.assert(fc.property(template, name, (text, from) => {
      expect(withoutUses(renameVariable(text, from, 'fresh'), 'fresh')).toEqual(withoutUses(text, from));
    }));
  });
});

function withoutUses(text: string, variable: string): string[] {
  const uses = parseTemplate(text).uses.filter((use) => use.name === variable);
  const ends = [0, ...uses.map(({ to }) => to)];
  return ends.map((end, index) => text.slice(end, uses[index]?.from));
}
