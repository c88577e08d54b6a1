import { type Logger } from 'pino';
import { type Config } from '../config.js';
import { type Database } from '../database/database.js';
import { type EventBus } from '../events/event-bus.js';
import { AgendaJobQueue } from './agenda-job-queue.js';
import { type JobQueue } from './job-queue.js';
import { type JobStore } from './job-store.js';

type JobConfig = Pick<Config, 'database' | 'mongodbUrl'>;

/**
 * Makes the job queue on MongoDB where one is configured, else beside the product's tables. It must be stopped before the database is
 * closed.
 * @throws StartupError when MongoDB can't be reached
 */
export async function createJobQueue(config: JobConfig, database: Database, bus: EventBus, log: Logger): Promise<JobQueue> {
  const jobLog = log.child({ part: 'jobs' });
  return new AgendaJobQueue(await openJobStore(config, database, jobLog), bus, jobLog);
}

export async function openJobStore(config: JobConfig, database: Database, log: Logger): Promise<JobStore> {
  if (config.mongodbUrl) {
    const { MongoJobStore } = await import('./mongo-job-store.js');
    return MongoJobStore.open(config.mongodbUrl);
  }
  if (config.database.engine === 'postgres') {
    const { PostgresJobStore } = await import('./postgres-job-store.js');
    return PostgresJobStore.open(config.database.url, (err) => log.warn({ err }, 'The job store lost a connection'));
  }
  const { SqliteJobStore } = await import('./sqlite-job-store.js');
  return SqliteJobStore.open(database);
}
