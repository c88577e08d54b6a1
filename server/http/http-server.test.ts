import { connect } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { StartupError } from '../errors.js';
import { HttpServer, type SocketEndpoint } from './http-server.js';

const noSockets: SocketEndpoint = { handleUpgrade: (_request, stream) => stream.destroy(), stop: () => undefined, terminate: () => undefined };

const started: HttpServer[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
});

function newServer(app: ConstructorParameters<typeof HttpServer>[0]['app'] = (_request, response) => response.end('ok')): HttpServer {
  const server = new HttpServer({ app, sockets: noSockets, publicUrl: undefined });
  started.push(server);
  return server;
}

test('A port that is taken is told with what to do about it', async () => {
  const { port } = new URL(await newServer().start(0, '127.0.0.1'));
  const attempt = newServer().start(Number(port), '127.0.0.1');
  await expect(attempt).rejects.toThrow(StartupError);
  await expect(attempt).rejects.toThrow(`Port ${port} is taken. Stop what uses it, or set PORT to another one.`);
});

test('A host that is not of this machine is told with what to do about it', async () => {
  await expect(newServer().start(0, '192.0.2.1')).rejects.toThrow('HOST 192.0.2.1 is no address of this machine.');
});

test('The address names a host that a browser can open', async () => {
  expect(await newServer().start(0, '0.0.0.0')).toMatch(/^http:\/\/localhost:\d+$/);
});

test('Stopping lets a request that is under way finish, and does not wait for connections that are idle', async () => {
  let answer: () => void = () => undefined;
  let arrived: () => void = () => undefined;
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const server = newServer((request, response) => {
    if (request.url === '/quick') return void response.end('quick');
    answer = () => response.end('slow');
    arrived();
  });
  const url = await server.start(0, '127.0.0.1');
  await (await fetch(`${url}/quick`)).text();
  const slow = fetch(`${url}/slow`);
  await arrival;
  const stopped = server.stop();
  answer();
  expect(await (await slow).text()).toBe('slow');
  await stopped;
  await expect(fetch(url)).rejects.toThrow();
});

test('A WebSocket at another path is refused', async () => {
  const url = await newServer().start(0, '127.0.0.1');
  const socket = new WebSocket(`${url.replace('http', 'ws')}/elsewhere`);
  const status = await new Promise((resolve) => socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)));
  expect(status).toBe(404);
});

test('A client that breaks off in the middle of an upgrade does no harm', async () => {
  const url = await newServer().start(0, '127.0.0.1');
  const { port } = new URL(url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write('GET /elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', () => socket.resetAndDestroy());
    });
    socket.once('close', () => resolve());
  });
  expect(await (await fetch(url)).text()).toBe('ok');
});
