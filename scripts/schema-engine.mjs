// Prisma's schema engine as WebAssembly: it compares schemas without a database and without the binary that the CLI downloads.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const require = createRequire(import.meta.url);

/** The models with the datasource of the given engine. */
export function schemaFor(engine, source) {
  return source.replace('provider = "sqlite"', `provider = "${engine === 'sqlite' ? 'sqlite' : 'postgresql'}"`);
}

/** @returns the SQL that leads from one schema text to another; from nothing when `from` is undefined */
export async function migrationScript(engine, from, to) {
  const schemaEngine = await loadEngine();
  try {
    const target = (content) => ({ tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schemaFor(engine, content) }] });
    const { stdout } = await schemaEngine.diff({
      from: from === undefined ? { tag: 'empty' } : target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return stdout ?? '';
  } finally {
    schemaEngine.free();
  }
}

let instantiated;

// Once: the bindings keep views of the instance's memory.
async function instantiate() {
  const path = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(readFileSync(path), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

// The engine must be given a database to stand on; two schema texts are compared without asking it.
async function loadEngine() {
  instantiated ??= instantiate();
  await instantiated;
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: ':memory:' }));
  return bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
}
