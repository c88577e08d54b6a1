// npm run test:postgres: the same suites on PostgreSQL, each in a database of its own that it makes and drops: on the server at DATABASE_URL, else on
// one that is started for it.
import { startPostgres } from './local-postgres.mjs';
import { jest, runTask } from './run-tasks.mjs';

const server = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, stop: async () => undefined } : await startPostgres();
let passed = false;
try {
  passed =
    (await runTask('generated code', ['scripts/generate.mjs'])) &&
    (await runTask('tests on PostgreSQL', jest(...process.argv.slice(2)), { loud: true, env: { TEST_DATABASE_URL: server.url } }));
} finally {
  await server.stop();
}
process.exit(passed ? 0 : 1);
