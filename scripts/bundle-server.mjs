// The server and the demo as a few files: reading two thousand small modules takes longer than all else that a start does. See docs/decisions/0040.
import { build } from 'esbuild';

/** Stay as they are: native code, what is loaded only when configured, and what finds its own files beside itself. */
const external = ['@agendajs/*', '@prisma/*', '@redis/client', 'argon2', 'better-sqlite3', 'mongodb', 'pg', 'pg-native', 'pino', 'undici'];

// What was CommonJS asks for Node's own modules in its own way.
const banner = "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);";

/** @param root absolute; the result is in its `dist` */
export async function bundleServer(root) {
  await build({
    absWorkingDir: root,
    entryPoints: ['server/main.ts', 'server/sandbox/sandbox-process.ts', 'demo/main.ts'],
    outbase: '.',
    outdir: 'dist',
    chunkNames: 'server/chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    // type-graphql and errors go by the names of classes.
    keepNames: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external,
    banner: { js: banner },
    sourcemap: true,
    logLevel: 'silent',
  });
}
