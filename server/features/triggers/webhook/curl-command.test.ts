import { execFile } from 'node:child_process';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { type AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { curlCommand } from './curl-command.js';
import { HeaderReader } from './schemes/header-reader.js';
import { type SchemeName, signatureSchemes } from './schemes/signature-schemes.js';
import { verifyRequest } from './verify-request.js';

const run = promisify(execFile);
const arrived: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    arrived.push({ headers: request.headers, body: Buffer.concat(parts) });
    response.end();
  });
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const payload = { text: 'It\'s "quoted", $HOME `x` \\ ü日本', list: [1, null] };

it.each<[SchemeName, Record<string, unknown>]>([
  ['STANDARD', {}],
  ['GITHUB', {}],
  ['STRIPE', {}],
  ['SLACK', {}],
  ['HMAC', {}],
  ['HMAC', { algorithm: 'sha512', encoding: 'base64', prefix: 'v2$', timestampHeader: 'X-Time', idHeader: 'X-Id', template: '"$`\\{id}:{timestamp}:{body}' }],
  ['HMAC', { algorithm: 'sha1' }],
  ['HEADER', { header: 'Authorization', prefix: 'Bearer ' }],
  ['NONE', {}],
])('What is shown for %s with %j signs so that it is believed', async (name, settings) => {
  const kind = signatureSchemes[name];
  const scheme = kind.bind(kind.settings.parse(settings));
  const secret = kind.makeSecret();
  const { port } = server.address() as AddressInfo;
  await run('/bin/sh', ['-c', curlCommand(scheme, payload)], { env: { ...process.env, URL: `http://127.0.0.1:${port}/hooks/1`, SECRET: secret } });
  const { headers, body } = arrived.pop() ?? { headers: {}, body: Buffer.alloc(0) };
  expect(JSON.parse(body.toString())).toEqual(payload);
  const request = { headers: new HeaderReader(headers), body };
  const check = (secrets: string[]) => verifyRequest(scheme, request, { secrets, windowMs: 60_000, now: Date.now() }).verdict;
  expect(check([secret])).toBe('VALID');
  if (name !== 'NONE') expect(check([kind.makeSecret()])).toBe('BAD_SIGNATURE');
});
