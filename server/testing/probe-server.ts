import { Arg, Authorized, Extensions, Field, Int, Mutation, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import { type RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { JsonScalar } from '../../schema/scalars.js';
import { openToTriggerKeys } from '../graphql/trigger-key-reach.js';
import { type EndpointServerOptions, startEndpointServer } from './endpoint-server.js';
import { GraphqlClient, socketClient } from './graphql-client.js';

@ObjectType()
class Branch {
  @Field(() => Branch)
  branch!: Branch;

  @Field(() => [Branch])
  branches!: Branch[];

  @Field(() => Int)
  leaf!: number;
}

@ObjectType()
@Extensions(openToTriggerKeys)
class Fired {
  @Field(() => Fired)
  again!: Fired;

  @Field(() => Branch)
  branch!: Branch;

  @Field(() => Int)
  leaf!: number;
}

export const secretOfFailures = 'hunter2';

/** Fields of every kind that the endpoints must cope with. */
@Resolver()
class ProbeResolver {
  constructor(private readonly work: () => Promise<number>) {}

  @Authorized('public')
  @Mutation(() => Int)
  working(): Promise<number> {
    return this.work();
  }

  @Authorized('public')
  @Query(() => Branch)
  tree(@Arg('first', () => Int, { defaultValue: 1 }) _first: number): Branch {
    return Object.assign(new Branch(), { branches: [], leaf: 1 });
  }

  @Authorized('public')
  @Query(() => Int)
  failing(): number {
    throw new Error(`the password of the database is ${secretOfFailures}`);
  }

  @Authorized('public')
  @Mutation(() => JsonScalar, { nullable: true })
  echo(@Arg('value', () => JsonScalar, { nullable: true }) value: unknown, @Arg('count', () => Int, { nullable: true }) _count?: number): unknown {
    return value;
  }

  @Authorized('trigger:fire')
  @Mutation(() => Fired)
  fire(): Fired {
    const fired = { leaf: 1, branch: Object.assign(new Branch(), { branches: [], leaf: 1 }) };
    return Object.assign(new Fired(), { ...fired, again: fired });
  }

  @Authorized('self')
  @Subscription(() => Int, {
    subscribe: async function* () {
      yield 1;
      await new Promise(() => undefined);
    },
  })
  ticks(@Root() tick: number): number {
    return tick;
  }

  @Authorized('self')
  @Subscription(() => Int, {
    subscribe: async function* () {
      yield await Promise.resolve(1);
      throw new Error(`the password of the database is ${secretOfFailures}`);
    },
  })
  breaking(@Root() tick: number): number {
    return tick;
  }
}

interface Answer {
  data?: unknown;
  errors?: readonly { message: string; extensions?: unknown }[] | undefined;
}

/** Asks over one transport; without a token as somebody who is not signed in. */
export type Ask = (server: { url: string }, query: string, variables: Record<string, unknown>, token: string | undefined) => Promise<Answer>;

export const transports: [string, Ask][] = [
  [
    'HTTP',
    async ({ url }, query, variables, token) => {
      const { data, errors } = await new GraphqlClient(url).query(query, variables, { token });
      return { data, errors };
    },
  ],
  [
    'WebSocket',
    async ({ url }, query, variables, token) => {
      const client = socketClient(url, token);
      try {
        return await new Promise<Answer>((resolve, reject) => {
          client.subscribe(
            { query, variables },
            {
              next: resolve,
              error: (error) => {
                if (Array.isArray(error)) resolve({ errors: error });
                else reject(error instanceof Error ? error : new Error('The socket was closed.', { cause: error }));
              },
              complete: () => undefined,
            },
          );
        });
      } finally {
        await client.dispose();
      }
    },
  ],
];

/**
 * The endpoints with fields to probe them by.
 * @param options `work` is what the field `working` does
 */
export async function startProbeServer({ work = async () => 1, ...options }: EndpointServerOptions & { work?: () => Promise<number> } = {}) {
  const server = await startEndpointServer({ ...options, resolvers: [{ type: ProbeResolver, instance: new ProbeResolver(work) }] });
  const { accessToken: token } = await server.signUp();
  const identity = await server.auth.authenticate(`Bearer ${token}`);
  if (identity?.via !== 'session') throw new Error('Nobody is signed in.');
  return { ...server, token, identity };
}

const messageSchema = z.object({ id: z.string().optional(), type: z.string(), payload: z.json().optional() });
type Message = z.infer<typeof messageSchema>;

/** A socket that speaks the protocol by hand, with what it hears and how it ends. */
export class RawSocket {
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  /** With the code. */
  readonly closed: Promise<number>;
  /** With the HTTP status. */
  readonly refused: Promise<number | undefined>;
  private readonly heard: Message[] = [];
  private readonly checks = new Set<() => void>();

  constructor(url: string, { headers, protocol = 'graphql-transport-ws' }: { headers?: Record<string, string>; protocol?: string | string[] } = {}) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, protocol, { headers });
    this.opened = new Promise((resolve) => this.socket.once('open', resolve));
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    this.refused = new Promise((resolve) => this.socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode)));
    this.socket.on('message', (data: RawData) => {
      this.heard.push(messageSchema.parse(JSON.parse(data instanceof Buffer ? data.toString() : '')));
      for (const check of this.checks) check();
    });
  }

  /** A socket whose connection is initialised. */
  static async connect(url: string, token: string): Promise<RawSocket> {
    const raw = new RawSocket(url);
    await raw.opened;
    raw.say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    await raw.hear(({ type }) => type === 'connection_ack');
    return raw;
  }

  say(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(id: string, query: string): void {
    this.say({ id, type: 'subscribe', payload: { query } });
  }

  /** The first message that matches, of those that came and those to come. */
  hear(matches: (message: Message) => boolean): Promise<Message> {
    return new Promise((resolve) => {
      const check = () => {
        const found = this.heard.find(matches);
        if (!found) return;
        this.checks.delete(check);
        resolve(found);
      };
      this.checks.add(check);
      check();
    });
  }
}
