// Builds what `npm start` and `npm run demo` run: the generated code, the server and the client, into `dist`.
//   node scripts/build.mjs [--if-stale] [--quiet]
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'dist', '.built-from');
const sources = ['client', 'demo', 'prisma/schema.prisma', 'schema', 'scripts', 'server', 'codegen.ts', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const derived = /(^|\/)(generated|gql|node_modules)(\/|$)|\.test\.tsx?$/;

const stamp = stampOfSources();
if (process.argv.includes('--if-stale') && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) process.exit(0);

say('Building PromptPilot Pro, once (about half a minute) …');
rmSync(join(root, 'dist'), { recursive: true, force: true });
await run('scripts/generate.mjs');
await Promise.all([
  run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'),
  run('node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'),
]);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(stampFile, stamp);

async function run(script, ...args) {
  try {
    await promisify(execFile)(process.execPath, [join(root, script), ...args], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}`);
    say(`The build failed at ${script}.`);
    process.exit(1);
  }
}

function stampOfSources() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(source)).sort()) hash.update(file).update('\0').update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesUnder(path) {
  if (derived.test(path)) return [];
  const entries = /\.[a-z]+$/.test(path) ? undefined : readdirSync(join(root, path), { withFileTypes: true });
  return entries ? entries.flatMap((entry) => (entry.isDirectory() ? filesUnder(`${path}/${entry.name}`) : derived.test(entry.name) ? [] : [`${path}/${entry.name}`])) : [path];
}

function say(text) {
  if (!process.argv.includes('--quiet')) console.error(text);
}
