import pino, { type Logger } from 'pino';
import { type Config } from './config.js';
import { type Database } from './database/database.js';
import { openDatabase } from './database/open-database.js';
import { type EventBus } from './events/event-bus.js';
import { InProcessBus } from './events/in-process-bus.js';
import { type JobQueue } from './jobs/job-queue.js';
import { createJobQueue } from './jobs/job-stores.js';
import { type Sandbox } from './sandbox/sandbox.js';
import { startSandbox } from './sandbox/start-sandbox.js';
import { type Shutdown } from './shutdown.js';

/** What the parts of the product stand on. */
export interface Ground {
  config: Config;
  logger: Logger;
  database: Database;
  bus: EventBus;
  jobs: JobQueue;
  sandbox: Sandbox;
  now: () => Date;
}

/** Opens it all; whatever is open is registered to be closed. */
export async function layGround(config: Config, shutdown: Shutdown): Promise<Ground> {
  const logger = pino({ level: config.logLevel, redact: ['authorization', '*.authorization', '*.password', '*.token'] });
  const database = await openDatabase(config.database);
  shutdown.register(() => database.close());
  const jobs = await createJobQueue(config, database, logger);
  shutdown.register(() => jobs.stop());
  const sandbox = startSandbox();
  shutdown.register(() => sandbox.close());
  return { config, logger, database, bus: new InProcessBus(), jobs, sandbox, now: () => new Date() };
}
