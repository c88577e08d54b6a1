// Builds what runs into `dist`: the server with the demo, and the client.
//   node scripts/build.mjs [--if-stale] [--only server]
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { bundleServer } from './bundle-server.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const parts = {
  server: {
    sources: ['demo', 'prisma/schema.prisma', 'schema', 'scripts', 'server', 'package-lock.json', 'tsconfig.json'],
    outputs: ['server', 'demo'],
    compile: () => bundleServer(root),
  },
  client: {
    sources: ['client', 'schema/schema.graphql', 'codegen.ts', 'scripts', 'package-lock.json'],
    outputs: ['client'],
    compile: () => run('node_modules/vite/bin/vite.js', 'build', '--config', 'client/vite.config.ts', '--logLevel', 'warn'),
  },
};
const derived = /(^|\/)(generated|gql|node_modules)(\/|$)|\.test\.tsx?$/;

/** Builds the named parts where what they are made from has changed since, or in any case. */
export async function build(names, { ifStale }) {
  const stale = names.map((name) => ({ name, ...parts[name], stamp: stampOf(parts[name].sources) })).filter(({ name, stamp }) => !ifStale || stamp !== builtFrom(name));
  if (stale.length === 0) return;
  console.error(`Building the ${stale.map(({ name }) => name).join(' and the ')} once, which takes a moment …`);
  await run('scripts/generate.mjs');
  await Promise.all(
    stale.map(async ({ name, outputs, compile, stamp }) => {
      for (const output of outputs) rmSync(join(root, 'dist', output), { recursive: true, force: true });
      await compile();
      mkdirSync(join(root, 'dist'), { recursive: true });
      writeFileSync(stampFile(name), stamp);
    }),
  );
}

function stampFile(name) {
  return join(root, 'dist', `.${name}-built-from`);
}

function builtFrom(name) {
  return existsSync(stampFile(name)) ? readFileSync(stampFile(name), 'utf8') : undefined;
}

async function run(script, ...args) {
  try {
    await promisify(execFile)(process.execPath, [join(root, script), ...args], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`${error.stdout ?? ''}${error.stderr ?? ''}\nThe build failed at ${script}.`);
  }
}

function stampOf(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder).sort()) hash.update(file).update('\0').update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function filesUnder(path) {
  if (derived.test(path)) return [];
  if (statSync(join(root, path)).isFile()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => filesUnder(`${path}/${name}`));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const only = process.argv[process.argv.indexOf('--only') + 1];
  try {
    await build(process.argv.includes('--only') ? [only] : ['server', 'client'], { ifStale: process.argv.includes('--if-stale') });
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
