import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { isNativeError } from 'node:util/types';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAllowedTargets } from './allowed-targets.js';
import { type OutgoingLimits, OutgoingRequests } from './outgoing-requests.js';

const servers: Server[] = [];
const opened: OutgoingRequests[] = [];
let connections = 0;

afterEach(async () => {
  await Promise.all(opened.splice(0).map((requests) => requests.close()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  connections = 0;
});

async function serve(listener: RequestListener = (_, response) => response.end('hello')): Promise<number> {
  const server = createServer(listener).on('connection', () => connections++).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function requests(allowed: string[] = [], limits?: OutgoingLimits): OutgoingRequests {
  const made = new OutgoingRequests(parseAllowedTargets(allowed.join(',')), limits);
  opened.push(made);
  return made;
}

const causeOf = (asked: Promise<unknown>) => asked.then(() => undefined, (error: unknown) => String(isNativeError(error) ? (error.cause ?? error) : error));

const byte = fc.nat(255);
const privateV4 = fc.oneof(
  fc.tuple(fc.constant(127), byte, byte, byte),
  fc.tuple(fc.constant(10), byte, byte, byte),
  fc.tuple(fc.constant(169), fc.constant(254), byte, byte),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), byte, byte),
  fc.tuple(fc.constant(192), fc.constant(168), byte, byte),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), byte, byte),
  fc.tuple(fc.constant(0), byte, byte, byte),
);
type Four = [number, number, number, number];
const number = ([a, b, c, d]: Four) => ((a * 256 + b) * 256 + c) * 256 + d;
const hexPair = (high: number, low: number) => (high * 256 + low).toString(16);
const tail = ([a, b, c, d]: Four) => `${hexPair(a, b)}:${hexPair(c, d)}`;
const spellings: ((parts: Four) => string)[] = [
  (parts) => parts.join('.'),
  (parts) => `${parts.join('.')}.`,
  (parts) => String(number(parts)),
  (parts) => `0x${number(parts).toString(16)}`,
  (parts) => parts.map((part) => `0${part.toString(8)}`).join('.'),
  (parts) => parts.map((part) => `0X${part.toString(16)}`).join('.'),
  ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
  ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
  (parts) => parts.join('。').replaceAll('1', '１'),
  (parts) => `[::ffff:${parts.join('.')}]`,
  (parts) => `[::ffff:${tail(parts)}]`,
  (parts) => `[0:0:0:0:0:FFFF:${tail(parts)}]`,
  (parts) => `[::${parts.join('.')}]`,
  (parts) => `[::ffff:0:${tail(parts)}]`,
  (parts) => `[64:ff9b::${parts.join('.')}]`,
  (parts) => `[64:ff9b:1::${tail(parts)}]`,
  (parts) => `[2002:${tail(parts)}::]`,
];

describe('An address that is not public', () => {
  it('is refused by any spelling', () => {
    const guard = requests();
    fc.assert(
      fc.property(privateV4, fc.constantFrom(...spellings), fc.constantFrom('http', 'https'), (parts, spell, protocol) => {
        expect(guard.urlProblem(`${protocol}://${spell(parts)}/v1`)).toContain('not on the public internet');
      }),
      { numRuns: 500 },
    );
  });

  it('is not connected to, whatever name leads to it', async () => {
    const port = await serve();
    expect(await causeOf(requests().fetch(`https://localhost:${port}/`))).toContain('OUTGOING_ALLOW');
    expect(await causeOf(requests().fetch(`https://127.0.0.1:${port}/`))).toContain('OutgoingError');
    expect(connections).toBe(0);
  });
});

it.each(['ftp://example.com/', 'file:///etc/passwd', 'example.com', '', 'http://example.com/', 'https://user:pass@example.com/'])('No request goes to %j', (url) => {
  expect(requests().urlProblem(url)).toEqual(expect.any(String));
});

it('https to the public internet is fine', () => {
  expect(requests().urlProblem('https://api.openai.com/v1')).toBeUndefined();
});

describe('What the operator allows', () => {
  it.each([['localhost'], ['127.0.0.1'], ['127.0.0.0/8']])('is reached: %s', async (entry) => {
    const port = await serve();
    const host = entry === 'localhost' ? entry : '127.0.0.1';
    expect(await (await requests([entry]).fetch(`http://${host}:${port}/`)).text()).toBe('hello');
  });

  it('is that port alone where it names one', async () => {
    const [port, other] = [await serve(), await serve()];
    const guard = requests([`127.0.0.1:${port}`]);
    expect((await guard.fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect(await causeOf(guard.fetch(`http://127.0.0.1:${other}/`))).toContain('OutgoingError');
  });
});

it('A redirect is not followed', async () => {
  const target = await serve();
  const port = await serve((_, response) => response.writeHead(307, { location: `http://127.0.0.1:${target}/` }).end());
  await expect(requests(['127.0.0.1']).fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('redirect');
  expect(connections).toBe(1);
});

it('An answer that is too long, or falls silent, is broken off', async () => {
  const long = await serve((_, response) => response.end('x'.repeat(10_000)));
  await expect(requests(['127.0.0.1'], { answerBytes: 1_000 }).fetch(`http://127.0.0.1:${long}/`).then((answer) => answer.text())).rejects.toThrow();
  const silent = await serve((_, response) => void response.write('x'));
  await expect(requests(['127.0.0.1'], { silenceMs: 50 }).fetch(`http://127.0.0.1:${silent}/`).then((answer) => answer.text())).rejects.toThrow();
});
