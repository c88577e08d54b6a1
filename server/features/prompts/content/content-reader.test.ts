import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InvalidInputError } from '../../../errors.js';
import { InputProblems } from '../../../input-problems.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptContent, type PromptKind, variableTypes } from './content.js';
import { type ContentBase, type ContentInput } from './content-reader.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});
beforeEach(async () => {
  ada = await createIdentity(kit.database);
});
afterAll(() => kit.stop());

async function tryRead(base: ContentBase, input: ContentInput) {
  const problems = new InputProblems();
  const content = await kit.contents.read(ada.workspaceId, base, input, problems);
  try {
    problems.throwIfAny();
  } catch (error) {
    if (error instanceof InvalidInputError) return { content, problems: error.fields };
    throw error;
  }
  return { content, problems: [] };
}

async function read(input: Partial<ContentInput> & { text?: string }, base: ContentBase = { kind: 'TEXT' }): Promise<PromptContent> {
  const { text = 'Hello', ...rest } = input;
  const { content, problems } = await tryRead(base, { messages: [{ role: 'USER', content: text }], ...rest });
  expect(problems).toEqual([]);
  return content;
}

const problemsOf = async (input: Partial<ContentInput> & { text?: string }, kind: PromptKind = 'TEXT') => {
  const { text = 'Hello', ...rest } = input;
  return (await tryRead({ kind }, { messages: [{ role: 'USER', content: text }], ...rest })).problems;
};

const createText = async (path: string, content: string, more: object = {}) =>
  kit.prompts.create(ada, { name: path, path, description: '', kind: 'TEXT', message: 'First version', messages: [{ role: 'USER', content }], ...more });

/** There is no label before somebody sets one. */
const label = async (promptId: string, name = 'production') => {
  const head = (await kit.prompts.heads(ada.workspaceId, [promptId])).get(promptId);
  await kit.database.prisma.promptLabel.create({ data: { workspaceId: ada.workspaceId, promptId, name, versionId: head?.id ?? '', movedById: ada.userId } });
};

