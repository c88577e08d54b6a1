import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { socketClient } from '../../../testing/graphql-client.js';
import { type ModelServer, startModelServer } from '../../../testing/model-server.js';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';
import { roleAllows } from '../../auth/permissions.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

const model = 'openai-compatible/test';
const weather = { name: 'get_weather', description: 'The weather now', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };
const titled = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };

let server: TestServer;
let models: ModelServer;
let user: User;
let prompt: { id: string; path: string; versionId: string };
let counter = 0;

beforeAll(async () => {
  models = await startModelServer();
  const openAiCompatible = { baseUrl: models.baseUrl, apiKey: 'sk-secret', models: [], prices: { test: { input: 1_000, output: 10_000 } } };
  server = await startTestServer({ openAiCompatible });
  user = await signUpUser(server);
});
afterAll(async () => {
  await server.stop();
  await models.close();
});
beforeEach(async () => {
  prompt = await createPrompt();
});

async function createPrompt(input: Record<string, unknown> = {}): Promise<typeof prompt> {
  const name = `Greeting ${++counter}`;
  const messages = [{ role: 'USER', content: 'Greet {{ name }}' }];
  const { createPrompt } = await user.ask('mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { id path head { id } } }', {
    input: { name, kind: 'TEXT', messages, settings: { model }, ...input },
  });
  const { id, path, head } = z.object({ id: z.string(), path: z.string(), head: z.object({ id: z.string() }) }).parse(createPrompt);
  return { id, path, versionId: head.id };
}

const runFields = `id status model simulated values output structured outputProblems finishReason cost firstTokenMs durationMs messages { messageId role content tokens }
  toolCalls { id name arguments problems } error { code message } usage { inputTokens outputTokens } version { id } runBy { id }`;
const runSchema = z.looseObject({ id: z.string(), status: z.string(), output: z.string(), version: z.object({ id: z.string() }).nullable() });
const eventSchema = z.object({
  type: z.enum(['STARTED', 'TEXT', 'TOOL_CALL', 'FINISHED']),
  text: z.string().nullable(),
  toolCall: z.looseObject({ name: z.string() }).nullable(),
  run: runSchema.nullable(),
});
type Run = z.infer<typeof runSchema>;
type Event = z.infer<typeof eventSchema>;

const subscription = `subscription ($input: RunPromptInput!) { promptRunEvents(input: $input) { type text toolCall { id name arguments problems } run { ${runFields} } } }`;

async function* follow(input: Record<string, unknown>): AsyncGenerator<Event, void, undefined> {
  for await (const { data, errors } of user.subscribe(subscription, { input })) {
    if (errors) throw new Error(JSON.stringify(errors));
    yield eventSchema.parse(data?.promptRunEvents);
  }
}

async function eventsOf(input: Record<string, unknown>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of follow(input)) events.push(event);
  return events;
}

async function run(input: Record<string, unknown>): Promise<Run> {
  const { runPrompt } = await user.ask(`mutation ($input: RunPromptInput!) { runPrompt(input: $input) { ${runFields} } }`, { input });
  return runSchema.parse(runPrompt);
}

const ofVersion = (more: Record<string, unknown> = {}) => ({ source: { versionId: prompt.versionId }, values: { name: 'Ada' }, ...more });

const plainRun = 'mutation ($input: RunPromptInput!) { runPrompt(input: $input) { id } }';

async function refusalOf(input: Record<string, unknown>): Promise<unknown> {
  const answer = await user.client.query(plainRun, { input }, { token: user.token });
  return answer.errors?.[0];
}

async function runsOf(filter: { promptId: string; versionId?: string }, first = 20): Promise<Run[]> {
  const query = `query ($promptId: ID!, $versionId: ID, $first: Int!) { promptRuns(promptId: $promptId, versionId: $versionId, first: $first) { edges { node { ${runFields} } } } }`;
  const { promptRuns } = await user.ask(query, { ...filter, first });
  return z.object({ edges: z.array(z.object({ node: runSchema })) }).parse(promptRuns).edges.map(({ node }) => node);
}

/** The prompt's one run, once it is no longer under way. */
async function ended(): Promise<Run | undefined> {
  for (;;) {
    const [only] = await runsOf({ promptId: prompt.id });
    if (only?.status !== 'RUNNING') return only;
  }
}

