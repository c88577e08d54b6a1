import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startEndpointServer } from '../testing/endpoint-server.js';

const page = { headers: { accept: 'text/html,application/xhtml+xml' } };

let server: Awaited<ReturnType<typeof startEndpointServer>>;
let folder: string;
let ready = true;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'promptpilot-client-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>PromptPilot</title>');
  writeFileSync(join(folder, 'graphiql.html'), '<title>GraphiQL</title>');
  writeFileSync(join(folder, 'assets', 'main-abc123.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'large-abc123.js'), ' '.repeat(10_000));
  server = await startEndpointServer({
    clientFolder: folder,
    checkReady: async () => {
      if (!ready) throw new Error('The database is gone.');
    },
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

test('Every address that a browser opens shows the client, and /graphiql shows GraphiQL', async () => {
  for (const path of ['/', '/workflows', '/runs/0190?step=a']) {
    const response = await fetch(server.url + path, page);
    expect(await response.text()).toContain('PromptPilot');
    expect(response.headers.get('cache-control')).toBe('no-cache');
  }
  expect(await (await fetch(`${server.url}/graphiql`, page)).text()).toContain('GraphiQL');
});

test('So do the addresses of its pages for whoever takes anything, such as curl or a probe, but not for whoever wants JSON', async () => {
  for (const path of ['/', '/prompts', '/runs/0190', '/graphiql']) {
    const response = await fetch(server.url + path, { headers: { accept: '*/*' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  }
  for (const [path, accept] of [['/', 'application/json'], ['/api/things', '*/*'], ['/promptsx', '*/*']] as const) {
    const response = await fetch(server.url + path, { headers: { accept } });
    expect([response.status, response.headers.get('content-type')]).toEqual([404, expect.stringContaining('application/json')]);
  }
});

test('Assets are cached for good; one that does not exist is not answered with a page', async () => {
  const asset = await fetch(`${server.url}/assets/main-abc123.js`);
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(asset.headers.get('content-type')).toContain('javascript');
  expect((await fetch(`${server.url}/assets/main-gone.js`)).status).toBe(404);
});

test('What is large is sent compressed to a browser that takes it', async () => {
  const asset = await fetch(`${server.url}/assets/large-abc123.js`, { headers: { 'accept-encoding': 'gzip' } });
  expect(asset.headers.get('content-encoding')).toBe('gzip');
  expect(await asset.text()).toHaveLength(10_000);
});

test('Files outside the client are out of reach', async () => {
  for (const path of ['/..%2f..%2fetc/passwd', '/assets/%2e%2e/%2e%2e/etc/passwd', '/%00', '/%']) {
    expect((await fetch(server.url + path)).status).toBeGreaterThanOrEqual(400);
  }
});

test('An address that does not exist is answered in JSON', async () => {
  const response = await fetch(`${server.url}/api/things`, { method: 'POST' });
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ errors: [{ message: 'There is nothing at POST /api/things.', extensions: { code: 'NOT_FOUND' } }] });
});

test('Every answer carries the headers that keep browsers safe', async () => {
  for (const path of ['/', '/healthz', '/graphql', '/nothing']) {
    const { headers } = await fetch(server.url + path, page);
    expect(headers.get('content-security-policy')).toContain("default-src 'self'; script-src 'self';");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('same-origin');
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

test('It is healthy while the process runs, and ready while it can serve', async () => {
  expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' });
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  ready = false;
  const response = await fetch(`${server.url}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: 'unavailable' });
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  ready = true;
});

test('Without a built client, the page says how to build it', async () => {
  const bare = await startEndpointServer();
  try {
    expect(await (await fetch(bare.url, page)).text()).toContain('npm run build');
  } finally {
    await bare.stop();
  }
});