describe('variables', () => {
  test('that a template names and nobody declares are required strings, after those that are declared', async () => {
    const { variables } = await read({ text: '{{ b }} {{ a }}', variables: [{ name: 'a', type: 'NUMBER', minimum: 1 }, { name: 'unused', required: false }] });
    expect(variables).toEqual([
      { name: 'a', type: 'NUMBER', description: '', required: true, minimum: 1 },
      { name: 'unused', type: 'STRING', description: '', required: false },
      { name: 'b', type: 'STRING', description: '', required: true },
    ]);
  });

  // The editor finds them by the same rule, which its own tests hold to the same table.
  test.each([
    ['{% for item in items %}{{ item.title }}{% endfor %}', { items: 'LIST' }],
    ['{% tablerow item in items %}{{ item }}{% endtablerow %}', { items: 'LIST' }],
    ['{{ items[0] }} {{ items.first.title }} {{ items.last }}', { items: 'LIST' }],
    ['{{ items.size }}{% for item in items %}{% endfor %}', { items: 'LIST' }],
    ['{{ order.id }} {{ user["name"] }}', { order: 'JSON', user: 'JSON' }],
    ['{% for line in order.lines %}{{ line }}{% endfor %}', { order: 'JSON' }],
    ['{% for item in both %}{% endfor %}{{ both.title }}', { both: 'JSON' }],
    ['{{ prices[product] }}', { prices: 'JSON', product: 'STRING' }],
    ['{{ text.size }} {{ text | upcase }} {% if text %}{% endif %}', { text: 'STRING' }],
    ['{% for word in text %}{% endfor %}{% for i in (1..most) %}{% endfor %}', { text: 'LIST', most: 'STRING' }],
    ['{% assign words = text | split: " " %}{% for word in words %}{{ word.size }}{% endfor %}', { text: 'STRING' }],
    ['Hello\n{{ name }}\n\n{%- for item in items -%}\n{{ item }}{% endfor %}', { name: 'STRING', items: 'LIST' }],
  ])('that nobody declares are of the type that their uses need: %s', async (text, types) => {
    expect(Object.fromEntries((await read({ text })).variables.map(({ name, type }) => [name, type]))).toEqual(types);
  });

  test('stay as the base has them when they are absent', async () => {
    const base = await read({ text: '{{ a }}', variables: [{ name: 'a', type: 'TEXT', sample: 'x' }] });
    expect((await read({ text: '{{ a }} {{ b }}' }, { kind: 'TEXT', base })).variables.map(({ name, type }) => [name, type])).toEqual([['a', 'TEXT'], ['b', 'STRING']]);
  });

  test('may be of every type, with limits, a default and a sample that fit', async () => {
    const variables = [
      { name: 's', type: 'STRING', pattern: '[a-z]+', minLength: 1, maxLength: 5, defaultValue: 'abc', sample: 'x' },
      { name: 'n', type: 'NUMBER', minimum: -1, maximum: 1, defaultValue: 0 },
      { name: 'b', type: 'BOOLEAN', defaultValue: false },
      { name: 'c', type: 'CHOICE', allowedValues: ['x', 'y'], defaultValue: 'y' },
      { name: 'j', type: 'JSON', sample: { a: [1] } },
      { name: 'l', type: 'LIST', minLength: 0, maxLength: 3, sample: [] },
      { name: 'm', type: 'MESSAGES', required: false, sample: [{ role: 'USER', content: 'Hi' }] },
    ];
    expect((await read({ variables })).variables).toMatchObject(variables);
  });

  test.each<[object, string, RegExp]>([
    [{ name: 'first-name' }, 'name', /^Choose another name: letters, digits/],
    [{ name: '__proto__' }, 'name', /^Choose another name/],
    [{ name: 'constructor' }, 'name', /^Choose another name/],
    [{ name: 'prototype' }, 'name', /^Choose another name/],
    [{ name: 'nil' }, 'name', /means something of its own/],
    [{ name: '' }, 'name', /^Choose another name/],
    [{ name: 'a', type: 'DATE' }, 'type', /^Choose one of STRING/],
    [{ name: 'a', minimum: 1 }, 'minimum', /^A STRING has no minimum/],
    [{ name: 'a', type: 'NUMBER', pattern: 'x' }, 'pattern', /^A NUMBER has no pattern/],
    [{ name: 'a', type: 'JSON', maxLength: 3 }, 'maxLength', /^A JSON has no maxLength/],
    [{ name: 'a', allowedValues: ['x'] }, 'allowedValues', /^A STRING has no allowedValues/],
    [{ name: 'a', minLength: 3, maxLength: 2 }, 'maxLength', /^Give at least 3/],
    [{ name: 'a', minLength: -1 }, 'minLength', /^Give 0 or more/],
    [{ name: 'a', type: 'NUMBER', minimum: 3, maximum: 2 }, 'maximum', /^Give at least 3/],
    [{ name: 'a', pattern: '(' }, 'pattern', /no regular expression/],
    [{ name: 'a', pattern: 'x)|(?:y' }, 'pattern', /no regular expression/],
    [{ name: 'a', pattern: 'a'.repeat(501) }, 'pattern', /500 characters/],
    [{ name: 'a', type: 'CHOICE' }, 'allowedValues', /^Give the values that can be chosen/],
    [{ name: 'a', type: 'CHOICE', allowedValues: [] }, 'allowedValues', /^Give the values/],
    [{ name: 'a', type: 'CHOICE', allowedValues: ['x', 'x'] }, 'allowedValues', /^Give each value once/],
    [{ name: 'a', type: 'CHOICE', allowedValues: ['x'], defaultValue: 'y' }, 'defaultValue', /^Give one of x/],
    [{ name: 'a', type: 'NUMBER', sample: '1' }, 'sample', /^Give a number/],
    [{ name: 'a', pattern: '[a-z]', sample: 'A' }, 'sample', /must match the pattern \[a-z\]/],
    [{ name: 'a', maxLength: 2, defaultValue: 'abc' }, 'defaultValue', /^Give at most 2/],
    [{ name: 'a', description: 'a\0' }, 'description', /NUL/],
    [{ name: 'a', sample: 'x'.repeat(60_000) }, 'sample', /50000 characters/],
  ])('such as %j are refused', async (variable, part, message) => {
    expect(await problemsOf({ variables: [{ name: 'other' }, variable] })).toEqual([{ field: `input.variables.1.${part}`, message: expect.stringMatching(message) }]);
  });

  test('have one name each', async () => {
    expect(await problemsOf({ variables: [{ name: 'a' }, { name: 'a' }] })).toEqual([{ field: 'input.variables.1.name', message: 'Variable 1 has this name already. Choose another one.' }]);
  });

  test('are not ten thousand, declared or found', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `v${index}`);
    expect(await problemsOf({ variables: names.map((name) => ({ name })) })).toEqual([{ field: 'input.variables', message: 'Keep this to 200 variables.' }]);
    const text = names.slice(0, 300).map((name) => `{{ ${name} }}`).join('');
    expect(await problemsOf({ text })).toEqual([{ field: 'input.variables', message: 'Keep this to 200 variables; with those that the templates name there are 300.' }]);
    const all = names.map((name) => `{{${name}}}`).join('');
    expect(await problemsOf({ text: all })).toEqual([{ field: 'input.messages.0.content', message: expect.stringMatching(/^Keep what stands within/) }]);
  });

  test('whose pattern never ends on the sample are refused in good time', async () => {
    expect(await problemsOf({ variables: [{ name: 'a', pattern: '(a+)+b', sample: 'a'.repeat(50) }] })).toEqual([
      { field: 'input.variables.0.sample', message: expect.stringMatching(/takes too long on this value/) },
    ]);
  }, 20_000);
});

