import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { type ModelServer, startModelServer } from '../../testing/model-server.js';
import { OpenAiCompatibleProvider } from './openai-compatible.provider.js';
import { type ModelCall, ModelCallError, type ModelChunk } from './provider.js';

const KEY = 'sk-very-secret';
let server: ModelServer;
let provider: OpenAiCompatibleProvider;

beforeEach(async () => {
  server = await startModelServer();
  provider = new OpenAiCompatibleProvider({ baseUrl: server.baseUrl, apiKey: KEY, models: ['test-model'] });
});
afterEach(() => server.close());

function call(more: Partial<ModelCall> = {}): ModelCall {
  return {
    model: 'test-model',
    messages: [
      { role: 'SYSTEM', content: 'Be brief.' },
      { role: 'USER', content: 'Hi' },
    ],
    signal: new AbortController().signal,
    ...more,
  };
}

async function read(stream: AsyncIterable<ModelChunk>): Promise<{ text: string; chunks: ModelChunk[]; error?: unknown }> {
  const chunks: ModelChunk[] = [];
  let error: unknown;
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (thrown) {
    error = thrown;
  }
  return { text: chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : '')).join(''), chunks, error };
}

async function failureOf(stream: AsyncIterable<ModelChunk>): Promise<ModelCallError> {
  const { error, chunks } = await read(stream);
  if (!(error instanceof ModelCallError)) throw new Error(`Expected a ModelCallError, got ${String(error)} after ${JSON.stringify(chunks)}.`);
  return error;
}

describe('an answer', () => {
  it('streams token by token and ends with what it used', async () => {
    server.reply({ kind: 'ok', tokens: ['Good', ' morning', '.'], delayMs: 1 });
    const { chunks, error } = await read(provider.stream(call()));
    expect(error).toBeUndefined();
    expect(chunks).toEqual([
      { type: 'text', text: 'Good' },
      { type: 'text', text: ' morning' },
      { type: 'text', text: '.' },
      { type: 'finish', finishReason: 'stop', usage: { inputTokens: 11, outputTokens: 3 } },
    ]);
  });

  it('is asked for with the messages, the parameters and the key', async () => {
    await read(provider.stream(call({ temperature: 0.5, topP: 0.9, maxOutputTokens: 7, seed: 42, stopSequences: ['END', '###'] })));
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(server.requests[0]?.body).toMatchObject({
      model: 'test-model',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 7,
      seed: 42,
      stop: ['END', '###'],
      stream_options: { include_usage: true },
    });
  });

  it('says when the limit of tokens ended it', async () => {
    server.reply({ kind: 'ok', tokens: ['Go'], finishReason: 'length' });
    expect((await read(provider.stream(call()))).chunks.at(-1)).toMatchObject({ finishReason: 'length' });
  });

  it('may be empty', async () => {
    server.reply({ kind: 'ok', tokens: [] });
    expect((await read(provider.stream(call()))).chunks).toEqual([expect.objectContaining({ type: 'finish', finishReason: 'stop' })]);
  });

  it('has its tokens counted here where the server does not', async () => {
    server.reply({ kind: 'ok', tokens: ['Good', ' morning'], usage: false });
    expect((await read(provider.stream(call()))).chunks.at(-1)).toMatchObject({ usage: { inputTokens: 4, outputTokens: 3 } });
  });
});

it('tells what the server had read before', async () => {
  server.reply({ kind: 'ok', tokens: ['Hi'], cachedTokens: 8 });
  expect((await read(provider.stream(call()))).chunks.at(-1)).toMatchObject({ usage: { inputTokens: 11, outputTokens: 1, cachedInputTokens: 8 } });
});

