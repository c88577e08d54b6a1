import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAllowedTargets } from './allowed-targets.js';
import { OutgoingError } from './outgoing-error.js';
import { type ResolvedAddress } from './guard.js';
import { OutgoingHttp } from './outgoing-http.js';
import { isPublicAddress } from './public-address.js';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of cleanUp.splice(0)) await end();
});

function guard(allow: string, resolve?: (host: string) => Promise<ResolvedAddress[]>): OutgoingHttp {
  const http = new OutgoingHttp(parseAllowedTargets(allow), resolve);
  cleanUp.push(() => http.close());
  return http;
}

async function serve(listener: RequestListener, host = '127.0.0.1') {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  server.listen(0, host);
  await once(server, 'listening');
  cleanUp.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { requests, port, url: `http://${host}:${port}` };
}

const redirect = (location: () => string, status = 302) => (_: IncomingMessage, response: ServerResponse) => void response.writeHead(status, { location: location() }).end();

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no failure',
    (error: unknown) => (error instanceof OutgoingError ? error.code : error),
  );
}

const byte = fc.integer({ min: 0, max: 255 });
const privateIpv4 = fc.oneof(
  fc.tuple(fc.constantFrom(0, 10, 127, 224, 239, 240, 255), byte, byte, byte),
  fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
);
const spellings: ((parts: number[]) => string)[] = [
  (parts) => parts.join('.'),
  (parts) => `${parts.join('.')}.`,
  (parts) => String(wordOf(parts)),
  (parts) => `0x${wordOf(parts).toString(16)}`,
  (parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
  (parts) => parts.map((part) => `0x${part.toString(16)}`).join('.'),
  ([a = 0, b = 0, c = 0, d = 0]) => `${a}.${b}.${c * 256 + d}`,
  ([a = 0, ...rest]) => `${a}.${wordOf([0, ...rest])}`,
  (parts) => parts.join('.').replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (parts) => parts.join('。').replace(/\d/g, (digit) => String.fromCodePoint(0x2460 - 1 + Number(digit)).replace('\u245f', '0')),
  (parts) => [...parts.join('.')].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
  (parts) => `[::ffff:${parts.join('.')}]`,
  (parts) => `[::${parts.join('.')}]`,
  (parts) => `[64:ff9b::${parts.join('.')}]`,
  (parts) => `[2002:${hex(parts.slice(0, 2))}:${hex(parts.slice(2))}::1]`,
];

function wordOf(parts: number[]): number {
  return parts.reduce((word, part) => word * 256 + part, 0);
}

function hex(parts: number[]): string {
  return parts.map((part) => part.toString(16).padStart(2, '0')).join('');
}

it('No spelling of an address that is not public is called', async () => {
  const http = guard('', () => Promise.reject(new Error('An address was looked up.')));
  await fc.assert(
    fc.asyncProperty(privateIpv4, fc.constantFrom(...spellings), async (parts, spell) => {
      expect(await failure(http.send({ method: 'GET', url: `http://${spell(parts)}/` }))).toBe('FORBIDDEN_ADDRESS');
    }),
    { numRuns: 600 },
  );
});

it.each(['::1', '::', 'fe80::1', 'fd00:ec2::254', 'ff02::1', '2001::1', '2001:db8::1', '169.254.169.254', '100.100.100.200', '168.63.129.16', '192.0.0.192', 'localhost'])('%s is not public', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['1.1.1.1', '8.8.8.8', '100.63.255.255', '172.32.0.1', '2606:4700:4700::1111'])('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each(['ftp://example.com', 'file:///etc/passwd', 'http://user:secret@example.com', 'nothing'])('%s is no address to call', async (url) => {
  expect(await failure(guard('').send({ method: 'GET', url }))).toBe('BAD_URL');
});

it('A name is called at the address that was checked, and no longer when that changes', async () => {
  const { port, requests } = await serve((_, response) => void response.writeHead(200, { connection: 'close' }).end('here'), '127.0.0.2');
  await serve((_, response) => void response.end('not here'));
  const answers = ['127.0.0.2', '127.0.0.1', '169.254.169.254'];
  let asked = 0;
  const http = guard('127.0.0.2/32', async () => [{ address: answers[asked++] ?? '', family: 4 }]);
  const url = `http://rebinding.test:${port}/`;
  expect(Buffer.from((await http.send({ method: 'GET', url })).body).toString()).toBe('here');
  expect(asked).toBe(1);
  expect(await failure(http.send({ method: 'GET', url }))).toBe('FORBIDDEN_ADDRESS');
  expect(await failure(http.send({ method: 'GET', url }))).toBe('FORBIDDEN_ADDRESS');
  expect(requests).toHaveLength(1);
});

