import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

let server: TestServer;
let ada: Awaited<ReturnType<typeof signUpUser>>;

beforeAll(async () => {
  server = await startTestServer();
  ada = await signUpUser(server);
  await create({ name: 'Tone', path: 'shared/tone', kind: 'TEXT', messages: [{ role: 'USER', content: 'Be {{ tone }}.' }], variables: [{ name: 'tone', type: 'CHOICE', allowedValues: ['kind', 'dry'], defaultValue: 'kind' }] });
});
afterAll(() => server.stop());

const createdSchema = z.object({ createPrompt: z.object({ id: z.string(), head: z.object({ id: z.string() }) }) });
const create = async (input: object) =>
  createdSchema.parse(await ada.ask('mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { id head { id } } }', { input })).createPrompt;

const label = (promptId: string, versionId: string, name: string) =>
  ada.ask('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', { input: { promptId, versionId, name } });

/** What the API answers with instead of data. */
async function refusal(query: string, variables: object = {}): Promise<unknown> {
  const { errors } = await ada.client.query(query, { ...variables }, { token: ada.token });
  return { message: errors?.[0]?.message, code: errors?.[0]?.extensions.code, fields: errors?.[0]?.extensions.fields };
}

const renderQuery = `query ($input: RenderPromptInput!) {
  renderPrompt(input: $input) {
    messages { messageId role content tokens } tokens settings { model seed } tools { name } outputSchema
    references { reference { path label version branch } version { version prompt { path } } } version { version }
  }
}`;

