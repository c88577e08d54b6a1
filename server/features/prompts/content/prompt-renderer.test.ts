import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '../../../errors.js';
import { SandboxError } from '../../../sandbox/sandbox.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptContent, type PromptMessage, type PromptVariable } from './content.js';
import { type RenderingOptions } from './prompt-renderer.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});
beforeEach(async () => {
  ada = await createIdentity(kit.database);
});
afterAll(() => kit.stop());

const variable = (name: string, changes: Partial<PromptVariable> = {}): PromptVariable => ({ name, type: 'STRING', description: '', required: true, ...changes });
const contentOf = (messages: [PromptMessage['role'], string][], variables: PromptVariable[] = []): PromptContent => ({
  kind: 'CHAT',
  messages: messages.map(([role, content], index) => ({ id: `m${index}`, role, content })),
  variables,
  settings: { model: 'simulated/echo' },
  tools: [],
});
const render = (content: PromptContent, values: unknown = {}, options: RenderingOptions = {}) => kit.renderer.render(ada.workspaceId, content, values, options);

/** Made of one text prompt, labelled production. */
async function include(path: string, content: string, variables: { name: string; required?: boolean; defaultValue?: unknown }[] = []): Promise<string> {
  const { id } = await kit.prompts.create(ada, { name: path, path, description: '', kind: 'TEXT', message: 'First version', messages: [{ role: 'USER', content }], variables });
  const versionId = (await kit.prompts.heads(ada.workspaceId, [id])).get(id)?.id ?? '';
  await kit.database.prisma.promptLabel.create({ data: { workspaceId: ada.workspaceId, promptId: id, name: 'production', versionId, movedById: ada.userId } });
  return id;
}

describe('a prompt is rendered', () => {
  test('with the values of its variables, whatever their type', async () => {
    const variables = [variable('name'), variable('n', { type: 'NUMBER', defaultValue: 2 }), variable('tags', { type: 'LIST' }), variable('data', { type: 'JSON' }), variable('note', { required: false })];
    const content = contentOf([['SYSTEM', 'You are {{ name }}.'], ['USER', '{% for tag in tags %}{{ tag }};{% endfor %} {{ data.a }} {{ data }} {{ n }}{% if note %}!{% endif %}']], variables);
    expect(await render(content, { name: 'Ada', tags: ['x', 'y'], data: { a: 1 } })).toEqual([
      { messageId: 'm0', role: 'SYSTEM', content: 'You are Ada.' },
      { messageId: 'm1', role: 'USER', content: 'x;y; 1 {"a":1} 2' },
    ]);
  });

  test('with the messages that are given where a placeholder stands, each by the id of the message that it came from', async () => {
    const content = contentOf([['SYSTEM', 'Hi'], ['PLACEHOLDER', 'history'], ['USER', '{{ q }}']], [variable('history', { type: 'MESSAGES', required: false }), variable('q')]);
    const history = [{ role: 'user', content: '{{ q }} as it is' }, { role: 'ASSISTANT', content: 'Yes' }];
    expect(await render(content, { history, q: 'Why?' })).toEqual([
      { messageId: 'm0', role: 'SYSTEM', content: 'Hi' },
      { messageId: 'm1', role: 'USER', content: '{{ q }} as it is' },
      { messageId: 'm1', role: 'ASSISTANT', content: 'Yes' },
      { messageId: 'm2', role: 'USER', content: 'Why?' },
    ]);
    expect(await render(content, { q: 'Why?' })).toEqual([{ messageId: 'm0', role: 'SYSTEM', content: 'Hi' }, { messageId: 'm2', role: 'USER', content: 'Why?' }]);
  });

  test('with what it includes, and the variables that this asks for by now', async () => {
    await include('shared/tone', 'Be {{ tone }}{{ mark }}', [{ name: 'mark', defaultValue: '!' }]);
    const content = contentOf([['USER', '{% prompt "shared/tone" %} {{ text }}']], [variable('text')]);
    expect(await render(content, { text: 'T', tone: 'kind' })).toEqual([{ messageId: 'm0', role: 'USER', content: 'Be kind! T' }]);
    await expect(render(content, { text: 'T' })).rejects.toThrow('input.values.tone: Give a value: the prompt needs it.');
  });

  test('with pins alone where they are given', async () => {
    const promptId = await include('shared/tone', 'Be kind.');
    const content = contentOf([['USER', '{% prompt "shared/tone" %}']]);
    const pins = await kit.references.resolve(ada.workspaceId, [content]);
    await kit.database.prisma.prompt.delete({ where: { id: promptId } });
    expect(await render(content, {}, { pins })).toEqual([{ messageId: 'm0', role: 'USER', content: 'Be kind.' }]);
    await expect(render(content)).rejects.toThrow(InvalidInputError);
    await expect(render(content, {}, { pins: new Map() })).rejects.toThrow(SandboxError);
  });
});

describe('a preview', () => {
  const variables = [
    variable('given'),
    variable('sampled', { sample: 'S' }),
    variable('defaulted', { sample: 'S', defaultValue: 'D' }),
    variable('open', { type: 'JSON' }),
    variable('history', { type: 'MESSAGES', required: false }),
  ];
  const content = contentOf([['SYSTEM', '{{ given }} {{ sampled }} {{ defaulted }} {{ open.title }}'], ['PLACEHOLDER', 'history']], variables);

  test('shows defaults, then samples, and what has neither by its name', async () => {
    expect(await render(content, { given: 'G' }, { withSamples: true })).toEqual([
      { messageId: 'm0', role: 'SYSTEM', content: 'G S D {{ open.title }}' },
      { messageId: 'm1', role: 'USER', content: '{{ history }}' },
    ]);
  });

  test('still says what is wrong with a value that is given', async () => {
    await expect(render(content, { given: [] }, { withSamples: true })).rejects.toThrow('input.values.given: Give a text.');
  });
});

describe('a rendering is refused', () => {
  test('naming every value that is wrong, where the caller wrote it', async () => {
    const content = contentOf([['USER', '{{ a }} {{ b }}']], [variable('a'), variable('b', { type: 'NUMBER' })]);
    const error: unknown = await render(content, { b: 'x', c: 1 }, { field: 'inputs' }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      fields: [
        { field: 'inputs.a', message: 'Give a value: the prompt needs it.' },
        { field: 'inputs.b', message: 'Give a number.' },
        { field: 'inputs.c', message: 'The prompt has no variable of this name. It has a, b.' },
      ],
    });
  });

  test('for a template that loops for ever, in good time', async () => {
    const content = contentOf([['USER', '{% for i in (1..1000000000) %}{% for j in (1..1000000000) %}x{% endfor %}{% endfor %}']]);
    await expect(render(content)).rejects.toThrow(SandboxError);
  }, 20_000);

  test('by whoever aborts it', async () => {
    await expect(render(contentOf([['USER', 'x']]), {}, { signal: AbortSignal.abort(new Error('cancelled')) })).rejects.toThrow('cancelled');
  });
});
