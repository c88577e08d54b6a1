import { type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AccessTokens } from '../features/auth/access-token.js';
import { testJwtSecret } from '../testing/auth-services.js';
import { dataOf, GraphqlClient } from '../testing/graphql-client.js';
import { RawSocket, startProbeServer } from '../testing/probe-server.js';

let server: Awaited<ReturnType<typeof startProbeServer>>;

beforeAll(async () => {
  server = await startProbeServer();
});
afterAll(() => server.stop());

const viewer = '{ viewer { id } }';
const megabyte = 1024 * 1024;

const connected = (token = server.token) => RawSocket.connect(server.url, token);

test('A syntax error ends its operation and not the socket', async () => {
  const raw = await connected();
  raw.subscribe('a', 'subscription {');
  expect(await raw.hear(({ id, type }) => id === 'a' && type === 'error')).toMatchObject({ payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] });
  raw.subscribe('b', 'subscription { ticks }');
  expect(await raw.hear(({ id, type }) => id === 'b' && type === 'next')).toMatchObject({ payload: { data: { ticks: 1 } } });
  raw.socket.close();
});

test('A subscription that breaks says so without details', async () => {
  const raw = await connected();
  raw.subscribe('a', 'subscription { breaking }');
  expect(await raw.hear(({ type }) => type === 'error')).toMatchObject({ payload: [{ message: expect.stringContaining('our side'), extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
  raw.socket.close();
});

test('The operation after the fiftieth is refused until one ends', async () => {
  const raw = await connected();
  for (let i = 0; i < 51; i++) raw.subscribe(`${i}`, 'subscription { ticks }');
  expect(await raw.hear(({ type }) => type === 'error')).toMatchObject({ id: '50', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
  await raw.hear(({ id, type }) => id === '0' && type === 'next');
  raw.say({ id: '0', type: 'complete' });
  raw.subscribe('again', viewer);
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
  const raw = new RawSocket(server.url);
  await raw.opened;
  raw.say(message);
  expect(await raw.closed).toBe(code);
});

test('A socket that speaks another protocol is closed', async () => {
  const raw = new RawSocket(server.url, { protocol: [] });
  expect(await raw.closed).toBe(4406);
});

test('A page of another site gets no socket, a page of ours and a program do', async () => {
  for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null']) expect(await new RawSocket(server.url, { headers: { origin } }).refused).toBe(403);
  const own = new RawSocket(server.url, { headers: { origin: server.url } });
  await own.opened;
  own.socket.close();
});

test('A socket is closed with 4403 when its access token expires', async () => {
  const almostQuarterHourAgo = new Date(Date.now() - 15 * 60_000 + 1500);
  const ending = await new AccessTokens(testJwtSecret, () => almostQuarterHourAgo).issue(server.identity);
  server.clock.now = new Date();
  const raw = await connected(ending.token);
  server.clock.now = new Date(Date.now() + 5000);
  expect(await raw.closed).toBe(4403);
  server.clock.now = new Date();
});

test('The sockets of a session close when it is signed out, and no others', async () => {
  const { accessToken } = await server.signUp();
  const leaving = await connected(accessToken);
  const staying = await connected();
  dataOf(await new GraphqlClient(server.url).query('mutation { signOut { signedOut } }', {}, { token: accessToken }));
  expect(await leaving.closed).toBe(4403);
  staying.say({ type: 'ping' });
  await staying.hear(({ type }) => type === 'pong');
  staying.socket.close();
});

test('The sockets of an API key close when it is revoked', async () => {
  const { identity } = server;
  const { apiKey, secret } = await server.apiKeys.create(identity, { name: 'CI' });
  const raw = await connected(secret);
  await server.apiKeys.revoke(identity, apiKey.id);
  expect(await raw.closed).toBe(4403);
});

test('A client that is gone while it is answered is no fault', async () => {
  const left = await startProbeServer();
  for (let i = 0; i < 40; i++) {
    const raw = new RawSocket(left.url);
    raw.socket.on('error', () => undefined);
    const connection = new Promise<Socket>((resolve) => raw.socket.once('upgrade', (response) => resolve(response.socket)));
    await raw.opened;
    for (let message = 0; message < 20; message++) raw.say({ type: 'ping' });
    setImmediate((socket) => socket.resetAndDestroy(), await connection);
    await raw.closed;
  }
  await left.stop();
  expect(left.faults()).toEqual([]);
});
