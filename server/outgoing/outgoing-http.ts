import { type Agent, fetch, type Headers } from 'undici';
import { type AllowedTarget } from './allowed-targets.js';
import { Guard, isWeb, type Resolve } from './guard.js';
import { OutgoingError } from './outgoing-error.js';

const mostRedirects = 5;
const defaultMaxBytes = 1_000_000;
const defaultTimeoutMs = 30_000;
/** What says nothing of who sends it. */
const headersForOtherOrigins = new Set(['accept', 'accept-language', 'user-agent']);

export interface OutgoingRequest {
  method: string;
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | undefined;
  /** Ends it; it then throws the signal's reason. */
  signal?: AbortSignal | undefined;
  /** For everything until the last byte; 30,000 when absent. */
  timeoutMs?: number;
  /** Of the answer's body, after it is unpacked; 1,000,000 when absent. */
  maxBytes?: number;
}

export interface OutgoingAnswer {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

interface Hop {
  method: string;
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
}

/**
 * Calls URLs that users wrote, for answers that are read as a whole: only what the guard lets through. Redirects are followed, and each is
 * checked as the first URL was.
 */
export class OutgoingHttp {
  private readonly agent: Agent;

  /** @param resolve instead of the system's look-up of names */
  constructor(targets: readonly AllowedTarget[], resolve?: Resolve) {
    this.agent = new Guard(targets, resolve).agent();
  }

  /** @throws OutgoingError */
  async send(request: OutgoingRequest): Promise<OutgoingAnswer> {
    const { timeoutMs = defaultTimeoutMs, maxBytes = defaultMaxBytes } = request;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
    try {
      return await this.follow({ method: request.method, url: parseUrl(request.url), headers: request.headers ?? {}, body: request.body }, signal, maxBytes);
    } catch (error) {
      request.signal?.throwIfAborted();
      if (timeout.aborted) throw new OutgoingError('TIMEOUT', `The answer was not there after ${timeoutMs / 1000} s.`);
      throw readable(error);
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async follow(first: Hop, signal: AbortSignal, maxBytes: number): Promise<OutgoingAnswer> {
    let hop = first;
    for (let redirects = 0; redirects <= mostRedirects; redirects++) {
      const { method, url, headers, body } = hop;
      const response = await fetch(url, { method, headers, body: body ?? null, redirect: 'manual', dispatcher: this.agent, signal });
      const location = isRedirect(response.status) ? response.headers.get('location') : null;
      if (location === null) {
        return { status: response.status, headers: plain(response.headers), body: await readBody(response.body, maxBytes) };
      }
      await response.body?.cancel();
      hop = nextHop(hop, response.status, location);
    }
    throw new OutgoingError('BAD_REDIRECT', `The answer is more than ${mostRedirects} redirects away.`);
  }
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !isWeb(url)) throw new OutgoingError('BAD_URL', 'This is no http:// or https:// address.');
  if (url.username || url.password) throw new OutgoingError('BAD_URL', 'Take the user name and the password out of the address, and send them as a header.');
  return url;
}

function nextHop({ method, url: from, headers, body }: Hop, status: number, location: string): Hop {
  let url: URL;
  try {
    url = parseUrl(new URL(location, from).href);
  } catch {
    throw new OutgoingError('BAD_REDIRECT', 'The answer sends on to an address that can not be called.');
  }
  const asGet = (status === 303 && method !== 'HEAD') || ((status === 301 || status === 302) && method === 'POST');
  const next: Hop = asGet ? { method: 'GET', url, headers: withoutBodyHeaders(headers), body: undefined } : { method, url, headers, body };
  if (url.origin === from.origin) return next;
  if (next.body !== undefined) throw new OutgoingError('BAD_REDIRECT', `The answer asks to send the body on to ${url.origin}. Call that address itself if it is to have it.`);
  return { ...next, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => headersForOtherOrigins.has(name.toLowerCase()))) };
}

function withoutBodyHeaders(headers: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.toLowerCase().startsWith('content-')));
}

async function readBody(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of body ?? []) {
    length += piece.byteLength;
    // Leaving the loop closes the connection.
    if (length > maxBytes) throw new OutgoingError('TOO_LARGE', `The answer is longer than ${maxBytes} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function readable(error: unknown): unknown {
  if (error instanceof OutgoingError) return error;
  if (!(error instanceof TypeError)) return error;
  if (error.cause instanceof OutgoingError) return error.cause;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new OutgoingError('NETWORK', `The server could not be reached, or broke the connection${code}.`);
}

function plain(headers: Headers): Record<string, string> {
  return Object.fromEntries(headers);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}
