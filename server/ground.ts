import pino, { type Logger } from 'pino';
import { type Config } from './config.js';
import { type Database } from './database/database.js';
import { openDatabase } from './database/open-database.js';
import { type EventBus } from './events/event-bus.js';
import { openBus } from './events/open-bus.js';
import { type JobQueue } from './jobs/job-queue.js';
import { createJobQueue } from './jobs/job-stores.js';
import { Metrics } from './metrics/metrics.js';
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
  /** Absent where nobody may read them: then nothing is measured. */
  metrics: Metrics | undefined;
  now: () => Date;
}

/** Opens it all; whatever is open is registered to be closed. */
export async function layGround(config: Config, shutdown: Shutdown): Promise<Ground> {
  const logger = pino({ level: config.logLevel, redact: ['authorization', '*.authorization', '*.password', '*.token'] });
  const database = await openDatabase(config.database);
  shutdown.register(() => database.close());
  const bus = await openBus(config, logger, shutdown);
  const jobs = await createJobQueue(config, database, bus, logger);
  shutdown.register(() => jobs.stop());
  const sandbox = startSandbox();
  shutdown.register(() => sandbox.close());
  return { config, logger, database, bus, jobs, sandbox, metrics: config.metricsToken === undefined ? undefined : new Metrics(config.role), now: () => new Date() };
}
