import { createClient } from 'graphql-ws';
import { z } from 'zod';
import WebSocket from 'ws';

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }).partial().optional() })).optional(),
});

export class DemoApiError extends Error {
  override readonly name = 'DemoApiError';
  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/** The product's public GraphQL API, called as any program would call it. */
export class DemoApi {
  token: string | undefined;

  constructor(private readonly url: string) {}

  /** @throws DemoApiError with the API's own message and code */
  async request<Schema extends z.ZodType>(document: string, variables: Record<string, unknown>, schema: Schema): Promise<z.output<Schema>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(this.token && { authorization: `Bearer ${this.token}` }) },
      body: JSON.stringify({ query: document, variables }),
    });
    const { data, errors } = answerSchema.parse(await response.json());
    const [error] = errors ?? [];
    if (error) throw new DemoApiError(error.message, error.extensions?.code);
    return schema.parse(data);
  }

  /** The results of a subscription until it ends. */
  async *subscribe<Schema extends z.ZodType>(document: string, variables: Record<string, unknown>, schema: Schema): AsyncGenerator<z.output<Schema>> {
    const client = createClient({
      url: `${this.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
    });
    try {
      for await (const { data, errors } of client.iterate({ query: document, variables })) {
        const [error] = errors ?? [];
        if (error) throw new DemoApiError(error.message, undefined);
        yield schema.parse(data);
      }
    } finally {
      await client.dispose();
    }
  }
}
