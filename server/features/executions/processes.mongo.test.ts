import { afterAll } from '@jest/globals';
import { mongoTestDatabase } from '../../jobs/mongo-test-database.js';
import { describeProcesses } from './processes.contract.js';

const { url, drop } = mongoTestDatabase();

// The product's own tables are on PostgreSQL, which `npm run test:mongo` starts.
describeProcesses('MongoDB', { environment: { MONGODB_URL: url }, loseJobs: drop });
afterAll(drop);