describe('A run', () => {
  it('streams what happens, in order, and ends with all that it came to', async () => {
    models.reply({ kind: 'ok', tokens: ['Good', ' morning', ', Ada.'], delayMs: 40 });
    const events = await eventsOf(ofVersion());
    const [started, ...rest] = events;
    const finished = rest.pop();
    expect(started).toMatchObject({
      type: 'STARTED',
      run: { status: 'RUNNING', output: '', durationMs: null, values: { name: 'Ada' }, messages: [{ messageId: expect.any(String), role: 'USER', content: 'Greet Ada', tokens: 2 }], version: { id: prompt.versionId } },
    });
    expect(rest.map(({ type }) => type)).toEqual(['TEXT', 'TEXT', 'TEXT']);
    expect(rest.map(({ text }) => text).join('')).toBe('Good morning, Ada.');
    expect(finished).toEqual({
      type: 'FINISHED',
      text: null,
      toolCall: null,
      run: {
        ...started?.run,
        status: 'COMPLETED',
        output: 'Good morning, Ada.',
        finishReason: 'stop',
        usage: { inputTokens: 11, outputTokens: 3 },
        cost: (11 * 1_000 + 3 * 10_000) / 1_000_000,
        firstTokenMs: expect.any(Number),
        durationMs: expect.any(Number),
      },
    });
    const { firstTokenMs, durationMs } = z.object({ firstTokenMs: z.number(), durationMs: z.number() }).parse(finished?.run);
    expect(firstTokenMs).toBeGreaterThan(30);
    expect(durationMs).toBeGreaterThan(firstTokenMs + 60);
    expect(await runsOf({ promptId: prompt.id })).toEqual([finished?.run]);
  });

  it('over HTTP answers with the same', async () => {
    models.reply({ kind: 'ok', tokens: ['Hi', '!'] });
    const done = await run(ofVersion());
    expect(done).toMatchObject({ status: 'COMPLETED', output: 'Hi!', version: { id: prompt.versionId }, runBy: { id: user.userId }, simulated: false, structured: null, outputProblems: null });
    expect(await runsOf({ promptId: prompt.id })).toEqual([done]);
  });

  it('sends the model what the version says', async () => {
    const settings = { model, temperature: 0.2, topP: 0.5, maxOutputTokens: 9, seed: 7, stopSequences: ['END'] };
    prompt = await createPrompt({ settings, tools: [weather], outputSchema: titled });
    await run(ofVersion());
    expect(models.requests.at(-1)?.body).toMatchObject({
      model: 'test',
      messages: [{ role: 'user', content: 'Greet Ada' }],
      temperature: 0.2,
      top_p: 0.5,
      max_tokens: 9,
      seed: 7,
      stop: ['END'],
      tools: [{ function: { name: 'get_weather' } }],
      response_format: { json_schema: { schema: titled } },
    });
  });

  it('takes what a prompt includes as it is now', async () => {
    const tone = await createPrompt({ name: 'Tone', path: `shared/tone-${++counter}`, messages: [{ role: 'USER', content: 'Be kind, {{ name }}.' }] });
    prompt = await createPrompt({ messages: [{ role: 'USER', content: `{% prompt "${tone.path}", branch: "main" %} Greet.` }] });
    expect(await run(ofVersion())).toMatchObject({ status: 'COMPLETED', messages: [{ content: 'Be kind, Ada. Greet.' }] });
  });

  it('is of a simulated model without a key, and costs nothing', async () => {
    expect(await run(ofVersion({ model: 'simulated/instant', values: { name: 'the council. The council votes in May.' } }))).toMatchObject({
      status: 'COMPLETED',
      simulated: true,
      cost: 0,
      model: 'simulated/instant',
    });
  });
});

