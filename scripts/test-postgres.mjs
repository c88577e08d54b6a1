// npm run test:postgres: the suites that use a database, on PostgreSQL, each in one of its own that it makes and drops: on the server at DATABASE_URL, else
// on one that is started for it.
import { startPostgres } from './local-postgres.mjs';
import { jest, runTask } from './run-tasks.mjs';

// All that makes itself a database does so through this file.
const ofDatabases = ['--selectProjects', 'code', '--findRelatedTests', 'server/testing/test-database.ts'];
const named = process.argv.slice(2);
const server = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, stop: async () => undefined } : await startPostgres();
let passed = false;
try {
  passed =
    (await runTask('generated code', ['scripts/generate.mjs'])) &&
    (await runTask('tests on PostgreSQL', jest(...(named.length > 0 ? named : ofDatabases)), { loud: true, env: { TEST_DATABASE_URL: server.url } }));
} finally {
  await server.stop();
}
process.exit(passed ? 0 : 1);
