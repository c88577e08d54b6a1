import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChatRequest, openAiWire } from './wires/openai.wire.js';
import { type ModelServerToolCall, type Wire } from './wires/wire.js';

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
  /** @param body instead of one that holds the message */
  | { kind: 'status'; status: number; message?: string; headers?: Record<string, string>; body?: object }
  /** Never answers, or after the tokens no more. */
  | { kind: 'hang'; tokens?: string[] }
  /** Breaks the connection off after the tokens and the pieces of tool calls. */
  | { kind: 'cut'; tokens: string[]; toolCalls?: ModelServerToolCall[] }
  /** Ends the stream properly after them, though the answer has not come to its end. */
  | { kind: 'end-early'; tokens: string[]; toolCalls?: ModelServerToolCall[] }
  | { kind: 'broken-json'; tokens?: string[] }
  /** An error as an event in the stream, after the tokens. */
  | { kind: 'error-event'; tokens: string[]; message: string }
  /** Bytes instead of events. */
  | { kind: 'noise'; bytes: Uint8Array }
  /** Answers like a web server that knows nothing of models. */
  | { kind: 'web-page' };

export interface ModelServerRequest<Body> {
  path: string;
  headers: IncomingHttpHeaders;
  body: Body;
  /** Settles when the connection of this request has closed. */
  closed: Promise<void>;
}

export interface ModelServer<Body = ChatRequest> {
  /** As the base URL of a provider. */
  baseUrl: string;
  requests: readonly ModelServerRequest<Body>[];
  /** Queues what to do with the next requests, in order. Without any, a request gets `ok`. */
  reply(...replies: ModelServerReply[]): void;
  /** Which models it lists from now on. Without any it knows of no list. */
  list(...names: string[]): void;
  /** What a request gets for which nothing is queued, made when it arrives. */
  otherwise(reply: () => ModelServerReply): void;
  /** Settles when that many requests have arrived in all. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A real HTTP server on 127.0.0.1 that speaks the wire format of OpenAI's chat completions as a stream. */
export function startModelServer(): Promise<ModelServer> {
  return startServer(openAiWire);
}

/** The same in another wire format. */
export async function startServer<Body>(wire: Wire<Body>): Promise<ModelServer<Body>> {
  const requests: ModelServerRequest<Body>[] = [];
  const replies: ModelServerReply[] = [];
  let otherwise = (): ModelServerReply => ({ kind: 'ok', tokens: ['Hello', ' world', '.'] });
  const waiting: { count: number; resolve: () => void }[] = [];
  let listed: readonly string[] | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = once(response, 'close').then(() => undefined);
    const path = request.url ?? '';
    if (request.method === 'GET') {
      if (!listed || !path.startsWith(`${wire.basePath}/models`)) return sendError(response, 404, 'no such thing');
      return sendJson(response, 200, wire.listing(listed));
    }
    const body = wire.request.safeParse(await json(request));
    if (!wire.asksModel(path) || !body.success) return sendError(response, 400, `no request of a model: ${path} ${String(body.error)}`);
    requests.push({ path, headers: request.headers, body: body.data, closed });
    for (const { count, resolve } of waiting) if (requests.length >= count) resolve();
    await new Answer(wire, response).perform(replies.shift() ?? otherwise());
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    baseUrl: `http://127.0.0.1:${port}${wire.basePath}`,
    requests,
    reply: (...more) => void replies.push(...more),
    list: (...names) => void (listed = names),
    otherwise: (reply) => void (otherwise = reply),
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

class Answer<Body> {
  constructor(
    private readonly wire: Wire<Body>,
    private readonly response: ServerResponse,
  ) {}

  async perform(reply: ModelServerReply): Promise<void> {
    const { wire, response } = this;
    switch (reply.kind) {
      case 'status':
        return reply.body ? sendJson(response, reply.status, reply.body, reply.headers) : sendError(response, reply.status, reply.message ?? 'scripted', reply.headers);
      case 'web-page':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello</p>');
        return;
      case 'noise':
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end(reply.bytes);
        return;
      case 'hang':
        if (reply.tokens) this.sendTokens(reply.tokens);
        return;
      case 'cut':
        // Only when the client has them, or it would see the connection break and nothing else.
        await new Promise<void>((resolve) => this.sendTokens(reply.tokens, reply.toolCalls, resolve));
        response.destroy();
        return;
      case 'end-early':
        this.sendTokens(reply.tokens, reply.toolCalls);
        response.end();
        return;
      case 'broken-json':
        this.sendTokens(reply.tokens ?? []);
        response.end('data: {"choices": [{"delta"\n\n');
        return;
      case 'error-event':
        this.sendTokens(reply.tokens);
        response.end(wire.error(reply.message));
        return;
      case 'ok':
        await this.sendAnswer(reply);
    }
  }

  private async sendAnswer(reply: ModelServerReply & { kind: 'ok' }): Promise<void> {
    const { wire, response } = this;
    const { tokens, toolCalls = [], delayMs = 0, cachedTokens, finishReason = toolCalls.length > 0 ? 'tool_calls' : 'stop' } = reply;
    this.start();
    for (const [index, token] of tokens.entries()) {
      if (delayMs > 0) await pause(delayMs);
      await reply.before?.(index);
      if (response.destroyed) return;
      response.write(wire.text(token, index));
    }
    for (const [index, call] of toolCalls.entries()) response.write(wire.toolCall(call, index, true));
    response.end(wire.end({ finishReason, usage: reply.usage ?? { inputTokens: 11, outputTokens: tokens.length, cachedTokens } }));
  }

  private start(): void {
    this.response.writeHead(200, { 'content-type': 'text/event-stream' }).write(this.wire.begin || ': begun\n\n');
  }

  private sendTokens(tokens: string[], toolCalls: ModelServerToolCall[] = [], sent?: () => void): void {
    this.start();
    const events = [...tokens.map((token, index) => this.wire.text(token, index)), ...toolCalls.map((call, index) => this.wire.toolCall(call, index, false))];
    this.response.write(events.join('') || ': nothing\n\n', sent);
  }
}

function sendError(response: ServerResponse, status: number, message: string, headers?: Record<string, string>): void {
  sendJson(response, status, { error: { message, type: 'scripted', param: null, code: null } }, headers);
}

function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