describe('placeholders', () => {
  const chat = (variable: string, more: Partial<ContentInput> = {}) =>
    tryRead({ kind: 'CHAT' }, { messages: [{ role: 'SYSTEM', content: 'Hi' }, { role: 'PLACEHOLDER', content: variable }], ...more });

  test('bring their variable with them, which may be left out', async () => {
    expect((await chat('history')).content.variables).toEqual([{ name: 'history', type: 'MESSAGES', description: '', required: false }]);
    expect((await chat('history', { variables: [{ name: 'history', type: 'MESSAGES', maxLength: 20 }] })).content.variables).toMatchObject([{ required: true, maxLength: 20 }]);
  });

  test('may have their variable looped over in a template too', async () => {
    const messages: ContentInput['messages'] = [{ role: 'SYSTEM', content: '{{ history.size }}' }, { role: 'PLACEHOLDER', content: 'history' }];
    expect(await tryRead({ kind: 'CHAT' }, { messages })).toMatchObject({ problems: [], content: { variables: [{ type: 'MESSAGES' }] } });
  });

  test.each([['{{ history }}'], ['__proto__'], ['']])('name a variable, not %j', async (name) => {
    expect((await chat(name)).problems).toEqual([{ field: 'input.messages.1.content', message: expect.stringMatching(/^Name a variable of the type MESSAGES/) }]);
  });

  test('name a variable of messages', async () => {
    expect((await chat('tone', { variables: [{ name: 'tone' }] })).problems).toEqual([
      { field: 'input.messages.1.content', message: 'The variable tone is a STRING. A placeholder needs one of the type MESSAGES.' },
    ]);
  });
});