it('A name is not called when any of its addresses is forbidden, whichever comes first', async () => {
  const { port, requests } = await serve((_, response) => void response.end('here'));
  for (const addresses of [['127.0.0.1', '169.254.169.254'], ['169.254.169.254', '127.0.0.1'], ['127.0.0.1', '::1']]) {
    const http = guard('127.0.0.1/32', async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
    await expect(http.send({ method: 'GET', url: `http://mixed.test:${port}/` })).rejects.toMatchObject({ code: 'FORBIDDEN_ADDRESS', message: expect.stringContaining('mixed.test is not on the public internet') });
  }
  expect(requests).toHaveLength(0);
});

it('Localhost by its name is refused unless the operator allows it at that port', async () => {
  const { port } = await serve((_, response) => void response.end('here'));
  const url = `http://localhost:${port}/`;
  const resolve = async () => [{ address: '127.0.0.1', family: 4 }];
  expect(await failure(guard('', resolve).send({ method: 'GET', url }))).toBe('FORBIDDEN_ADDRESS');
  expect(await failure(guard('localhost:1', resolve).send({ method: 'GET', url }))).toBe('FORBIDDEN_ADDRESS');
  expect((await guard(`localhost:${port}`).send({ method: 'GET', url })).status).toBe(200);
});

it('A redirect to loopback is refused', async () => {
  const inner = await serve((_, response) => void response.end('secret'));
  const outer = await serve(redirect(() => inner.url));
  expect(await failure(guard(`127.0.0.1:${outer.port}`).send({ method: 'GET', url: outer.url }))).toBe('FORBIDDEN_ADDRESS');
  expect(inner.requests).toHaveLength(0);
});

it('Five redirects are followed and six are not', async () => {
  const { url } = await serve(({ url: path = '' }, response) => {
    const left = Number(path.slice(1));
    if (left === 0) response.end('there');
    else response.writeHead(302, { location: `/${left - 1}` }).end();
  });
  const http = guard('127.0.0.0/8');
  expect((await http.send({ method: 'GET', url: `${url}/5` })).status).toBe(200);
  expect(await failure(http.send({ method: 'GET', url: `${url}/6` }))).toBe('BAD_REDIRECT');
});

it('What was sent in headers and body does not go on to another origin', async () => {
  const other = await serve((_, response) => void response.end('there'));
  const first = await serve(redirect(() => other.url));
  const keeping = await serve(redirect(() => other.url, 307));
  const http = guard('127.0.0.0/8');
  const request = { method: 'POST', headers: { authorization: 'Bearer secret', 'x-key': 'secret', accept: 'text/plain' }, body: 'secret' };
  expect((await http.send({ ...request, url: first.url })).status).toBe(200);
  expect(await failure(http.send({ ...request, url: keeping.url }))).toBe('BAD_REDIRECT');
  expect(other.requests).toHaveLength(1);
  expect(other.requests[0]?.method).toBe('GET');
  expect(other.requests[0]?.headers).toMatchObject({ accept: 'text/plain' });
  expect(JSON.stringify(other.requests[0]?.rawHeaders)).not.toContain('secret');
});

it('An answer that trickles is given up when its time is over', async () => {
  const { url } = await serve((_, response) => {
    const timer = setInterval(() => response.write('.'), 20);
    response.on('close', () => clearInterval(timer));
  });
  expect(await failure(guard('127.0.0.1').send({ method: 'GET', url, timeoutMs: 300 }))).toBe('TIMEOUT');
});

it('An answer of 10 MB is given up at the limit', async () => {
  const { url } = await serve((_, response) => void response.end(Buffer.alloc(10_000_000)));
  expect(await failure(guard('127.0.0.1').send({ method: 'GET', url }))).toBe('TOO_LARGE');
});

it('A request that is aborted ends with the reason, and a broken connection says what happened', async () => {
  const { url } = await serve((request) => void (request.url === '/cut' && request.socket.destroy()));
  const http = guard('127.0.0.1');
  const reason = new Error('cancelled');
  const abort = new AbortController();
  const waiting = failure(http.send({ method: 'GET', url, signal: abort.signal }));
  abort.abort(reason);
  expect(await waiting).toBe(reason);
  expect(await failure(http.send({ method: 'GET', url: `${url}/cut` }))).toBe('NETWORK');
});
