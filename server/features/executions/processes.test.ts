import { expect, test } from '@jest/globals';
import { readConfig } from '../../config.js';
import { testEnvironment } from '../../testing/test-environment.js';
import { describeProcesses } from './processes.contract.js';

if (process.env.TEST_DATABASE_URL) {
  describeProcesses('PostgreSQL', { environment: {}, loseJobs: async ({ sql }) => void (await sql.query('TRUNCATE agenda_jobs')) });
} else {
  test('A SQLite file is used by one process, which does everything', () => {
    const environment = testEnvironment({ engine: 'sqlite', file: '/tmp/a.db' }, '/tmp');
    expect(readConfig(environment).role).toBe('all');
    expect(() => readConfig({ ...environment, ROLE: 'worker' })).toThrow('a SQLite file is used by one process');
  });
}
