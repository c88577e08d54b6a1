import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { Arg, Authorized, Field, Int, Mutation, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import { WebSocket } from 'ws';
import { JsonScalar } from '../../schema/scalars.js';
import { AccessTokens } from '../features/auth/access-token.js';
import { testJwtSecret } from '../testing/auth-services.js';
import { startEndpointServer } from '../testing/endpoint-server.js';
import { dataOf, GraphqlClient, socketClient } from '../testing/graphql-client.js';
import { limits } from './limits.js';
import { type ResolverClass } from './schema.js';

const viewer = '{ viewer { id } }';
const megabyte = 1024 * 1024;

@ObjectType()
class Branch {
  @Field(() => Branch)
  branch!: Branch;

  @Field(() => [Branch])
  branches!: Branch[];

  @Field(() => Int)
  leaf!: number;
}

/** What auth alone has no example of. */
@Resolver()
class ProbeResolver {
  @Authorized('public')
  @Query(() => Branch)
  tree(@Arg('first', () => Int, { defaultValue: 1 }) _first: number): Branch {
    return Object.assign(new Branch(), { branches: [], leaf: 1 });
  }

  @Authorized('public')
  @Query(() => Int)
  failing(): number {
    throw new Error('the password of the database is hunter2');
  }

  @Authorized('public')
  @Mutation(() => JsonScalar, { nullable: true })
  echo(@Arg('value', () => JsonScalar, { nullable: true }) value: unknown, @Arg('count', () => Int, { nullable: true }) _count?: number): unknown {
    return value;
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
      yield 1;
      throw new Error('the password of the database is hunter2');
    },
  })
  breaking(@Root() tick: number): number {
    return tick;
  }
}

type Server = Awaited<ReturnType<typeof startEndpointServer>>;
let server: Server;
let token: string;

beforeAll(async () => {
  server = await startEndpointServer({ resolvers: [{ type: ProbeResolver satisfies ResolverClass, instance: new ProbeResolver() }] });
  ({ accessToken: token } = await server.signUp());
});
afterAll(() => server.stop());

interface Outcome {
  data?: unknown;
  errors?: { message: string; extensions?: unknown }[] | undefined;
}

async function overHttp(query: string, variables: Record<string, unknown> = {}, withToken: string | undefined = token): Promise<Outcome> {
  const { data, errors } = await new GraphqlClient(server.url).query(query, variables, { token: withToken });
  return { data, errors };
}

/** The first answer over a WebSocket: a `next`, an `error`, or the code with which the socket was closed. */
async function overSocket(query: string, variables: Record<string, unknown> = {}, withToken: string | undefined = token): Promise<Outcome> {
  const client = socketClient(server.url, withToken);
  try {
    return await new Promise<Outcome>((resolve, reject) => {
      client.subscribe(
        { query, variables },
        {
          next: ({ data, errors }) => resolve({ data, errors: errors?.map(({ message, extensions }) => ({ message, extensions })) }),
          error: (error) => (Array.isArray(error) ? resolve({ errors: error }) : reject(error)),
          complete: () => undefined,
        },
      );
    });
  } finally {
    await client.dispose();
  }
}

/** A socket that speaks the protocol by hand, with what it hears and how it ends. */
function rawSocket(options: { headers?: Record<string, string>; protocol?: string | string[] } = {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, options.protocol ?? 'graphql-transport-ws', { headers: options.headers });
  const heard: { id?: string; type: string; payload?: unknown }[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data) => {
    heard.push(JSON.parse(String(data)));
    for (const check of [...waiting]) check();
  });
  return {
    socket,
    closed: new Promise<number>((resolve) => socket.once('close', resolve)),
    refused: new Promise<number | undefined>((resolve) => socket.once('unexpected-response', (_request, { statusCode }) => resolve(statusCode))),
    opened: new Promise<void>((resolve) => socket.once('open', () => resolve())),
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    hear: (matches: (message: { id?: string; type: string }) => boolean) =>
      new Promise<{ id?: string; type: string; payload?: unknown }>((resolve) => {
        const check = () => {
          const found = heard.find(matches);
          if (found) resolve(found);
        };
        waiting.push(check);
        check();
      }),
  };
}

async function connected(withToken: string | undefined = token) {
  const raw = rawSocket();
  await raw.opened;
  raw.say({ type: 'connection_init', payload: withToken ? { authorization: `Bearer ${withToken}` } : {} });
  await raw.hear(({ type }) => type === 'connection_ack');
  return raw;
}

function nested(levels: number): string {
  return `{ tree ${'{ branch '.repeat(levels)} { leaf } ${'}'.repeat(levels)} }`;
}

