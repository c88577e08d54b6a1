import { randomUUID } from 'node:crypto';
import { afterAll } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { describeProcesses } from './processes.contract.js';

const server = process.env.MONGODB_URL;
if (!server) throw new Error('Set MONGODB_URL to a MongoDB server that is a replica set, such as mongodb://127.0.0.1:27017/?replicaSet=rs0.');
const url = new URL(server);
url.pathname = `/promptpilot_test_${randomUUID().replaceAll('-', '')}`;

async function dropJobs(): Promise<void> {
  const client = await MongoClient.connect(url.toString());
  await client.db().dropDatabase();
  await client.close();
}

// The product's own tables are on PostgreSQL, which `npm run test:mongo` starts.
describeProcesses('MongoDB', { environment: { MONGODB_URL: url.toString() }, loseJobs: dropJobs });
afterAll(dropJobs);