describe('What is run', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['a path at a version', () => ({ path: prompt.path, version: '1.0.0' })],
    ['a path at a branch', () => ({ path: prompt.path, branch: 'main' })],
    ['a path at a label', () => ({ path: prompt.path, label: 'staging' })],
  ])('may be %s', async (_words, source) => {
    await user.ask('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', {
      input: { promptId: prompt.id, versionId: prompt.versionId, name: 'staging' },
    });
    expect(await run({ source: source(), values: { name: 'Ada' } })).toMatchObject({ status: 'COMPLETED', version: { id: prompt.versionId } });
  });

  it('may be content that is no version; the run is kept with the prompt that it belongs to', async () => {
    const content = { messages: [{ role: 'USER', content: 'Greet {{ name }} warmly' }], settings: { model, temperature: 1 } };
    const done = await run({ source: { promptId: prompt.id, content }, values: { name: 'Ada' } });
    expect(done).toMatchObject({ status: 'COMPLETED', messages: [{ content: 'Greet Ada warmly' }], version: null });
    expect(await runsOf({ promptId: prompt.id })).toEqual([done]);
  });

  it('may belong to a prompt that does not exist yet; the run is not kept', async () => {
    const content = { messages: [{ role: 'USER', content: 'Greet {{ name }}' }], settings: { model } };
    expect(await run({ source: { kind: 'TEXT', content }, values: { name: 'Ada' } })).toMatchObject({ status: 'COMPLETED', version: null });
  });

  it('with another model is no run of the version', async () => {
    const done = await run(ofVersion({ model: 'openai-compatible/other' }));
    expect(done).toMatchObject({ status: 'COMPLETED', model: 'openai-compatible/other', version: null, cost: null });
    expect(models.requests.at(-1)?.body.model).toBe('other');
    expect(await run(ofVersion({ model }))).toMatchObject({ version: { id: prompt.versionId } });
    expect(await runsOf({ promptId: prompt.id, versionId: prompt.versionId })).toHaveLength(1);
  });

  it('is run by whoever may edit, and by API keys', () => {
    expect([roleAllows('OWNER', 'prompt:run'), roleAllows('EDITOR', 'prompt:run'), roleAllows('VIEWER', 'prompt:run')]).toEqual([true, true, false]);
  });

  it.each<[string, () => Record<string, unknown>, unknown]>([
    ['a value that is missing', () => ofVersion({ values: {} }), { code: 'BAD_USER_INPUT', fields: [{ field: 'input.values.name' }] }],
    ['a value that is unknown', () => ofVersion({ values: { name: 'Ada', title: 'Dr' } }), { code: 'BAD_USER_INPUT', fields: [{ field: 'input.values.title' }] }],
    ['values that are no object', () => ofVersion({ values: ['Ada'] }), { code: 'BAD_USER_INPUT', fields: [{ field: 'input.values' }] }],
    ['a model that is not there', () => ofVersion({ model: 'nobody/x' }), { code: 'BAD_USER_INPUT', fields: [{ field: 'input.model' }] }],
    ['no source', () => ({ source: {} }), { code: 'BAD_USER_INPUT' }],
    ['a label that is not there', () => ({ source: { path: prompt.path } }), { code: 'NOT_FOUND' }],
    [
      'a template that is wrong',
      () => ({ source: { promptId: prompt.id, content: { messages: [{ role: 'USER', content: '{{ oops' }] } } }),
      { code: 'BAD_USER_INPUT', fields: [{ field: 'input.source.content.messages.0.content' }] },
    ],
  ])('is refused for %s, and nothing is kept', async (_words, input, extensions) => {
    expect(await refusalOf(input())).toMatchObject({ extensions });
    for await (const { errors } of user.subscribe(subscription, { input: input() })) expect(errors?.[0]).toMatchObject({ extensions });
    expect(await runsOf({ promptId: prompt.id })).toEqual([]);
  });

  it('fails where its template fails on the values, and that is kept', async () => {
    prompt = await createPrompt({ messages: [{ role: 'USER', content: '{% for i in (1..100000000) %}{{ name }}{% endfor %}' }] });
    const done = await run(ofVersion());
    expect(done).toMatchObject({ status: 'FAILED', error: { code: expect.stringMatching(/^TEMPLATE_/) }, messages: [], output: '' });
    expect(await runsOf({ promptId: prompt.id })).toEqual([done]);
  });
});

describe('A tool call', () => {
  beforeEach(async () => {
    prompt = await createPrompt({ tools: [weather] });
  });

  it('is told after the text before it, held against the tool’s schema', async () => {
    models.reply({ kind: 'ok', tokens: ['Wait.'], toolCalls: [{ id: 'call_1', name: 'get_weather', pieces: ['{"city":', ' "Oslo"}'] }] });
    const events = await eventsOf(ofVersion());
    const toolCall = { id: 'call_1', name: 'get_weather', arguments: { city: 'Oslo' }, problems: [] };
    expect(events.map(({ type }) => type)).toEqual(['STARTED', 'TEXT', 'TOOL_CALL', 'FINISHED']);
    expect(events[2]).toMatchObject({ toolCall });
    expect(events[3]).toMatchObject({ run: { output: 'Wait.', finishReason: 'tool-calls', toolCalls: [toolCall] } });
  });

  it.each<[string, string[], unknown, string[]]>([
    ['get_weather', ['{"town": "Oslo"}'], { town: 'Oslo' }, ['The whole: "city" is missing']],
    ['get_weather', ['{"city": 7}'], { city: 7 }, ['city: must be text']],
    ['get_weather', ['{"city": "Os'], null, ['The model wrote no JSON: {"city": "Os']],
    ['get_weather', [], {}, ['The whole: "city" is missing']],
    ['launch', ['{}'], {}, ['The prompt has no tool named "launch".']],
  ])('of %s with %j has its problems beside it', async (name, pieces, given, problems) => {
    models.reply({ kind: 'ok', tokens: [], toolCalls: [{ id: 'call_1', name, pieces }] });
    expect(await run(ofVersion())).toMatchObject({ status: 'COMPLETED', toolCalls: [{ id: 'call_1', name, arguments: given, problems }] });
  });
});

