import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { GraphqlClient } from '../testing/graphql-client.js';
import { secretOfFailures, startProbeServer, transports } from '../testing/probe-server.js';

type Server = Awaited<ReturnType<typeof startProbeServer>>;
let server: Server;

beforeAll(async () => {
  server = await startProbeServer();
});
afterAll(() => server.stop());

const viewer = '{ viewer { id } }';
const createApiKey = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';

describe.each(transports)('over %s in production', (transport, askOver) => {
  const ask = (query: string, variables: Record<string, unknown> = {}, token: string | undefined = server.token) => askOver(server, query, variables, token);

  test('a syntax error says where it is', async () => {
    const { errors } = await ask('{ viewer { id ');
    expect(errors).toEqual([expect.objectContaining({ message: expect.stringContaining('Syntax Error'), extensions: { code: 'GRAPHQL_PARSE_FAILED' }, locations: [{ line: 1, column: 15 }] })]);
  });

  test('names that do not exist are not guessed at', async () => {
    const { errors } = await ask('{ viewr { id } }');
    expect(errors?.[0]?.message).toBe('Cannot query field "viewr" on type "Query".');
  });

  test('what needs somebody who is signed in is refused to others', async () => {
    expect(await ask(viewer, {}, '')).toMatchObject({ errors: [{ message: 'Sign in first.', extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('what a role may not do is forbidden', async () => {
    const { apiKeys, identity } = server;
    const { secret } = await apiKeys.create(identity, { name: 'CI' });
    expect(await ask(viewer, {}, secret)).toMatchObject({ data: { viewer: { id: identity.userId } } });
    expect(await ask('mutation { createApiKey(input: { name: "more" }) { secret } }', {}, secret)).toMatchObject({
      errors: [{ message: 'An API key does not have the permission api-key:manage.', extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test("another workspace's object does not exist", async () => {
    const stranger = await server.auth.authenticate(`Bearer ${(await server.signUp()).accessToken}`);
    if (!stranger) throw new Error('Nobody is signed in.');
    const { apiKey } = await server.apiKeys.create(stranger, { name: 'theirs' });
    for (const id of [apiKey.id, 'not-an-id', 'x\0', '']) {
      expect(await ask('mutation ($id: ID!) { revokeApiKey(id: $id) { id } }', { id })).toMatchObject({
        errors: [{ message: 'There is no such API key in this workspace.', extensions: { code: 'NOT_FOUND' } }],
      });
    }
  });

  test('wrong inputs are named, field by field', async () => {
    const { errors } = await ask(createApiKey, { input: { name: '', expiresAt: '2001-01-01T00:00:00Z' } });
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
    const { errors } = await ask(createApiKey, variables);
    expect(errors?.[0]).toMatchObject({ message: expect.stringContaining('"$input"'), extensions: { code: 'BAD_USER_INPUT' } });
  });

  test.each([
    ['NUL', 'a\0b'],
    ['a lone surrogate', 'a\ud800b'],
  ])('text with %s is refused, and its field named', async (_case, name) => {
    const { errors } = await ask(createApiKey, { input: { name } });
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
    const logged = server.log.slice(before).filter((line) => line.includes(secretOfFailures));
    expect(logged).toHaveLength(1);
  });

  test('too many failed sign-ins say when to come back', async () => {
    const signIn = () => ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: `${transport}@example.com`, password: 'wrong wrong' } });
    for (let i = 0; i < 10; i++) expect(await signIn()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    expect(await signIn()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) } }] });
  });
});

describe('in development', () => {
  let development: Server;

  beforeAll(async () => {
    development = await startProbeServer({ environment: 'development' });
  });
  afterAll(() => development.stop());

  test('the schema is open, names are suggested, and failures tell what they were', async () => {
    const client = new GraphqlClient(development.url);
    expect((await client.query(getIntrospectionQuery())).data).toHaveProperty('__schema');
    expect((await client.query('{ viewr { id } }')).errors?.[0]?.message).toContain('Did you mean "viewer"');
    expect((await client.query('{ failing }')).errors?.[0]).toMatchObject({ message: expect.stringContaining(secretOfFailures), extensions: { stacktrace: expect.any(Array) } });
  });
});