describe('tools', () => {
  const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
  const tools = [{ name: 'get_weather', description: 'The weather now', parameters }];

  it('are offered to the model', async () => {
    await read(provider.stream(call({ tools })));
    expect(server.requests[0]?.body).toMatchObject({ tools: [{ type: 'function', function: { name: 'get_weather', description: 'The weather now', parameters } }] });
  });

  it('are not mentioned where there are none', async () => {
    await read(provider.stream(call({ tools: [] })));
    expect(server.requests[0]?.body).not.toHaveProperty('tools');
    expect(server.requests[0]?.body).not.toHaveProperty('response_format');
  });

  it('that are called come whole, after the text, and end the answer', async () => {
    server.reply({
      kind: 'ok',
      tokens: ['Let me see.'],
      toolCalls: [
        { id: 'call_1', name: 'get_weather', pieces: ['{"ci', 'ty": "Oslo"}'] },
        { id: 'call_2', name: 'get_weather', pieces: ['{"city": "Bergen"}'] },
      ],
    });
    expect((await read(provider.stream(call({ tools })))).chunks).toEqual([
      { type: 'text', text: 'Let me see.' },
      { type: 'tool-call', id: 'call_1', name: 'get_weather', arguments: '{"city": "Oslo"}' },
      { type: 'tool-call', id: 'call_2', name: 'get_weather', arguments: '{"city": "Bergen"}' },
      { type: 'finish', finishReason: 'tool-calls', usage: { inputTokens: 11, outputTokens: 1 } },
    ]);
  });

  it.each([
    ['get_weather', ['{"city": ', 'Oslo']],
    ['get_weather', ['{"__proto__": {"x": 1}}']],
    ['get_weather', []],
    ['launch', ['{}']],
  ])('called as %s with %j are reported as the model wrote it', async (name, pieces) => {
    server.reply({ kind: 'ok', tokens: [], toolCalls: [{ id: 'call_1', name, pieces }] });
    const { chunks, error } = await read(provider.stream(call({ tools })));
    expect(error).toBeUndefined();
    expect(chunks).toEqual([{ type: 'tool-call', id: 'call_1', name, arguments: pieces.join('') }, expect.objectContaining({ type: 'finish', finishReason: 'tool-calls' })]);
  });

  it.each(['cut', 'end-early'] as const)('whose call is %s are not reported: the answer is CUT_OFF', async (kind) => {
    server.reply({ kind, tokens: ['Wait.'], toolCalls: [{ id: 'call_1', name: 'get_weather', pieces: ['{"city": "Os'] }] });
    const { chunks, error } = await read(provider.stream(call({ tools })));
    expect(chunks).toEqual([{ type: 'text', text: 'Wait.' }]);
    expect(error).toMatchObject({ code: 'CUT_OFF' });
  });
});

describe('structured output', () => {
  const closed = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'], additionalProperties: false };
  const open = { type: 'object', properties: { title: { type: 'string' } } };

  it.each([
    [closed, true],
    [open, false],
    [{ ...closed, properties: { title: { type: 'array', items: open } } }, false],
    [{ ...closed, properties: { title: { anyOf: [closed, { type: 'null' }] } } }, true],
    [{ type: 'object' }, false],
  ])('is asked for with its schema %j, strictly (%s) where servers can be', async (outputSchema, strict) => {
    await read(provider.stream(call({ outputSchema })));
    expect(server.requests[0]?.body.response_format).toEqual({ type: 'json_schema', json_schema: { name: 'answer', schema: outputSchema, strict } });
  });

  it.each([[['{"ti', 'tle":', ' "Cats"}']], [['Sorry', ', no', ' JSON.']]])('streams as it comes, whether it fits or not: %j', async (tokens) => {
    server.reply({ kind: 'ok', tokens });
    const { chunks, error } = await read(provider.stream(call({ outputSchema: closed })));
    expect(error).toBeUndefined();
    expect(chunks.map((chunk) => (chunk.type === 'text' ? chunk.text : chunk.type))).toEqual([...tokens, 'finish']);
  });
});