describe('Structured output', () => {
  beforeEach(async () => {
    prompt = await createPrompt({ outputSchema: titled });
  });

  it.each<[string[], string | undefined, unknown, string[]]>([
    [['{"ti', 'tle": "Cats"}'], undefined, { title: 'Cats' }, []],
    [['{"title": 1, "more": 2}'], undefined, { title: 1, more: 2 }, ['The whole: "more" is not expected', 'title: must be text']],
    [['Sorry.'], undefined, null, ['The answer is no JSON.']],
    [['{"title": "Ca'], 'length', null, ['The answer is no JSON: it was cut off at the limit of tokens. Raise the most output tokens.']],
  ])('%j is held against the schema', async (tokens, finishReason, structured, outputProblems) => {
    models.reply({ kind: 'ok', tokens, ...(finishReason && { finishReason }) });
    expect(await run(ofVersion())).toMatchObject({ status: 'COMPLETED', output: tokens.join(''), structured, outputProblems });
  });

  it('is not asked of an answer that calls a tool instead', async () => {
    prompt = await createPrompt({ outputSchema: titled, tools: [weather] });
    models.reply({ kind: 'ok', tokens: [], toolCalls: [{ id: 'call_1', name: 'get_weather', pieces: ['{"city": "Oslo"}'] }] });
    expect(await run(ofVersion())).toMatchObject({ outputProblems: null, structured: null });
  });

  it('of a simulated model fits', async () => {
    expect(await run(ofVersion({ model: 'simulated/instant' }))).toMatchObject({ structured: { title: expect.any(String) }, outputProblems: [] });
  });
});

describe('A failure', () => {
  it.each<[Parameters<ModelServer['reply']>[0], string, RegExp, string]>([
    [{ kind: 'status', status: 429, message: 'Slow down', headers: { 'retry-after': '7' } }, 'RATE_LIMITED', /Slow down Run it again in 7 s/, ''],
    [{ kind: 'status', status: 500, message: 'Oh no.' }, 'UNAVAILABLE', /Oh no.*another model/, ''],
    [{ kind: 'status', status: 401, message: 'Bad key sk-secret.' }, 'REFUSED', /Bad key \[key\]/, ''],
    [{ kind: 'cut', tokens: ['Half'] }, 'CUT_OFF', /broke off.*Run it again/, 'Half'],
    [{ kind: 'broken-json', tokens: ['Half'] }, 'BAD_RESPONSE', /not in the format/, 'Half'],
  ])('of the model ends the run with what had arrived, and says what to do: %j', async (reply, code, message, output) => {
    models.reply(reply, reply);
    const done = await run(ofVersion());
    expect(done).toMatchObject({ status: 'FAILED', error: { code, message: expect.stringMatching(message) }, output, usage: { outputTokens: output === '' ? 0 : 1 } });
    const events = await eventsOf(ofVersion());
    expect(events.at(-1)).toMatchObject({ type: 'FINISHED', run: { status: 'FAILED', error: { code } } });
    expect(await runsOf({ promptId: prompt.id })).toHaveLength(2);
  });
});