describe('settings, tools and output schema', () => {
  const parameters = { type: 'object', properties: { city: { type: 'string', format: 'date' } }, required: ['city'] };

  test('are kept as they are written', async () => {
    const settings = { model: 'simulated/echo', temperature: 0, seed: 7, stopSequences: ['END'] };
    const tools = [{ name: 'get_weather', description: 'Tells the weather', parameters }];
    const outputSchema = { type: 'array', items: { $ref: '#/$defs/item' }, $defs: { item: { type: 'string' } } };
    expect(await read({ settings, tools, outputSchema })).toMatchObject({ settings, tools, outputSchema });
  });

  test('stay as the base has them when they are absent; an output schema of null is none', async () => {
    const base = await read({ settings: { model: 'simulated/echo' }, tools: [{ name: 'a', parameters }], outputSchema: parameters });
    expect(await read({}, { kind: 'TEXT', base })).toEqual(base);
    expect(await read({ outputSchema: null, tools: [] }, { kind: 'TEXT', base })).toEqual({ ...base, outputSchema: undefined, tools: [] });
  });

  test.each<[object, string, RegExp]>([
    [{ name: 'get weather', parameters }, 'name', /^Use letters, digits/],
    [{ name: 'a'.repeat(65), parameters }, 'name', /64 characters/],
    [{ name: '', parameters }, 'name', /^Use letters/],
    [{ name: 'a', parameters: 'none' }, 'parameters', /^Give a JSON Schema/],
    [{ name: 'a', parameters: {} }, 'parameters', /^Describe an object: "type": "object"/],
    [{ name: 'a', parameters: { type: 'array' } }, 'parameters', /^Describe an object/],
    [{ name: 'a', parameters: { type: 'object', properties: { x: { type: 'text' } } } }, 'parameters', /no JSON Schema/],
    [{ name: 'a', parameters: { type: 'object', $ref: 'https://example.com/schema.json' } }, 'parameters', /no JSON Schema/],
    [{ name: 'a', parameters: { type: 'object', description: 'x'.repeat(60_000) } }, 'parameters', /50000 characters/],
  ])('a tool such as %j is refused', async (tool, part, message) => {
    expect(await problemsOf({ tools: [tool] })).toEqual([{ field: `input.tools.0.${part}`, message: expect.stringMatching(message) }]);
  });

  test('tools have one name each', async () => {
    expect(await problemsOf({ tools: [{ name: 'a', parameters }, { name: 'a', parameters }] })).toEqual([{ field: 'input.tools.1.name', message: 'Tool 1 has this name already. Choose another one.' }]);
  });

  test.each([[{ type: 'string' }], ['{}'], [{ type: 'object', required: 'all' }], [[]]])('an output schema such as %j is refused', async (outputSchema) => {
    expect((await problemsOf({ outputSchema })).map(({ field }) => field)).toEqual(['input.outputSchema']);
  });

  test.each<[object, string]>([
    [{ model: 'simulated/echo', seed: -1 }, 'seed'],
    [{ model: 'simulated/echo', seed: 1.5 }, 'seed'],
    [{ model: 'simulated/echo', stopSequences: ['a', 'b', 'c', 'd', 'e'] }, 'stopSequences'],
    [{ model: 'simulated/echo', stopSequences: [''] }, 'stopSequences.0'],
    [{ model: 'nobody/nothing' }, 'model'],
  ])('settings such as %j are refused', async (settings, part) => {
    expect((await problemsOf({ settings })).map(({ field }) => field)).toEqual([`input.settings.${part}`]);
  });
});

describe('references', () => {
  test('bring the variables of what is included, nested too, unless they are declared', async () => {
    const tone = await createText('shared/tone', 'Be {{ tone }} to {{ reader }}.', { variables: [{ name: 'tone', type: 'CHOICE', allowedValues: ['kind', 'dry'], defaultValue: 'kind' }] });
    await label(tone.id);
    const rules = await createText('shared/rules', '{% prompt "shared/tone" %} {{ rule }}');
    await label(rules.id, 'staging');
    const { variables } = await read({ text: '{{ text }} {% prompt "shared/rules", label: "staging" %}', variables: [{ name: 'reader', description: 'Mine' }] });
    expect(variables).toMatchObject([{ name: 'reader', description: 'Mine' }, { name: 'text' }, { name: 'rule' }, { name: 'tone', type: 'CHOICE', defaultValue: 'kind' }]);
  });

  test('that lead nowhere are refused with their place, and what there is instead', async () => {
    const tone = await createText('shared/tone', 'Be kind.');
    await label(tone.id, 'staging');
    await label(tone.id, 'canary');
    const cases: [string, string][] = [
      ['{% prompt "nowhere" %}', 'There is no prompt at nowhere in this workspace.'],
      ['{% prompt "shared/tone" %}', 'The prompt shared/tone has no label "production". It has canary, staging.'],
      ['{% prompt "shared/tone", version: "2.0.0" %}', 'The prompt shared/tone has no version 2.0.0.'],
      ['{% prompt "shared/tone", branch: "draft" %}', 'The prompt shared/tone has no branch "draft". It has main.'],
    ];
    for (const [tag, message] of cases) {
      expect(await problemsOf({ text: `Hi\n {{ a }}${tag}` })).toEqual([{ field: 'input.messages.0.content', message: `Line 2, column 9: ${message}` }]);
    }
  });

  test('do not reach another workspace', async () => {
    await createText('shared/tone', 'Be kind.');
    ada = await createIdentity(kit.database, 'Bob');
    expect(await problemsOf({ text: '{% prompt "shared/tone", branch: "main" %}' })).toEqual([{ field: 'input.messages.0.content', message: 'Line 1, column 1: There is no prompt at shared/tone in this workspace.' }]);
  });
});

