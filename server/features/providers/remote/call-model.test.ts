import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ModelServer, startServer } from '../../../testing/model-server.js';
import { anthropicWire } from '../../../testing/wires/anthropic.wire.js';
import { googleWire } from '../../../testing/wires/google.wire.js';
import { openAiWire } from '../../../testing/wires/openai.wire.js';
import { type ProviderKindName, providerKinds } from '../kinds/registry.js';
import { type ModelCall, ModelCallError, type ModelChunk } from '../provider.js';
import { callModel } from './call-model.js';
import { listModels } from './list-models.js';

const apiKey = 'sk-very-secret-0123';
const setBy = { baseUrl: 'its base URL', apiKey: 'its key' };
const closed = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };
const open = { type: 'object', properties: { title: { type: 'string' } } };
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools = [{ name: 'get_weather', description: 'The weather now', parameters }];

interface KindCase {
  kind: ProviderKindName;
  model: string;
  start: () => Promise<ModelServer<object>>;
  /** Where it is asked, and what shows whose key it is. */
  path: string;
  authorization: Record<string, string>;
  /** How it is asked for everything at once. */
  request: object;
  tools: object;
  structured: object;
}

const everything = { temperature: 0.5, maxOutputTokens: 7, stopSequences: ['END'] };
const chatCase = {
  start: () => startServer(openAiWire),
  path: '/v1/chat/completions',
  authorization: { authorization: `Bearer ${apiKey}` },
  request: { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Hi' }], temperature: 0.5, max_tokens: 7, stop: ['END'] },
  tools: { tools: [{ type: 'function', function: { name: 'get_weather', description: 'The weather now', parameters } }] },
  structured: { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: closed, strict: true } } },
};
const cases: KindCase[] = [
  { kind: 'OPENAI', model: 'gpt-4.1', ...chatCase },
  { kind: 'OPENAI_COMPATIBLE', model: 'test-model', ...chatCase },
  {
    kind: 'ANTHROPIC',
    model: 'claude-sonnet-4-5',
    start: () => startServer(anthropicWire),
    path: '/v1/messages',
    authorization: { 'x-api-key': apiKey },
    request: { system: [{ type: 'text', text: 'Be brief.' }], messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }], temperature: 0.5, max_tokens: 7, stop_sequences: ['END'] },
    tools: { tools: [expect.objectContaining({ name: 'get_weather', description: 'The weather now', input_schema: parameters })] },
    structured: { output_config: { format: { type: 'json_schema', schema: closed } } },
  },
  {
    kind: 'GOOGLE',
    model: 'gemini-2.5-flash',
    start: () => startServer(googleWire),
    path: '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
    authorization: { 'x-goog-api-key': apiKey },
    request: {
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [{ role: 'user', parts: [{ text: 'Hi' }] }],
      generationConfig: { temperature: 0.5, maxOutputTokens: 7, stopSequences: ['END'] },
    },
    tools: { tools: [{ functionDeclarations: [{ name: 'get_weather', description: 'The weather now', parameters }] }] },
    structured: { generationConfig: { responseMimeType: 'application/json', responseSchema: { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] } } },
  },
];

