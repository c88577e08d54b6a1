// npm test: everything that can be said without a browser or a database server. Makes the generated code first, so that it works in a fresh clone.
import { jest, runTask } from './run-tasks.mjs';

const tsc = 'node_modules/typescript/bin/tsc';

if (!(await runTask('generated code', ['scripts/generate.mjs']))) process.exit(1);

// In pairs: each keeps one core busy.
const results = [
  ...(await Promise.all([
    runTask('types', [tsc, '-p', 'tsconfig.json']),
    runTask('lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']),
  ])),
  ...(await Promise.all([
    runTask('types of the client', [tsc, '-p', 'client']),
    runTask('dependency rules', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'server', 'schema', 'client', 'demo', '--output-type', 'err']),
  ])),
  ...(await Promise.all([
    runTask('nothing dead', ['node_modules/knip/bin/knip.js']),
    runTask('schema.graphql is what the code says', ['--import', 'tsx', 'scripts/emit-schema.ts', '--check']),
  ])),
  await runTask('tests on SQLite', jest(), { loud: true }),
];
process.exit(results.every(Boolean) ? 0 : 1);
