import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type RenderOptions, type Sandbox, SandboxError } from './sandbox.js';
import { startSandbox } from './start-sandbox.js';

let sandbox: Sandbox;
beforeAll(() => {
  sandbox = startSandbox();
});
afterAll(() => sandbox.close());

async function render(template: string, variables: Record<string, unknown> = {}, options: RenderOptions = {}): Promise<string> {
  const [text = ''] = await sandbox.render([template], variables, { timeoutMs: 5_000, ...options });
  return text;
}

const problemOf = (work: Promise<unknown>) => work.then((value) => new Error(`It rendered ${String(value)}.`), (error: unknown) => error);

describe('{% prompt %}', () => {
  it('puts in the text of a prompt that is given, with the values of the whole', async () => {
    const included = { 'shared/tone label:production': 'Be {{ tone }}.', 'shared/tone version:1.2.0': 'Be brief.' };
    expect(await render('{% prompt "shared/tone" %} {% prompt "shared/tone", version: "1.2.0" %}', { tone: 'kind' }, { included })).toBe('Be kind. Be brief.');
  });

  it('may be nested, and stand in a loop or a condition', async () => {
    const included = { 'a label:production': '[{% prompt "b", branch: "draft" %}]', 'b branch:draft': '{{ x }}' };
    expect(await render('{% for i in (1..2) %}{% if i == 2 %}{% prompt "a" %}{% endif %}{{ i }}{% endfor %}', { x: 'X' }, { included })).toBe('1[X]2');
  });

  it('shares nothing that a template makes: not its own with the included one, nor the other way round', async () => {
    const included = { 'a label:production': '{{ x }}{% assign x = "inner" %}{% assign y = "inner" %}' };
    expect(await render('{% assign x = "outer" %}{% prompt "a" %} {{ x }} {{ y }}', { x: 'given', y: 'given' }, { included })).toBe('given outer given');
  });

  it('puts in the text as it is: what a value holds is no template', async () => {
    expect(await render('{% prompt "a" %}', { x: '{% prompt "b" %}{{ x }}' }, { included: { 'a label:production': '{{ x }}' } })).toBe('{% prompt "b" %}{{ x }}');
  });

  it.each(['{% prompt "b" %}', '{% prompt "a", label: "staging" %}', '{% prompt "__proto__" %}'])('finds nothing but what is given: %s', async (template) => {
    expect(await problemOf(render(template, {}, { included: { 'a label:production': 'A' } }))).toMatchObject({
      code: 'RUNTIME',
      message: expect.stringMatching(/^The template includes the prompt .*, which is not given\.$/),
    });
  });

  it('says in which prompt something failed, and where', async () => {
    const included = { 'a label:production': 'x\n{% prompt "b" %}', 'b label:production': '{{ user.nick }}' };
    expect(await problemOf(render('{% prompt "a" %}', { user: {} }, { included }))).toMatchObject({
      code: 'RUNTIME',
      message: 'In a: In b: Undefined variable: user.nick, at line 1, column 4.',
    });
  });

  it('is no way around the limits', async () => {
    const deep = { 'a label:production': '{% prompt "a" %}' };
    expect(await problemOf(render('{% prompt "a" %}', {}, { included: deep }))).toBeInstanceOf(SandboxError);
    const endless = { 'a label:production': '{% for i in (1..100000) %}{% for j in (1..100000) %}{{ j }}{% endfor %}{% endfor %}' };
    expect(await problemOf(render('{% prompt "a" %}', {}, { included: endless, timeoutMs: 500 }))).toBeInstanceOf(SandboxError);
    expect(await render('{{ x }}', { x: 1 })).toBe('1');
  }, 20_000);
});

describe('a variable without a value, in a preview', () => {
  it.each([
    ['{{ name }}', '{{ name }}'],
    ['{{ name.first }} {{ name.list[0].title }}', '{{ name.first }} {{ name.list[0].title }}'],
    ['{{ name | upcase }}', '{{ NAME }}'],
    ['{{ name | json }}', '"{{ name }}"'],
    ['{% for item in name %}- {{ item }} {{ item.title }}{% endfor %}', '- {{ name[0] }} {{ name[0].title }}'],
    ['{% if name %}yes{% else %}no{% endif %}', 'yes'],
    ['{{ name | default: "x" }}', '{{ name }}'],
    ['{% case name %}{% when "a" %}A{% else %}other{% endcase %}', 'other'],
    ['{% prompt "a" %}', '<{{ name }}>'],
  ])('%s comes out as %s', async (template, text) => {
    expect(await render(template, {}, { unset: ['name'], included: { 'a label:production': '<{{ name }}>' } })).toBe(text);
  });
});

describe('what needs no escaping', () => {
  it('JSON, with values in it', async () => {
    const template = '{"a":{"b":[{"c":{}}]},"text":{{ text | json }},"n":{{ n }},"list":{{ list }},"o":{"x":{{ n }}}}';
    expect(JSON.parse(await render(template, { text: 'say "hi"\n', n: 1.5, list: [{ a: 1 }] }))).toEqual({
      a: { b: [{ c: {} }] }, text: 'say "hi"\n', n: 1.5, list: [{ a: 1 }], o: { x: 1.5 },
    });
  });

  it('any text without tags is rendered as it is, JSON of any value too', async () => {
    const noTags = fc.string({ unit: fc.constantFrom(...'{}%"\\-|a\n é日'), maxLength: 40 }).filter((text) => !/\{[{%]/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.oneof(noTags, fc.json()), async (text) => {
        fc.pre(!/\{[{%]/.test(text));
        expect(await render(text)).toBe(text);
      }),
    );
  });
});
