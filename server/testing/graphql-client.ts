import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { z } from 'zod';

const errorSchema = z.looseObject({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).optional(),
  extensions: z.looseObject({ code: z.string() }),
});
const bodySchema = z.object({ data: z.record(z.string(), z.json()).nullish(), errors: z.array(errorSchema).optional() });

export type GraphqlAnswer = z.infer<typeof bodySchema> & { status: number; headers: Headers };

export interface RequestOptions {
  token?: string;
  headers?: Record<string, string>;
  /** Aborting it closes the connection. */
  signal?: AbortSignal;
}

/** A browser or a program that calls the API over HTTP, with a cookie jar of its own. */
export class GraphqlClient {
  /** The cookies as the Cookie header has them. */
  readonly cookies = new Map<string, string>();

  constructor(readonly url: string) {}

  async query(query: string, variables: Record<string, unknown> = {}, options: RequestOptions = {}): Promise<GraphqlAnswer> {
    return this.send(JSON.stringify({ query, variables }), options);
  }

  /** Sends a body as it is. */
  async send(body: string, { token, headers = {}, signal }: RequestOptions = {}): Promise<GraphqlAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      body,
      ...(signal && { signal }),
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...(cookie && { cookie }), ...headers },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name && value) this.cookies.set(name, value);
      else if (name) this.cookies.delete(name);
    }
    return { ...bodySchema.parse(await response.json()), status: response.status, headers: response.headers };
  }
}

/** @throws an error with what the API answered, where it did not answer with data */
export function dataOf({ data, errors }: GraphqlAnswer): Record<string, z.infer<ReturnType<typeof z.json>>> {
  if (errors || !data) throw new Error(`The API answered ${JSON.stringify(errors ?? data)}`);
  return data;
}

/** A client of the WebSocket API that does not come back by itself when its socket is closed. */
export function socketClient(url: string, token?: string, headers: Record<string, string> = {}): Client {
  class WebSocketWithHeaders extends WebSocket {
    constructor(address: string, protocols: string[]) {
      super(address, protocols, { headers });
    }
  }
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocketWithHeaders,
    lazy: true,
    retryAttempts: 0,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
  });
}
