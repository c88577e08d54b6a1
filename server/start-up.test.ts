import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { failToStart, startServerProcess } from './testing/server-process.js';
import { createEmptyDatabase, type TestDatabase } from './testing/test-database.js';
import { testEnvironment } from './testing/test-environment.js';

let files: TestDatabase;
let folder: string;

beforeEach(async () => {
  files = await createEmptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'promptpilot-start-'));
});

afterEach(async () => {
  await files.drop();
  await rm(folder, { recursive: true, force: true });
});

const environment = (more: Record<string, string> = {}) => testEnvironment(files.config, folder, more);

/** What the process prints, which must be one line, where it must end with 1. */
async function complaint(more: Record<string, string>): Promise<string> {
  const { code, printed } = await failToStart({ environment: environment(more) });
  expect({ code, lines: printed.trim().split('\n').length, printed }).toMatchObject({ code: 1, lines: 1 });
  return printed;
}

describe('what keeps the product from starting is said in one line with what to do', () => {
  test('a taken port', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await complaint({ PORT: String(port) })).toBe(`Port ${port} is taken. Stop what uses it, or set PORT to another one.\n`);
    other.close();
  });

  test('a data folder that is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    const printed = await complaint({ DATA_DIR: join(folder, 'file', 'data'), DATABASE_URL: '' });
    expect(printed).toContain("can't be written. Make it writable, or set DATA_DIR");
  });

  test('a data folder that may not be written', async () => {
    // Root may write everywhere, and Windows has other means.
    if (process.getuid?.() === 0 || process.platform === 'win32') return;
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await chmod(locked, 0o500);
    expect(await complaint({ DATA_DIR: locked, DATABASE_URL: '' })).toContain("can't be written");
  });

  test('a database that nobody serves', async () => {
    const printed = await complaint({ DATABASE_URL: 'postgres://someone:secret@127.0.0.1:1/nothing' });
    expect(printed).toMatch(/^The database 127\.0\.0\.1:1\/nothing can't be reached \(.*\)\. Start PostgreSQL, or correct DATABASE_URL\.\n$/);
    expect(printed).not.toContain('secret');
  });

  test.each([
    [{ PORT: 'http' }, 'PORT must be a port number'],
    [{ PUBLIC_URL: 'example' }, 'PUBLIC_URL must be an http:// or https:// address'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with'],
    [{ JWT_SECRET: 'short' }, 'JWT_SECRET must be at least 32 characters'],
    [{ NODE_ENV: 'production', JWT_SECRET: '', ENCRYPTION_KEY: '' }, 'JWT_SECRET and ENCRYPTION_KEY must be set in production'],
  ])('a bad environment: %j', async (more, expected) => {
    expect(await complaint(more)).toContain(expected);
  });

  test('a SQLite file that another process serves', async () => {
    if (files.config.engine !== 'sqlite') return;
    const first = await startServerProcess({ environment: environment() });
    expect(await complaint({})).toContain('Another process uses');
    await first.end('SIGTERM');
  });
});

describe('a start that succeeds', () => {
  test('prints one line with the address, and ends with 0 when it is told to stop', async () => {
    const server = await startServerProcess({ environment: environment() });
    expect(server.printed()).toBe(`PromptPilot Pro is ready at ${server.url}\n`);
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect(await server.end('SIGTERM')).toBe(0);
  });

  test('makes secrets outside production and finds them again', async () => {
    const own = { ...environment(), JWT_SECRET: '', ENCRYPTION_KEY: '' };
    for (let time = 0; time < 2; time++) await (await startServerProcess({ environment: own })).end('SIGTERM');
  });
});
