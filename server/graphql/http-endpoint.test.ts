import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { GraphqlClient } from '../testing/graphql-client.js';
import { RawSocket, startProbeServer } from '../testing/probe-server.js';

let server: Awaited<ReturnType<typeof startProbeServer>>;
let token: string;

beforeAll(async () => {
  server = await startProbeServer();
  ({ token } = server);
});
afterAll(() => server.stop());

const viewer = '{ viewer { id } }';
const megabyte = 1024 * 1024;

test('The status follows GraphQL over HTTP', async () => {
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

test('A body of 10 MB is answered with 413, and the next request works', async () => {
  const client = new GraphqlClient(server.url);
  const answer = await client.send(JSON.stringify({ query: viewer, variables: { filler: 'x'.repeat(10 * megabyte) } }), { token });
  expect(answer).toMatchObject({ status: 413, errors: [{ message: 'A request may be 1 MB long; this one is longer.', extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
  expect((await client.query(viewer, {}, { token })).status).toBe(200);
});

test('A body of brackets alone does no harm', async () => {
  const client = new GraphqlClient(server.url);
  for (const body of ['['.repeat(megabyte - 10), `{"query":"{ __typename }","variables":{"x":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`, '{'.repeat(1000)]) {
    expect((await client.send(body, { token })).status).toBeLessThan(500);
  }
});

test('JSON of brackets alone is refused', async () => {
  const body = `{"query":"mutation ($value: JSON) { echo(value: $value) }","variables":{"value":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`;
  expect(await new GraphqlClient(server.url).send(body, { token })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('100 levels') }] });
  const raw = await RawSocket.connect(server.url, token);
  raw.say(`{"id":"1","type":"subscribe","payload":${body}}`);
  expect(await raw.hear(({ id }) => id === '1')).toMatchObject({ payload: { errors: [{ message: expect.stringContaining('100 levels') }] } });
  raw.socket.close();
});

test('Several operations in one request are refused', async () => {
  const body = JSON.stringify([{ query: viewer }, { query: viewer }]);
  expect(await new GraphqlClient(server.url).send(body, { token })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('batching'), extensions: { code: 'BAD_REQUEST' } }] });
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])('A request as a page of another site may send it is refused: %p', async (type) => {
  const mutation = JSON.stringify({ query: 'mutation { signOut { signedOut } }' });
  const answer = await new GraphqlClient(server.url).send(mutation, { headers: { 'content-type': type } });
  expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

test('A mutation by GET is refused', async () => {
  const response = await fetch(`${server.url}/graphql?query=${encodeURIComponent('mutation { signOut { signedOut } }')}`, { headers: { 'apollo-require-preflight': 'yes' } });
  expect(response.status).toBe(405);
});

test('A subscription is sent to the WebSocket', async () => {
  expect(await new GraphqlClient(server.url).query('subscription { ticks }', {}, { token })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('graphql-transport-ws') }] });
});

test('A token that is no longer good does not stand in the way of signing in', async () => {
  const answer = await new GraphqlClient(server.url).query('{ __typename viewer { id } }', {}, { token: 'x.y.z' });
  expect(answer).toMatchObject({ data: null, errors: [{ message: expect.stringContaining('access token is not valid'), extensions: { code: 'UNAUTHENTICATED' } }] });
  expect((await new GraphqlClient(server.url).query('mutation { signOut { signedOut } }', {}, { token: 'x.y.z' })).data).toEqual({ signOut: { signedOut: false } });
});

test.each<[string, (url: string, query: string) => Promise<() => void>]>([
  [
    'HTTP',
    async (url, query) => {
      const calling = new AbortController();
      void new GraphqlClient(url).query(query, {}, { signal: calling.signal }).catch(() => undefined);
      return () => calling.abort();
    },
  ],
  [
    'a WebSocket',
    async (url, query) => {
      const raw = new RawSocket(url);
      await raw.opened;
      raw.say({ type: 'connection_init' });
      await raw.hear(({ type }) => type === 'connection_ack');
      raw.subscribe('1', query);
      return () => raw.socket.terminate();
    },
  ],
])('What was asked for over %s is finished before the server is down, though its caller has hung up', async (_transport, call) => {
  const [begun, begin] = signal();
  const [released, release] = signal();
  const done: string[] = [];
  const work = async () => {
    begin();
    await released;
    done.push('work');
    return 1;
  };
  const left = await startProbeServer({ work });
  const hangUp = await call(left.url, 'mutation { working }');
  await begun;
  hangUp();
  const stopped = left.server.stop().then(() => done.push('stopped'));
  await expect(fetch(left.url)).rejects.toThrow();
  release();
  await stopped;
  expect(done).toEqual(['work', 'stopped']);
  await left.stop();
  expect(left.faults()).toEqual([]);
});

function signal(): [Promise<void>, () => void] {
  let give: () => void = () => undefined;
  return [new Promise((resolve) => (give = resolve)), () => give()];
}