describe.each([
  ['HTTP', overHttp],
  ['WebSocket', overSocket],
])('over %s in production', (_name, ask) => {
  test('an operation within the limits is answered', async () => {
    expect(await ask(viewer)).toMatchObject({ data: { viewer: { id: expect.any(String) } } });
    expect(await ask('{ tree { branches { branches { leaf } } } }')).toMatchObject({ data: { tree: { branches: [] } } });
  });

  test.each<[string, string, RegExp]>([
    ['deeper than the limit', nested(limits.depth), /levels deep; 12 are allowed/],
    ['deeper than the limit by fragments', `{ tree { ...A } } fragment A on Branch { branch { branch { branch { branch { branch { branch { ...B } } } } } } } fragment B on Branch { branch { branch { branch { branch { branch { leaf } } } } } }`, /levels deep; 12 are allowed/],
    ['with too many aliases', `{ tree { ${Array.from({ length: 31 }, (_, i) => `a${i}: leaf`).join(' ')} } }`, /31 aliases; 30 are allowed/],
    ['with too many root fields', `{ ${'__typename '.repeat(21)} }`, /21 root fields; 20 are allowed/],
    ['with too many directives', `{ tree { leaf ${'@include(if: true) '.repeat(31)} } }`, /31 directives; 30 are allowed/],
    [
      'that fragments multiply',
      `{ tree { ...F0 } } ${Array.from({ length: 60 }, (_, i) => `fragment F${i} on Branch { ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F60 on Branch { leaf }`,
      /fields; 1000 are allowed/,
    ],
    ['that fetches too much', `{ ${Array.from({ length: 15 }, (_, i) => `a${i}: apiKeys(first: 100) { edges { node { id name prefix createdAt expiresAt } } }`).join(' ')} }`, /may fetch 12\d\d\d? fields|may fetch \d{5} fields; 10000 are allowed/],
    ['of nested lists that fetches too much', '{ tree(first: 100) { branches { branches { branches { branches { leaf } } } } } }', /fields; 10000 are allowed/],
    ['with fields that do not exist', '{ viewer { password } }', /Cannot query field "password"/],
  ])('a document %s is refused as invalid', async (_case, query, message) => {
    const { data, errors } = await ask(query);
    expect(data).toBeUndefined();
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
  });

  test('a document with too many tokens is refused before it is parsed further', async () => {
    const { errors } = await ask(`{ ${'viewer { id } '.repeat(600)} }`);
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('2000 tokens'), extensions: { code: 'GRAPHQL_PARSE_FAILED' } })]);
  });

  test('a syntax error says where it is', async () => {
    const { errors } = await ask('{ viewer { id ');
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('Syntax Error'), extensions: { code: 'GRAPHQL_PARSE_FAILED' }, locations: [{ line: 1, column: 15 }] })]);
  });

  test('names that do not exist are not guessed at', async () => {
    const { errors } = await ask('{ viewr { id } }');
    expect(errors?.[0]?.message).toBe('Cannot query field "viewr" on type "Query".');
  });

  test('introspection is for those who are signed in', async () => {
    expect(await ask(getIntrospectionQuery())).toMatchObject({ data: { __schema: expect.anything() } });
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Query") { name } }', '{ ...A } fragment A on Query { __schema { description } }']) {
      expect(await ask(query, {}, '')).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(await ask('{ __typename }', {}, '')).toMatchObject({ data: { __typename: 'Query' } });
  });

  test('what needs somebody who is signed in is refused to others', async () => {
    expect(await ask(viewer, {}, '')).toMatchObject({ errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('what a role may not do is forbidden', async () => {
    const { apiKeys } = server;
    const identity = await server.auth.authenticate(`Bearer ${token}`);
    if (!identity) throw new Error('Nobody is signed in.');
    const { secret } = await apiKeys.create(identity, { name: 'CI' });
    expect(await ask(viewer, {}, secret)).toMatchObject({ data: { viewer: { id: identity.userId } } });
    expect(await ask('mutation { createApiKey(input: { name: "more" }) { secret } }', {}, secret)).toMatchObject({
      errors: [{ message: 'An API key does not have the permission api-key:manage.', extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test("another workspace's object does not exist", async () => {
    const identity = await server.auth.authenticate(`Bearer ${(await server.signUp()).accessToken}`);
    if (!identity) throw new Error('Nobody is signed in.');
    const { apiKey } = await server.apiKeys.create(identity, { name: 'theirs' });
    for (const id of [apiKey.id, 'not-an-id', 'x\0', '']) {
      expect(await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id })).toMatchObject({
        errors: [{ message: 'There is no such API key in this workspace.', extensions: { code: 'NOT_FOUND' } }],
      });
    }
  });

  test('wrong inputs are named, field by field', async () => {
    const { errors } = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }', { input: { name: '', expiresAt: '2001-01-01T00:00:00Z' } });
    expect(errors?.[0]?.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      fields: [
        { field: 'input.name', message: 'This must not be empty.' },
        { field: 'input.expiresAt', message: 'Choose a time that is still to come.' },
      ],
    });
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown field', { input: { name: 'x', admin: true } }],
    ['a number for a text', { input: { name: 9007199254740993 } }],
    ['a list for a text', { input: { name: [['x']] } }],
    ['what is no time', { input: { name: 'x', expiresAt: 'tomorrow' } }],
    ['nothing', {}],
  ])('variables with %s are refused as bad input', async (_case, variables) => {
    const { errors } = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }', variables);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('"$input"'), extensions: { code: 'BAD_USER_INPUT' } });
  });

  test.each([
    ['NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud800b'],
  ])('text with %s is refused, and its field named', async (_case, name) => {
    const { errors } = await ask('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }', { input: { name } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'input.name' }] } });
    const escaped = JSON.stringify(name).replaceAll('\ud800', '\\ud800');
    const inline = await ask(`mutation { createApiKey(input: { name: ${escaped} }) { secret } }`);
    expect(inline.errors?.[0]).toHaveProperty('extensions.code', expect.stringMatching(/BAD_USER_INPUT|GRAPHQL_PARSE_FAILED/));
  });

  test('a whole number that an Int can not hold is refused', async () => {
    const { errors } = await ask('mutation ($count: Int) { echo(count: $count) }', { count: 2 ** 53 });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  test('JSON that is nested too deeply is refused', async () => {
    const deep = (levels: number): unknown => Array.from({ length: levels }).reduce((inner) => [inner], 1);
    expect(await ask('mutation ($value: JSON) { echo(value: $value) }', { value: deep(99) })).toMatchObject({ data: { echo: deep(99) } });
    expect(await ask('mutation ($value: JSON) { echo(value: $value) }', { value: deep(500) })).toMatchObject({
      errors: [{ message: expect.stringContaining('100 levels'), extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });

  test('an unexpected failure is logged once and told without details', async () => {
    const before = server.log.length;
    expect(await ask('{ failing }')).toMatchObject({
      errors: [{ message: 'Something went wrong on our side. The server’s log says what.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    const logged = server.log.slice(before).filter((line) => line.includes('hunter2'));
    expect(logged).toHaveLength(1);
  });

  test('too many failed sign-ins say when to come back', async () => {
    const signIn = () => ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: `${_name}@example.com`, password: 'wrong wrong' } });
    for (let i = 0; i < 10; i++) expect(await signIn()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await signIn()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }] });
  });
});

describe('over HTTP', () => {
  test('the status follows GraphQL over HTTP', async () => {
    const client = new GraphqlClient(server.url);
    const headers = { accept: 'application/graphql-response+json' };
    const answers = [
      await client.query(viewer, {}, { token, headers }),
      await client.query(viewer, {}, { headers }),
      await client.query('{ nothing }', {}, { token, headers }),
      await client.query('{', {}, { token, headers }),
      await client.query('mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }', {}, { token, headers }),
      await client.send('{ not json', { headers }),
      await client.send('{}', { headers }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 400, 400, 400, 400]);
    expect(answers[0]?.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    expect(answers[0]?.headers.get('cache-control')).toBe('no-store');
    expect((await client.query(viewer, {}, { token })).headers.get('content-type')).toMatch(/^application\/json/);
  });

  test('a body of 10 MB is answered with 413, and the next request works', async () => {
    const client = new GraphqlClient(server.url);
    const answer = await client.send(JSON.stringify({ query: viewer, variables: { filler: 'x'.repeat(10 * megabyte) } }), { token });
    expect(answer).toMatchObject({ status: 413, errors: [{ message: 'A request may be 1 MB long; this one is longer.', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
    expect((await client.query(viewer, {}, { token })).status).toBe(200);
  });

  test('a body of brackets alone does no harm', async () => {
    const client = new GraphqlClient(server.url);
    for (const body of ['['.repeat(megabyte - 10), `{"query":"{ __typename }","variables":{"x":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`, '{'.repeat(1000)]) {
      expect((await client.send(body, { token })).status).toBeLessThan(500);
    }
  });

  test('JSON of brackets alone is refused', async () => {
    const body = `{"query":"mutation ($value: JSON) { echo(value: $value) }","variables":{"value":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`;
    expect(await new GraphqlClient(server.url).send(body, { token })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('100 levels') }] });
    const raw = await connected();
    raw.say(`{"id":"1","type":"subscribe","payload":${body}}`);
    expect(await raw.hear(({ id }) => id === '1')).toMatchObject({ payload: { errors: [{ message: expect.stringContaining('100 levels') }] } });
    raw.socket.close();
  });

  test('several operations in one request are refused', async () => {
    const body = JSON.stringify([{ query: viewer }, { query: viewer }]);
    expect(await new GraphqlClient(server.url).send(body, { token })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('batching'), extensions: { code: 'BAD_REQUEST' } }] });
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])('a request as a page of another site may send it is refused: %p', async (type) => {
    const mutation = JSON.stringify({ query: 'mutation { signOut { signedOut } }' });
    const answer = await new GraphqlClient(server.url).send(mutation, { headers: { 'content-type': type } });
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test('a mutation by GET is refused', async () => {
    const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('mutation { signOut { signedOut } }')}`, { headers: { 'apollo-require-preflight': 'yes' } });
    expect(response.status).toBe(405);
  });

  test('a subscription is sent to the WebSocket', async () => {
    expect(await new GraphqlClient(server.url).query('subscription { ticks }', {}, { token })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('graphql-transport-ws') }] });
  });

  test('a token that is no longer good does not stand in the way of signing in', async () => {
    const answer = await new GraphqlClient(server.url).query('{ __typename viewer { id } }', {}, { token: 'x.y.z' });
    expect(answer).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('access token is not valid'), extensions: { code: 'UNAUTHENTICATED' } }] });
    expect((await new GraphqlClient(server.url).query('mutation { signOut { signedOut } }', {}, { token: 'x.y.z' })).data).toEqual({ signOut: { signedOut: false } });
  });
});

