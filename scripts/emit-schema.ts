// Writes schema/schema.graphql from the code, or with --check fails when the committed one is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { resolverClasses } from '../server/graphql/resolver-classes.js';
import { buildGraphqlSchema } from '../server/graphql/schema.js';
import { projectRoot } from '../server/project-root.js';

const file = join(projectRoot, 'schema', 'schema.graphql');
const emitted = `${printSchema(lexicographicSortSchema(buildGraphqlSchema(resolverClasses)))}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(file, emitted);
} else if (readFileSync(file, 'utf8') !== emitted) {
  console.error('schema/schema.graphql is stale. Run `npm run schema` and commit it.');
  process.exit(1);
}
