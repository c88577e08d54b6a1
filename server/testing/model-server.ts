import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** A call of a tool. The pieces are the JSON text of its arguments, each streamed by itself; together they need not be JSON. */
export interface ModelServerToolCall {
  id: string;
  name: string;
  pieces: string[];
}

/** What the server does with one request. */
export type ModelServerReply =
  /**
   * Streams the tokens with a pause before each, or when `before` has settled, then the tool calls, the reason to stop and the usage.
   * Structured output is tokens that make JSON.
   */
  | {
      kind: 'ok';
      tokens: string[];
      toolCalls?: ModelServerToolCall[];
      delayMs?: number;
      before?: (index: number) => Promise<void>;
      finishReason?: string;
      usage?: false;
      cachedTokens?: number;
    }
  | { kind: 'status'; status: number; message?: string; headers?: Record<string, string> }
  /** Never answers, or after the tokens no more. */
  | { kind: 'hang'; tokens?: string[] }
  /** Breaks the connection off after the tokens and the pieces of tool calls. */
  | { kind: 'cut'; tokens: string[]; toolCalls?: ModelServerToolCall[] }
  /** Ends the stream properly after them, though the answer has not come to its end. */
  | { kind: 'end-early'; tokens: string[]; toolCalls?: ModelServerToolCall[] }
  | { kind: 'broken-json'; tokens?: string[] }
  /** An error as an event in the stream, after the tokens. */
  | { kind: 'error-event'; tokens: string[]; message: string }
  /** Answers like a web server that knows nothing of models. */
  | { kind: 'web-page' };

const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  stream: z.literal(true),
  tools: z.array(z.object({ type: z.literal('function'), function: z.looseObject({ name: z.string(), parameters: z.looseObject({}) }) })).optional(),
  response_format: z.object({ type: z.literal('json_schema'), json_schema: z.object({ name: z.string(), schema: z.looseObject({}), strict: z.boolean() }) }).optional(),
});

export interface ModelServerRequest {
  headers: IncomingHttpHeaders;
  body: z.infer<typeof chatRequest>;
  /** Settles when the connection of this request has closed. */
  closed: Promise<void>;
}

export interface ModelServer {
  /** As a base URL of an OpenAI-compatible provider. */
  baseUrl: string;
  requests: readonly ModelServerRequest[];
  /** Queues what to do with the next requests, in order. Without any, a request gets `ok`. */
  reply(...replies: ModelServerReply[]): void;
  /** Settles when that many requests have arrived in all. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on 127.0.0.1 that speaks the wire format of OpenAI's chat completions as a stream. */
export async function startModelServer(): Promise<ModelServer> {
  const requests: ModelServerRequest[] = [];
  const replies: ModelServerReply[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = once(response, 'close').then(() => undefined);
    const body = chatRequest.safeParse(await json(request));
    if (request.url !== '/v1/chat/completions' || !body.success) return sendError(response, 400, 'not a chat completion request');
    requests.push({ headers: request.headers, body: body.data, closed });
    for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
    await perform(replies.shift() ?? { kind: 'ok', tokens: ['Hello', ' world', '.'] }, response);
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    reply: (...more) => void replies.push(...more),
    received: (count) =>
      new Promise((resolve) => {
        if (requests.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, 'close');
    },
  };
}

async function perform(reply: ModelServerReply, response: ServerResponse): Promise<void> {
  switch (reply.kind) {
    case 'status':
      return sendError(response, reply.status, reply.message ?? 'scripted', reply.headers);
    case 'web-page':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello</p>');
      return;
    case 'hang':
      if (reply.tokens) sendTokens(response, reply.tokens);
      return;
    case 'cut':
      // Only when the client has them, or it would see the connection break and nothing else.
      await new Promise<void>((resolve) => sendTokens(response, reply.tokens, reply.toolCalls, resolve));
      response.destroy();
      return;
    case 'end-early':
      sendTokens(response, reply.tokens, reply.toolCalls);
      response.end();
      return;
    case 'broken-json':
      sendTokens(response, reply.tokens ?? []);
      response.end('data: {"choices": [{"delta"\n\n');
      return;
    case 'error-event':
      sendTokens(response, reply.tokens);
      response.end(event({ error: { message: reply.message, type: 'server_error' } }));
      return;
    case 'ok':
      await sendAnswer(response, reply);
  }
}

async function sendAnswer(response: ServerResponse, reply: ModelServerReply & { kind: 'ok' }): Promise<void> {
  const { tokens, toolCalls = [], delayMs = 0, cachedTokens, finishReason = toolCalls.length > 0 ? 'tool_calls' : 'stop' } = reply;
  startStream(response);
  for (const [index, token] of tokens.entries()) {
    if (delayMs > 0) await pause(delayMs);
    await reply.before?.(index);
    if (response.destroyed) return;
    response.write(event(chunkOf({ content: token })));
  }
  for (const delta of toolCallDeltas(toolCalls)) response.write(event(chunkOf(delta)));
  response.write(event(chunkOf({}, finishReason)));
  if (reply.usage !== false) {
    const cached = cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedTokens } };
    const usage = { prompt_tokens: 11, completion_tokens: tokens.length, total_tokens: 11 + tokens.length, ...cached };
    response.write(event({ ...chunkOf({}), choices: [], usage }));
  }
  response.end('data: [DONE]\n\n');
}

function startStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(event(chunkOf({ role: 'assistant', content: '' })));
}

function sendTokens(response: ServerResponse, tokens: string[], toolCalls: ModelServerToolCall[] = [], sent?: () => void): void {
  startStream(response);
  const deltas = [...tokens.map((content) => ({ content })), ...toolCallDeltas(toolCalls)];
  response.write(deltas.map((delta) => event(chunkOf(delta))).join('') || ': nothing\n\n', sent);
}

/** The name comes first, with nothing of the arguments, then piece after piece of them. */
function toolCallDeltas(toolCalls: readonly ModelServerToolCall[]): Delta[] {
  return toolCalls.flatMap(({ id, name, pieces }, index) => [
    { tool_calls: [{ index, id, type: 'function' as const, function: { name, arguments: '' } }] },
    ...pieces.map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
  ]);
}

interface Delta {
  role?: 'assistant';
  content?: string;
  tool_calls?: { index: number; id?: string; type?: 'function'; function: { name?: string; arguments: string } }[];
}

function chunkOf(delta: Delta, finishReason: string | null = null) {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1_700_000_000,
    model: 'test-model',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  };
}

function event(data: object): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function sendError(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message, type: 'scripted', param: null, code: null } }));
}