describe('the refresh cookie', () => {
  const signUp = 'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken } }';
  const refresh = 'mutation { refreshSession { accessToken } }';

  async function signedUp(email: string, url = server.url) {
    const client = new GraphqlClient(url);
    const answer = await client.query(signUp, { input: { email, name: 'Ada', password: 'correct horse battery' } });
    dataOf(answer);
    return { client, answer };
  }

  test('can not be read by scripts, goes to /graphql alone and never with requests from other sites', async () => {
    const { answer } = await signedUp('cookie@example.com');
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^pp_refresh=[\w-]{43}; Path=\/graphql; Expires=[^;]+ GMT; HttpOnly; SameSite=Strict$/);
    const expires = Date.parse(/Expires=([^;]+)/.exec(cookie ?? '')?.[1] ?? '');
    expect(Math.round((expires - Date.now()) / 86_400_000)).toBe(30);
  });

  test('is Secure where browsers reach the product by https', async () => {
    const secure = await startEndpointServer({ publicUrl: 'https://prompts.example.com' });
    try {
      const { answer } = await signedUp('secure@example.com', secure.url);
      expect(answer.headers.getSetCookie()[0]).toContain('; Secure');
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    } finally {
      await secure.stop();
    }
  });

  test('is exchanged at each use, is refused to other origins, and is gone after signing out', async () => {
    const { client } = await signedUp('rotate@example.com');
    const first = client.cookies.get('pp_refresh');
    dataOf(await client.query(refresh, {}, { headers: { origin: server.url } }));
    expect(client.cookies.get('pp_refresh')).not.toBe(first);
    for (const origin of ['http://127.0.0.1:1', 'https://evil.example', 'null']) {
      expect(await client.query(refresh, {}, { headers: { origin } })).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    }
    expect(dataOf(await client.query('mutation { signOut { signedOut } }'))).toEqual({ signOut: { signedOut: true } });
    expect(client.cookies.has('pp_refresh')).toBe(false);
    expect(await client.query(refresh)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});

describe('over WebSocket', () => {
  test('a syntax error ends its operation and not the socket', async () => {
    const raw = await connected();
    raw.say({ id: 'a', type: 'subscribe', payload: { query: 'subscription {' } });
    expect(await raw.hear(({ id, type }) => id === 'a' && type === 'error')).toMatchObject({ payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
    raw.say({ id: 'b', type: 'subscribe', payload: { query: 'subscription { ticks }' } });
    expect(await raw.hear(({ id, type }) => id === 'b' && type === 'next')).toMatchObject({ payload: { data: { ticks: 1 } } });
    raw.socket.close();
  });

  test('a subscription that breaks says so without details', async () => {
    const raw = await connected();
    raw.say({ id: 'a', type: 'subscribe', payload: { query: 'subscription { breaking }' } });
    expect(await raw.hear(({ type }) => type === 'error')).toMatchObject({ payload: [{ message: expect.stringContaining('our side'), extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    raw.socket.close();
  });

  test('the operation after the fiftieth is refused until one ends', async () => {
    const raw = await connected();
    for (let i = 0; i < 51; i++) raw.say({ id: `${i}`, type: 'subscribe', payload: { query: 'subscription { ticks }' } });
    expect(await raw.hear(({ type }) => type === 'error')).toMatchObject({ id: '50', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    await raw.hear(({ id, type }) => id === '0' && type === 'next');
    raw.say({ id: '0', type: 'complete' });
    raw.say({ id: 'again', type: 'subscribe', payload: { query: viewer } });
    await raw.hear(({ id, type }) => id === 'again' && type === 'next');
    raw.socket.close();
  });

  test.each<[string, unknown, number]>([
    ['what is no JSON', '{', 4400],
    ['a message of another protocol', { type: 'start', id: '1' }, 4400],
    ['an operation before the connection is initialised', { id: '1', type: 'subscribe', payload: { query: viewer } }, 4401],
    ['a forged token', { type: 'connection_init', payload: { authorization: 'Bearer x.y.z' } }, 4403],
    ['a token that is no text', { type: 'connection_init', payload: { authorization: { $ne: '' } } }, 4403],
    ['more than 1 MB', { type: 'ping', payload: { filler: 'x'.repeat(megabyte) } }, 1009],
  ])('a socket that sends %s is closed', async (_case, message, code) => {
    const raw = rawSocket();
    await raw.opened;
    raw.say(message);
    expect(await raw.closed).toBe(code);
  });

  test('a socket that speaks another protocol is closed', async () => {
    const raw = rawSocket({ protocol: [] });
    expect(await raw.closed).toBe(4406);
  });

  test('a page of another site gets no socket, a page of ours and a program do', async () => {
    for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null']) expect(await rawSocket({ headers: { origin } }).refused).toBe(403);
    const own = rawSocket({ headers: { origin: server.url } });
    await own.opened;
    own.socket.close();
  });

  test('a socket is closed with 4403 when its access token expires', async () => {
    const { userId, workspaceId, ...identity } = (await server.auth.authenticate(`Bearer ${token}`)) ?? {};
    if (!userId || !workspaceId || !('sessionId' in identity)) throw new Error('Nobody is signed in.');
    const almostQuarterHourAgo = new Date(Date.now() - 15 * 60_000 + 1500);
    const ending = await new AccessTokens(testJwtSecret, () => almostQuarterHourAgo).issue({ userId, workspaceId, sessionId: identity.sessionId });
    server.clock.now = new Date();
    const raw = await connected(ending.token);
    server.clock.now = new Date(Date.now() + 5000);
    expect(await raw.closed).toBe(4403);
    server.clock.now = new Date();
  });

  test('the sockets of a session close when it is signed out, and no others', async () => {
    const { accessToken } = await server.signUp();
    const leaving = await connected(accessToken);
    const staying = await connected();
    dataOf(await new GraphqlClient(server.url).query('mutation { signOut { signedOut } }', {}, { token: accessToken }));
    expect(await leaving.closed).toBe(4403);
    staying.say({ type: 'ping' });
    await staying.hear(({ type }) => type === 'pong');
    staying.socket.close();
  });

  test('the sockets of an API key close when it is revoked', async () => {
    const identity = await server.auth.authenticate(`Bearer ${token}`);
    if (!identity) throw new Error('Nobody is signed in.');
    const { apiKey, secret } = await server.apiKeys.create(identity, { name: 'CI' });
    const raw = await connected(secret);
    await server.apiKeys.revoke(identity, apiKey.id);
    expect(await raw.closed).toBe(4403);
  });
});

describe('in development', () => {
  let development: Server;

  beforeAll(async () => {
    development = await startEndpointServer({ environment: 'development', resolvers: [{ type: ProbeResolver, instance: new ProbeResolver() }] });
  });
  afterAll(() => development.stop());

  test('the schema is open, names are suggested, and failures tell what they were', async () => {
    const client = new GraphqlClient(development.url);
    expect((await client.query(getIntrospectionQuery())).data).toHaveProperty('__schema');
    expect((await client.query('{ viewr { id } }')).errors?.[0]?.message).toContain('Did you mean "viewer"');
    expect((await client.query('{ failing }')).errors?.[0]).toMatchObject({ message: expect.stringContaining('hunter2'), extensions: { stacktrace: expect.any(Array) } });
  });
});