describe('bad input', () => {
  test.each<[string, string, RegExp]>([
    ['a template of a megabyte', 'x'.repeat(1_000_000), /^Keep this to 200000 characters/],
    ['a file', "{% include '/etc/passwd' %}", /^Line 1, column 1: tag "include" not found/],
    ['a prototype', 'Hi {{ __proto__ }}', /^Line 1, column 7: the variable "__proto__" needs another name/],
    ['half a tag', 'Dear\n  {{ name', /^Line 2, column 3: output "{{ name" not closed/],
  ])('%s is refused', async (_what, text, message) => {
    const problems = await problemsOf({ text });
    expect(problems).toContainEqual({ field: 'input.messages.0.content', message: expect.stringMatching(message) });
  });

  test('a template that loops for ever is read: it is ended when it is rendered', async () => {
    await read({ text: '{% for i in (1..1000000000) %}{% for j in (1..1000000000) %}x{% endfor %}{% endfor %}' });
  });

  test('whatever it is, it is answered with problems and never thrown at', async () => {
    const anything = fc.anything({ withBigInt: false, maxDepth: 3 });
    await fc.assert(
      fc.asyncProperty(fc.record({ messages: anything, variables: anything, settings: anything, tools: anything, outputSchema: anything }), async (input) => {
        const problems = new InputProblems();
        await kit.contents.read(ada.workspaceId, { kind: 'CHAT' }, input as ContentInput, problems);
        expect(problems.any).toBe(true);
      }),
    );
  });
});

test('Reading what was read changes nothing', async () => {
  const messages = fc.array(
    fc.record({ role: fc.constantFrom('SYSTEM', 'USER', 'ASSISTANT', 'PLACEHOLDER'), content: fc.constantFrom('a', '{{ x }} {{ y }}', 'history', '{% if flag %}b{% endif %}') }),
    { minLength: 1, maxLength: 6 },
  );
  const variables = fc.uniqueArray(
    fc.record(
      { name: fc.constantFrom('x', 'y', 'z', 'history'), type: fc.constantFrom(...variableTypes), description: fc.constantFrom('', ' A text '), required: fc.boolean(), sample: fc.constant(null), maxLength: fc.constantFrom(null, 5) },
      { requiredKeys: ['name'] },
    ),
    { selector: ({ name }) => name },
  );
  let kept = 0;
  await fc.assert(
    fc.asyncProperty(messages, variables, async (written, declared) => {
      const once = await tryRead({ kind: 'CHAT' }, { messages: written, variables: declared });
      if (once.problems.length > 0) return;
      kept++;
      expect(await tryRead({ kind: 'CHAT', base: once.content }, once.content)).toEqual(once);
      expect(await tryRead({ kind: 'CHAT', base: once.content }, { messages: once.content.messages })).toEqual(once);
      expect(await tryRead({ kind: 'CHAT' }, once.content)).toEqual(once);
    }),
  );
  expect(kept).toBeGreaterThan(10);
});
