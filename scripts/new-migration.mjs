// Writes the migration that leads from the committed models to the edited ones, for each engine:
//   npm run migration:new -- add_labels
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrationScript } from './schema-engine.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Name the migration in lower case: npm run migration:new -- add_labels');
  process.exit(1);
}

const edited = readFileSync(`${root}prisma/schema.prisma`, 'utf8');
const committed = existsSync(`${root}prisma/migrations`)
  ? execFileSync('git', ['show', 'HEAD:prisma/schema.prisma'], { cwd: root, encoding: 'utf8' })
  : undefined;
const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);

for (const engine of ['sqlite', 'postgres']) {
  const script = await migrationScript(engine, committed, edited);
  if (script.trim() === '' || script.includes('This is an empty migration')) {
    console.error('The models have not changed since the last commit.');
    process.exit(1);
  }
  const folder = `${root}prisma/migrations/${engine}/${stamp}_${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/migration.sql`, script);
  console.log(`prisma/migrations/${engine}/${stamp}_${name}/migration.sql`);
  if (script.includes('RedefineTables')) console.warn('  It makes a table anew. Dropping the old one deletes what refers to it: write ALTER TABLE … ADD COLUMN instead where that will do.');
}
