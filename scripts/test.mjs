// npm test: everything that can be said without a browser or a database server. Makes the generated code first, so that it works in a fresh clone.
import { jest, runTask } from './run-tasks.mjs';

const tsc = 'node_modules/typescript/bin/tsc';

if (!(await runTask('generated code', ['scripts/generate.mjs']))) process.exit(1);

const inTurn = async (tasks) => {
  const results = [];
  for (const [name, args] of tasks) results.push(await runTask(name, args));
  return results;
};

// In two lanes, each of which keeps one core busy: the linter takes as long as all the others.
const lanes = await Promise.all([
  inTurn([['lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0']]]),
  inTurn([
    ['types', [tsc, '-p', 'tsconfig.json']],
    ['types of the client', [tsc, '-p', 'client']],
    ['dependency rules', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'server', 'schema', 'client', 'demo', '--output-type', 'err']],
    ['nothing dead', ['node_modules/knip/bin/knip.js']],
    ['schema.graphql is what the code says', ['--import', 'tsx', 'scripts/emit-schema.ts', '--check']],
  ]),
]);

const results = [
  ...lanes.flat(),
  await runTask('tests on SQLite', jest(), { loud: true }),
];
process.exit(results.every(Boolean) ? 0 : 1);