describe('everything that a prompt is made of', () => {
  const input = {
    name: 'Reply',
    path: 'support/reply',
    kind: 'CHAT',
    tags: [' support ', 'support', 'mail'],
    messages: [
      { role: 'SYSTEM', content: '{% prompt "shared/tone", branch: "main" %} You are {{ name }}.' },
      { role: 'PLACEHOLDER', content: 'history' },
      { id: 'question', role: 'USER', content: '{"q": {{ question | json }}}' },
    ],
    variables: [{ name: 'name', description: 'Of the agent', sample: 'Ada', maxLength: 20 }],
    settings: { model: 'simulated/instant', seed: 7, stopSequences: ['END'] },
    tools: [{ name: 'lookup', description: 'Finds', parameters: { type: 'object', properties: { id: { type: 'string' } } } }],
    outputSchema: { type: 'object', properties: { answer: { type: 'string' } } },
  };
  let made: Awaited<ReturnType<typeof create>>;
  beforeAll(async () => {
    made = await create(input);
    await label(made.id, made.head.id, 'production');
  });

  test('is read again as it was written', async () => {
    const fields = `id prompt { path archivedAt } branch parentIds originalAuthor version messages { id role content } tools { name description parameters } outputSchema
      variables { name type description required defaultValue sample maxLength allowedValues } settings { model seed stopSequences } references { path label version branch }`;
    expect(await ada.ask(`{ promptVersion(path: "support/reply") { ${fields} } }`)).toEqual({
      promptVersion: {
        id: made.head.id,
        prompt: { path: 'support/reply', archivedAt: null },
        branch: 'main',
        parentIds: [],
        originalAuthor: null,
        version: '1.0.0',
        messages: [
          { id: expect.any(String), ...input.messages[0] },
          { id: expect.any(String), ...input.messages[1] },
          input.messages[2],
        ],
        tools: input.tools,
        outputSchema: input.outputSchema,
        variables: [
          { name: 'name', type: 'STRING', description: 'Of the agent', required: true, defaultValue: null, sample: 'Ada', maxLength: 20, allowedValues: null },
          { name: 'history', type: 'MESSAGES', description: '', required: false, defaultValue: null, sample: null, maxLength: null, allowedValues: null },
          { name: 'question', type: 'STRING', description: '', required: true, defaultValue: null, sample: null, maxLength: null, allowedValues: null },
          { name: 'tone', type: 'CHOICE', description: '', required: true, defaultValue: 'kind', sample: null, maxLength: null, allowedValues: ['kind', 'dry'] },
        ],
        settings: { model: 'simulated/instant', seed: 7, stopSequences: ['END'] },
        references: [{ path: 'shared/tone', label: null, version: null, branch: 'main' }],
      },
    });
  });

  test('is rendered with values, and says what it came from and how many tokens it has', async () => {
    const values = { name: 'Ada', question: 'Say "hi"', history: [{ role: 'user', content: 'Hello' }], tone: 'dry' };
    expect(await ada.ask(renderQuery, { input: { source: { path: 'support/reply' }, values } })).toEqual({
      renderPrompt: {
        messages: [
          { messageId: expect.any(String), role: 'SYSTEM', content: 'Be dry. You are Ada.', tokens: 7 },
          { messageId: expect.any(String), role: 'USER', content: 'Hello', tokens: 1 },
          { messageId: 'question', role: 'USER', content: '{"q": "Say \\"hi\\""}', tokens: expect.any(Number) },
        ],
        tokens: expect.any(Number),
        settings: { model: 'simulated/instant', seed: 7 },
        tools: [{ name: 'lookup' }],
        outputSchema: input.outputSchema,
        references: [{ reference: { path: 'shared/tone', label: null, version: null, branch: 'main' }, version: { version: '1.0.0', prompt: { path: 'shared/tone' } } }],
        version: { version: '1.0.0' },
      },
    });
  });

  test('is refused with every value that is wrong', async () => {
    expect(await refusal(renderQuery, { input: { source: { path: 'support/reply' }, values: { tone: 'loud', nmae: 'Ada' } } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [
        { field: 'input.values.name', message: 'Give a value: the prompt needs it.' },
        { field: 'input.values.question' },
        { field: 'input.values.tone', message: 'Give one of kind, dry.' },
        { field: 'input.values.nmae', message: 'The prompt has no variable of this name. It has name, history, question, tone.' },
      ],
    });
  });

  test('is shown before it is committed, with samples, and named where nothing is known', async () => {
    const content = { messages: [{ role: 'USER', content: '{{ name }} {{ other }} {% prompt "shared/tone", branch: "main" %}' }], variables: [{ name: 'name', sample: 'Ada' }] };
    const rendered = { messages: [{ role: 'USER', content: 'Ada {{ other }} Be kind.' }], version: null, references: [{ version: { version: '1.0.0' } }], settings: { model: 'simulated/extract' } };
    expect(await ada.ask(renderQuery, { input: { source: { content, kind: 'TEXT' }, withSamples: true } })).toMatchObject({ renderPrompt: rendered });
    expect(await ada.ask(renderQuery, { input: { source: { content, promptId: made.id }, withSamples: true } })).toMatchObject({ renderPrompt: { ...rendered, settings: { model: 'simulated/instant' } } });
  });

  test('is shown with what is wrong in it', async () => {
    const faulty = { messages: [{ role: 'USER', content: 'Hi\n{% prompt "nowhere" %}' }] };
    expect(await refusal(renderQuery, { input: { source: { content: faulty, kind: 'TEXT' } } })).toMatchObject({
      fields: [{ field: 'input.source.content.messages.0.content', message: 'Line 2, column 1: There is no prompt at nowhere in this workspace.' }],
    });
    const failing = { messages: [{ role: 'USER', content: '{{ data.missing }}' }], variables: [{ name: 'data', type: 'JSON' }] };
    expect(await refusal(renderQuery, { input: { source: { content: failing, kind: 'TEXT' }, values: { data: {} } } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'input.source.content.messages.0.content: Undefined variable: data.missing, at line 1, column 4.',
    });
    const endless = { messages: [{ role: 'USER', content: '{% for i in (1..100000000) %}{% for j in (1..100000000) %}x{% endfor %}{% endfor %}' }] };
    expect(await refusal(renderQuery, { input: { source: { content: endless, kind: 'TEXT' } } })).toMatchObject({ code: 'BAD_USER_INPUT' });
  }, 20_000);

  test('can not be made with what makes no sense', async () => {
    const create = 'mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { id } }';
    const wrong = { ...input, path: 'support/other', folderId: '01890000-0000-7000-8000-000000000000', tags: ['x'.repeat(100)], tools: [{ name: 'no name', parameters: {} }], outputSchema: 'none' };
    expect(await refusal(create, { input: wrong })).toMatchObject({
      code: 'BAD_USER_INPUT',
      fields: [{ field: expect.stringMatching(/^input\.tags/) }, { field: 'input.folderId', message: 'This workspace has no such folder. Choose another one.' }, { field: 'input.tools.0.name' }, { field: 'input.outputSchema' }],
    });
  });
});

describe('a version', () => {
  let ids: { promptId: string; first: string; second: string };
  const versionOf = async (names: string) => {
    const { promptVersion } = await ada.ask(`{ promptVersion(${names}) { version } }`);
    return z.object({ version: z.string() }).parse(promptVersion).version;
  };

  beforeAll(async () => {
    const { id: promptId, head } = await create({ name: 'Versions', kind: 'TEXT', messages: [{ role: 'USER', content: 'One' }] });
    const committed = await ada.ask('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id parentIds } }', {
      input: { promptId, message: 'Two', messages: [{ role: 'USER', content: 'Two' }] },
    });
    const { id: second, parentIds } = z.object({ id: z.string(), parentIds: z.array(z.string()) }).parse(committed.commitPromptVersion);
    expect(parentIds).toEqual([head.id]);
    ids = { promptId, first: head.id, second };
    await label(promptId, head.id, 'production');
    await label(promptId, second, 'staging');
  });

  test('is found in each way that it is called', async () => {
    expect(await versionOf(`id: "${ids.second}"`)).toBe('1.0.1');
    expect(await versionOf('path: "versions"')).toBe('1.0.0');
    expect(await versionOf('path: "versions", label: "staging"')).toBe('1.0.1');
    expect(await versionOf('path: "versions", version: "1.0.0"')).toBe('1.0.0');
    expect(await versionOf('path: "versions", branch: "main"')).toBe('1.0.1');
  });

  test.each<[string, string, string]>([
    ['path: "versions", label: "canary"', 'NOT_FOUND', 'The prompt versions has no label "canary". It has production, staging.'],
    ['path: "versions", branch: "draft"', 'NOT_FOUND', 'The prompt versions has no branch "draft". It has main.'],
    ['path: "versions", version: "2.0.0"', 'NOT_FOUND', 'The prompt versions has no version 2.0.0.'],
    ['path: "nowhere"', 'NOT_FOUND', 'There is no prompt at nowhere in this workspace.'],
    ['path: "versions", version: "latest"', 'BAD_USER_INPUT', 'version: "latest" is no version number. Write one such as 1.2.0.'],
    ['path: "versions", version: "1.0.0", label: "staging"', 'BAD_USER_INPUT', 'version: Give one of label, version and branch.'],
    ['label: "staging"', 'BAD_USER_INPUT', 'path: Name a version: by id, or by path.'],
    ['path: "versions", id: "x"', 'BAD_USER_INPUT', 'id: An id is enough: leave path, label, version and branch out.'],
  ])('is not found by %s', async (names, code, message) => {
    expect(await refusal(`{ promptVersion(${names}) { version } }`)).toMatchObject({ code, message });
  });

  test('of another workspace is not found by its path', async () => {
    const eve = await signUpUser(server, 'Eve');
    const answer = await eve.client.query('{ promptVersion(path: "versions") { id } }', {}, { token: eve.token });
    expect(answer.errors).toMatchObject([{ message: 'There is no prompt at versions in this workspace.', extensions: { code: 'NOT_FOUND' } }]);
  });

  test.each<[object, string]>([
    [{}, 'input.source.path'],
    [{ path: 'versions', content: { messages: [] } }, 'input.source'],
    [{ path: 'versions', promptId: 'x' }, 'input.source.promptId'],
    [{ content: { messages: [] } }, 'input.source.kind'],
    [{ path: 'versions', label: 'a', branch: 'b' }, 'input.source.branch'],
  ])('to render is named in one way: %j is refused', async (source, field) => {
    expect(await refusal(renderQuery, { input: { source } })).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field }] });
  });
});

