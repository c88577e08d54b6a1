import { afterAll } from '@jest/globals';
import { mongoTestDatabase } from '../../../jobs/mongo-test-database.js';
import { describeScheduledProcesses } from './schedule-processes.contract.js';

const { url, drop } = mongoTestDatabase();

// The product's own tables are on PostgreSQL, which `npm run test:mongo` starts.
describeScheduledProcesses('MongoDB', { environment: { MONGODB_URL: url }, loseJobs: drop });
afterAll(drop);