describe.each(cases)('$kind', ({ kind, model, start, path, authorization, request, tools: toolsOnTheWire, structured }) => {
  let server: ModelServer<object>;
  beforeEach(async () => {
    server = await start();
  });
  afterEach(() => server.close());

  async function ask(more: Partial<ModelCall> = {}): Promise<{ text: string; chunks: ModelChunk[]; error?: unknown }> {
    const call = { model, messages: [{ role: 'SYSTEM' as const, content: 'Be brief.' }, { role: 'USER' as const, content: 'Hi' }], signal: new AbortController().signal, ...more };
    const chunks: ModelChunk[] = [];
    let error: unknown;
    try {
      for await (const chunk of callModel(providerKinds[kind], { baseUrl: server.baseUrl, apiKey, setBy }, call)) chunks.push(chunk);
    } catch (thrown) {
      error = thrown;
    }
    return { text: chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join(''), chunks, error };
  }

  it('streams an answer and ends with what it used', async () => {
    server.reply({ kind: 'ok', tokens: ['Good', ' morning', '.'], cachedTokens: 8 });
    expect((await ask()).chunks).toEqual([
      { type: 'text', text: 'Good' },
      { type: 'text', text: ' morning' },
      { type: 'text', text: '.' },
      { type: 'finish', finishReason: 'stop', usage: { inputTokens: 11, outputTokens: 3, cachedInputTokens: 8 } },
    ]);
  });

  it('is asked in its own words, with the key', async () => {
    await ask(everything);
    expect(server.requests).toMatchObject([{ path, headers: authorization, body: request }]);
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'content-filter'],
  ])('says that %s ended the answer', async (finishReason, said) => {
    server.reply({ kind: 'ok', tokens: ['Go'], finishReason });
    expect((await ask()).chunks.at(-1)).toMatchObject({ finishReason: said });
  });

  it('offers tools and reports what is called', async () => {
    server.reply({ kind: 'ok', tokens: ['Let me see.'], toolCalls: [{ id: 'call_1', name: 'get_weather', pieces: ['{"city":', '"Oslo"}'] }] });
    expect((await ask({ tools })).chunks).toEqual([
      { type: 'text', text: 'Let me see.' },
      { type: 'tool-call', id: expect.any(String), name: 'get_weather', arguments: '{"city":"Oslo"}' },
      expect.objectContaining({ type: 'finish', finishReason: 'tool-calls' }),
    ]);
    expect(server.requests[0]?.body).toMatchObject(toolsOnTheWire);
  });

  it('is asked for what fits a schema', async () => {
    server.reply({ kind: 'ok', tokens: ['{"title":', '"Cats"}'] });
    const { text, error } = await ask({ outputSchema: closed });
    expect({ text, error }).toEqual({ text: '{"title":"Cats"}', error: undefined });
    expect(server.requests[0]?.body).toMatchObject(structured);
    expect((await ask({ outputSchema: open })).error).toBeUndefined();
  });

  it('asks to slow down', async () => {
    server.reply({ kind: 'status', status: 429, message: 'Slow down', headers: { 'retry-after': '3' } });
    expect((await ask()).error).toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 3_000, message: expect.stringContaining('Slow down') });
  });

  it.each([
    [500, 'UNAVAILABLE', 'Oh no'],
    [529, 'UNAVAILABLE', 'Oh no'],
    [400, 'REFUSED', 'Change the prompt or its model settings'],
    [401, 'REFUSED', 'Check its key'],
    [402, 'REFUSED', 'Top up the account'],
    [403, 'REFUSED', 'Check its key'],
    [404, 'REFUSED', 'knows no model'],
  ])('answers %i, which is %s', async (status, code, hint) => {
    server.reply({ kind: 'status', status, message: `Oh no ${apiKey}` });
    const { error } = await ask();
    expect(error).toMatchObject({ code, message: expect.stringContaining(hint) });
    expect(String(error)).toContain('Oh no [key]');
    expect(server.requests).toHaveLength(1);
  });

  it.each(['cut', 'end-early'] as const)('is %s', async (fault) => {
    server.reply({ kind: fault, tokens: ['Half', ' an'] });
    expect(await ask()).toMatchObject({ text: 'Half an', error: { code: 'CUT_OFF', retryable: true } });
  });

  it('breaks off in a call of a tool, which is not reported', async () => {
    server.reply({ kind: 'cut', tokens: ['Wait.'], toolCalls: [{ id: 'call_1', name: 'get_weather', pieces: ['{"city": "Os'] }] });
    const { chunks, error } = await ask({ tools });
    expect(chunks).toEqual([{ type: 'text', text: 'Wait.' }]);
    expect(error).toMatchObject({ code: 'CUT_OFF' });
  });

  it('sends broken JSON', async () => {
    server.reply({ kind: 'broken-json', tokens: ['Half'] });
    expect(await ask()).toMatchObject({ text: 'Half', error: { code: 'BAD_RESPONSE' } });
  });

  it('sends something else than events', async () => {
    server.reply({ kind: 'noise', bytes: Buffer.from([0, 255, 10, 10, 1, 2, 3]) });
    const { error } = await ask();
    expect(error).toBeInstanceOf(ModelCallError);
    expect(error).toMatchObject({ code: expect.stringMatching(/BAD_RESPONSE|CUT_OFF/) });
  });

  it('answers with a web page', async () => {
    server.reply({ kind: 'web-page' });
    expect((await ask()).error).toMatchObject({ code: 'BAD_RESPONSE', message: expect.stringContaining('Check its base URL') });
  });

  it('reports an error within the stream', async () => {
    server.reply({ kind: 'error-event', tokens: ['Half'], message: `overloaded ${apiKey}` });
    const { text, error } = await ask();
    expect(text).toBe('Half');
    expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('overloaded [key]') });
  });

  it('can not be reached', async () => {
    await server.close();
    expect((await ask()).error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining("can't be reached") });
  });

  it('hangs, and is left with its connection when the call is aborted', async () => {
    server.reply({ kind: 'hang', tokens: ['Half'] });
    const abort = new AbortController();
    const outcome = ask({ signal: abort.signal });
    await server.received(1);
    abort.abort(new Error('timed out'));
    expect((await outcome).error).toEqual(new Error('timed out'));
    await server.requests[0]?.closed;
  });

  const list = () => listModels(providerKinds[kind], { baseUrl: server.baseUrl, apiKey, setBy, fetch }, new AbortController().signal);

  it('lists its models', async () => {
    expect(await list()).toBeUndefined();
    server.list('zeta', 'alpha');
    expect(await list()).toEqual(['alpha', 'zeta']);
  });
});

it('Google says in the body how long to wait, and that the key is at fault', async () => {
  const server = await startServer(googleWire);
  const ask = async () => {
    const call = { model: 'gemini-2.5-flash', messages: [{ role: 'USER' as const, content: 'Hi' }], signal: new AbortController().signal };
    for await (const _ of callModel(providerKinds.GOOGLE, { baseUrl: server.baseUrl, apiKey, setBy }, call));
  };
  server.reply({ kind: 'status', status: 429, body: { error: { code: 429, message: 'Quota', status: 'RESOURCE_EXHAUSTED', details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '2.5s' }] } } });
  await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 2_500 });
  server.reply({ kind: 'status', status: 400, body: { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT', details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }] } } });
  await expect(ask()).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining('Check its key') });
  await server.close();
});

it('A quota that is used up at OpenAI is no reason to wait', async () => {
  const server = await startServer(openAiWire);
  server.reply({ kind: 'status', status: 429, body: { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } } });
  const call = { model: 'gpt-4.1', messages: [{ role: 'USER' as const, content: 'Hi' }], signal: new AbortController().signal };
  await expect(callModel(providerKinds.OPENAI, { baseUrl: server.baseUrl, apiKey, setBy }, call)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'REFUSED', message: expect.stringContaining('no credit left') });
  await server.close();
});
