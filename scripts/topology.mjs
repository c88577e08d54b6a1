// Starts what docker-compose.yml starts, with the same environment, as plain processes against servers that run already:
//   DATABASE_URL=postgres://… MONGODB_URL=mongodb://… REDIS_URL=redis://… JWT_SECRET=… ENCRYPTION_KEY=… npm run topology
// Variables may stand in .env, as for Docker Compose. Ctrl+C stops everything.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { processesOf } from './compose.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** As `stop_grace_period` has it. */
const graceMs = 30_000;
const restartMs = 1_000;

const dotEnv = join(root, '.env');
if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);

let processes;
try {
  processes = processesOf(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), process.env);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

const first = Number(process.env.TOPOLOGY_PORT ?? processes[0].environment.PORT);
const running = new Map();
let stopping = false;

function start({ name, environment }, port) {
  // In a group of its own, so that Ctrl+C reaches it once, from here.
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...environment, HOST: '127.0.0.1', PORT: String(port) },
  });
  running.set(name, child);
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => process.stdout.write(text.replace(/^(?=.)/gm, `${name.padEnd(9)} | `)));
  child.once('exit', (code, signal) => {
    running.delete(name);
    if (stopping) return;
    console.log(`${name.padEnd(9)} | ended with ${code ?? signal}, is started again`);
    setTimeout(() => stopping || start({ name, environment }, port), restartMs);
  });
}

async function stop() {
  if (stopping) process.exit(1);
  stopping = true;
  console.log('Stopping: what runs comes to a good place first …');
  const left = [...running.values()];
  const ends = left.map((child) => new Promise((resolve) => child.once('exit', resolve)));
  for (const child of left) child.kill('SIGTERM');
  const limit = setTimeout(() => left.forEach((child) => child.kill('SIGKILL')), graceMs);
  await Promise.all(ends);
  clearTimeout(limit);
}

process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

for (const [index, one] of processes.entries()) {
  const { DATABASE_URL, MONGODB_URL, REDIS_URL, ROLE } = one.environment;
  const shown = [DATABASE_URL, MONGODB_URL, REDIS_URL].map((url) => new URL(url).host).join(', ');
  console.log(`${one.name.padEnd(9)} | ROLE=${ROLE} at http://127.0.0.1:${first + index} with ${shown}`);
  start(one, first + index);
}