describe('Whoever leaves', () => {
  it('ends the run and the provider’s connection; what had arrived is kept', async () => {
    models.reply({ kind: 'hang', tokens: ['Half'] });
    for await (const { type } of follow(ofVersion())) if (type === 'TEXT') break;
    await models.requests.at(-1)?.closed;
    expect(await ended()).toMatchObject({ status: 'CANCELLED', output: 'Half', error: null, finishReason: null });
  });

  it('while nothing has arrived, too', async () => {
    models.reply({ kind: 'hang' });
    const arrived = models.received(models.requests.length + 1);
    for await (const { type } of follow(ofVersion())) {
      expect(type).toBe('STARTED');
      await arrived;
      break;
    }
    await models.requests.at(-1)?.closed;
    expect(await ended()).toMatchObject({ status: 'CANCELLED', output: '', usage: { inputTokens: 0, outputTokens: 0 } });
  });

  it.each(['HTTP', 'WebSocket'])('while waiting for the answer over %s does the same', async (transport) => {
    models.reply({ kind: 'hang' });
    const arrived = models.received(models.requests.length + 1);
    const [request, socket, input] = [new AbortController(), socketClient(server.url, user.token), ofVersion()];
    const answer =
      transport === 'HTTP'
        ? user.client.query(plainRun, { input }, { token: user.token, signal: request.signal })
        : socket.iterate({ query: plainRun, variables: { input } }).next();
    await Promise.all([expect(answer).rejects.toThrow(), arrived.then(() => (transport === 'HTTP' ? request.abort() : socket.terminate()))]);
    await models.requests.at(-1)?.closed;
    expect(await ended()).toMatchObject({ status: 'CANCELLED', error: null });
  });

  it('by a socket that dies does the same', async () => {
    models.reply({ kind: 'hang', tokens: ['Half'] });
    const client = socketClient(server.url, user.token);
    const events = client.iterate({ query: subscription, variables: { input: ofVersion() } });
    await events.next();
    await events.next();
    client.terminate();
    await events.next().catch(() => undefined);
    await models.requests.at(-1)?.closed;
    expect(await ended()).toMatchObject({ status: 'CANCELLED', output: 'Half' });
  });
});

it('Four run side by side, each with its own answer', async () => {
  const before = models.requests.length;
  // None goes on before all have arrived.
  const all = models.received(before + 4);
  for (const word of ['one', 'two', 'three', 'four']) models.reply({ kind: 'ok', tokens: [word, ' ', word], before: () => all });
  const runs = await Promise.all(['a', 'b', 'c', 'd'].map((name) => eventsOf(ofVersion({ values: { name } }))));
  const outputs = runs.map((events) => ({ streamed: events.map(({ text }) => text ?? '').join(''), kept: events.at(-1)?.run?.output }));
  expect(outputs.map(({ streamed }) => streamed).sort()).toEqual(['four four', 'one one', 'three three', 'two two']);
  for (const { streamed, kept } of outputs) expect(kept).toBe(streamed);
});

describe('Kept runs', () => {
  it('are told newest first, of a prompt or of one of its versions', async () => {
    const first = await run(ofVersion());
    const second = await run(ofVersion({ model: 'openai-compatible/other' }));
    expect((await runsOf({ promptId: prompt.id })).map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await runsOf({ promptId: prompt.id, versionId: prompt.versionId })).map(({ id }) => id)).toEqual([first.id]);
    expect((await runsOf({ promptId: prompt.id }, 1)).map(({ id }) => id)).toEqual([second.id]);
  });

  it('of another prompt’s version are not found', async () => {
    const other = await createPrompt();
    await expect(runsOf({ promptId: prompt.id, versionId: other.versionId })).rejects.toThrow('NOT_FOUND');
  });

  it('make what each version of a history says of its runs', async () => {
    models.reply({ kind: 'ok', tokens: ['a'] }, { kind: 'ok', tokens: ['a', 'b', 'c'] }, { kind: 'status', status: 500 });
    for (let count = 0; count < 3; count++) await run(ofVersion());
    const { prompt: read } = await user.ask(
      'query ($id: ID!) { prompt(id: $id) { versions { edges { node { runStats { runs medianDurationMs medianTokens medianCost } } } } } }',
      { id: prompt.id },
    );
    expect(read).toEqual({ versions: { edges: [{ node: { runStats: { runs: 3, medianDurationMs: expect.any(Number), medianTokens: 13, medianCost: expect.closeTo(0.031, 9) } } }] } });
  });

  it('of content are claimed by the commit of that content', async () => {
    const written = { messages: [{ role: 'USER', content: 'Greet {{ name }} warmly' }], settings: { model, temperature: 0.3 } };
    const { id } = await run({ source: { promptId: prompt.id, content: written }, values: { name: 'Ada' }, model: 'openai-compatible/other' });
    const { commitPromptVersion } = await user.ask('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id } }', {
      input: { ...written, promptId: prompt.id, message: 'Warmer', settings: { ...written.settings, model: 'openai-compatible/other' } },
    });
    expect(await runsOf({ promptId: prompt.id })).toEqual([expect.objectContaining({ id, version: commitPromptVersion })]);
  });
});