describe('A rendering that takes for ever', () => {
  const input = { source: { kind: 'TEXT', content: { messages: [{ role: 'USER', content: `${'{% for i in (1..9000) %}'.repeat(3)}${'{% endfor %}'.repeat(3)}` }] } } };

  test('is ended when its caller leaves: whoever asks next waits for none of those that left', async () => {
    const leave = new AbortController();
    const bombs = Array.from({ length: 20 }, () => ada.client.query(renderQuery, { input }, { token: ada.token, signal: leave.signal }));
    const outcomes = Promise.allSettled(bombs);
    expect(await Promise.race(bombs)).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    leave.abort();
    await outcomes;
    const hi = { source: { kind: 'TEXT', content: { messages: [{ role: 'USER', content: 'Hi {{ n }}' }] } }, values: { n: 'Ada' } };
    expect(await ada.ask(renderQuery, { input: hi })).toMatchObject({ renderPrompt: { messages: [{ content: 'Hi Ada' }] } });
  });
});

describe('A template that fails on values that fit', () => {
  const failing = '{{ user.nick }}';
  const messages = [{ role: 'SYSTEM', content: 'Hi' }, { role: 'PLACEHOLDER', content: 'history' }, { role: 'USER', content: failing }];

  test('is named by its field, as what is at fault', async () => {
    const input = { source: { kind: 'CHAT', content: { messages } }, values: { user: {} } };
    expect(await refusal(renderQuery, { input })).toMatchObject({ fields: [{ field: 'input.source.content.messages.2.content', message: 'Undefined variable: user.nick, at line 1, column 4.' }] });
    const endless = `${'{% for i in (1..9000) %}'.repeat(3)}${'{% endfor %}'.repeat(3)}`;
    const alone = { source: { kind: 'TEXT', content: { messages: [{ role: 'USER', content: endless }] } } };
    expect(await refusal(renderQuery, { input: alone })).toMatchObject({ fields: [{ field: 'input.source.content.messages.0.content' }] });
  });

  test('of a version is the version’s, as a whole', async () => {
    await create({ name: 'Failing', path: 'failing', kind: 'CHAT', messages });
    expect(await refusal(renderQuery, { input: { source: { path: 'failing', branch: 'main' }, values: { user: {} } } })).toMatchObject({ fields: [{ field: 'input.source' }] });
  });
});