describe('a failure', () => {
  it.each([
    [{ 'retry-after': '3' }, 3_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '9', 'retry-after-ms': '150' }, 150],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('429 with %j is RATE_LIMITED and says how long to wait', async (headers, retryAfterMs) => {
    server.reply({ kind: 'status', status: 429, message: 'Slow down', headers });
    const error = await failureOf(provider.stream(call()));
    expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true, message: expect.stringContaining('Slow down') });
    expect(error.retryAfterMs).toBe(retryAfterMs);
    expect(server.requests).toHaveLength(1);
  });

  it('reads a date to wait for', async () => {
    server.reply({ kind: 'status', status: 429, headers: { 'retry-after': new Date(Date.now() + 60_000).toUTCString() } });
    const { retryAfterMs } = await failureOf(provider.stream(call()));
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });

  it.each([500, 502, 503, 408])('%i is UNAVAILABLE, and is not tried again here', async (status) => {
    server.reply({ kind: 'status', status, message: 'Oh no' });
    expect(await failureOf(provider.stream(call()))).toMatchObject({ code: 'UNAVAILABLE', retryable: true, message: expect.stringContaining('Oh no') });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    [400, 'Change the prompt or its model settings'],
    [401, 'OPENAI_COMPATIBLE_KEY'],
    [403, 'OPENAI_COMPATIBLE_KEY'],
    [404, 'test-model'],
    [422, 'Change the prompt or its model settings'],
  ])('%i is REFUSED and says what to do, without the key', async (status, hint) => {
    server.reply({ kind: 'status', status, message: `Incorrect API key provided: ${KEY}` });
    const error = await failureOf(provider.stream(call()));
    expect(error).toMatchObject({ code: 'REFUSED', retryable: false, message: expect.stringContaining(hint) });
    expect(error.message).toContain('Incorrect API key provided: [key]');
  });

  it('no connection is UNAVAILABLE', async () => {
    await server.close();
    expect(await failureOf(provider.stream(call()))).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining("can't be reached") });
  });

  it('a connection that closes before the answer begins is UNAVAILABLE', async () => {
    const rude = createServer((_request, response) => response.destroy()).listen(0, '127.0.0.1');
    await once(rude, 'listening');
    const { port } = rude.address() as AddressInfo;
    const unlucky = new OpenAiCompatibleProvider({ baseUrl: `http://127.0.0.1:${port}/v1`, apiKey: undefined, models: [] });
    expect(await failureOf(unlucky.stream(call()))).toMatchObject({ code: 'UNAVAILABLE' });
    rude.close();
  });

  it.each(['cut', 'end-early'] as const)('a stream that is %s is CUT_OFF, after the text that came', async (kind) => {
    server.reply({ kind, tokens: ['Half', ' an'] });
    const { text, error, chunks } = await read(provider.stream(call()));
    expect(text).toBe('Half an');
    expect(error).toMatchObject({ code: 'CUT_OFF', retryable: true });
    expect(chunks.every(({ type }) => type === 'text')).toBe(true);
  });

  it('broken JSON is BAD_RESPONSE, after the text that came', async () => {
    server.reply({ kind: 'broken-json', tokens: ['Half'] });
    const { text, error } = await read(provider.stream(call()));
    expect(text).toBe('Half');
    expect(error).toMatchObject({ code: 'BAD_RESPONSE' });
  });

  it('a web page is BAD_RESPONSE', async () => {
    server.reply({ kind: 'web-page' });
    expect(await failureOf(provider.stream(call()))).toMatchObject({ code: 'BAD_RESPONSE', message: expect.stringContaining('OPENAI_COMPATIBLE_URL') });
  });

  it('an error within the stream is UNAVAILABLE', async () => {
    server.reply({ kind: 'error-event', tokens: ['Half'], message: `out of memory ${KEY}` });
    const { text, error } = await read(provider.stream(call()));
    expect(text).toBe('Half');
    expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('out of memory [key]') });
  });
});

describe('stopping', () => {
  it('an abort ends a call that hangs, and its connection, with the reason of the abort', async () => {
    server.reply({ kind: 'hang' });
    const abort = new AbortController();
    const outcome = read(provider.stream(call({ signal: abort.signal })));
    await server.received(1);
    abort.abort(new Error('timed out'));
    expect((await outcome).error).toEqual(new Error('timed out'));
    await server.requests[0]?.closed;
  });

  it('an abort in the middle of a stream ends it, and its connection', async () => {
    server.reply({ kind: 'hang', tokens: ['Half'] });
    const abort = new AbortController();
    const stream = provider.stream(call({ signal: abort.signal }))[Symbol.asyncIterator]();
    expect(await stream.next()).toEqual({ done: false, value: { type: 'text', text: 'Half' } });
    abort.abort(new Error('cancelled'));
    await expect(stream.next()).rejects.toThrow('cancelled');
    await server.requests[0]?.closed;
  });

  it('whoever stops reading ends the connection', async () => {
    server.reply({ kind: 'hang', tokens: ['Half'] });
    for await (const chunk of provider.stream(call())) {
      expect(chunk).toEqual({ type: 'text', text: 'Half' });
      break;
    }
    await server.requests[0]?.closed;
  });
});
