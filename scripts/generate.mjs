// Makes what is derived from other sources: a Prisma client per engine and the client's typed GraphQL documents.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));
const prismaCli = require.resolve('prisma/build/index.js');
const codegenCli = `${root}node_modules/@graphql-codegen/cli/esm/bin.js`;
const source = readFileSync(`${root}prisma/schema.prisma`, 'utf8');

for (const engine of ['sqlite', 'postgres']) {
  const output = `${root}server/database/generated/${engine}`;
  mkdirSync(output, { recursive: true });
  const schema = `${output}.prisma`;
  writeFileSync(
    schema,
    source
      .replace('provider = "sqlite"', `provider = "${engine === 'sqlite' ? 'sqlite' : 'postgresql'}"`)
      .replace('../server/database/generated/sqlite', `./${engine}`),
  );
  execFileSync(process.execPath, [prismaCli, 'generate', '--no-hints', `--schema=${schema}`], {
    cwd: root,
    // Its output is of no use to whoever starts the product; when it fails, the error carries it.
    stdio: 'pipe',
    // `generate` runs on WebAssembly, yet the CLI downloads its engine unless told of one: any existing file will do.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' },
  });
}

execFileSync(process.execPath, [codegenCli, '--config', 'codegen.ts', '--silent'], { cwd: root, stdio: 'pipe' });
