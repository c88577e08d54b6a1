import { type Logger } from 'pino';
import { type Config } from '../config.js';
import { type Shutdown } from '../shutdown.js';
import { type EventBus } from './event-bus.js';
import { InProcessBus } from './in-process-bus.js';
import { SharedBus } from './shared-bus.js';

/** The bus over Redis where one is configured, else over PostgreSQL; that of a single process on SQLite, whose file is one process's. */
export async function openBus(config: Pick<Config, 'database' | 'redisUrl' | 'encryptionKey'>, logger: Logger, shutdown: Shutdown): Promise<EventBus> {
  const wire = await wireOf(config);
  if (!wire) return new InProcessBus();
  const bus = await SharedBus.open(wire, logger.child({ part: 'bus' }));
  shutdown.register(() => bus.close());
  return bus;
}

async function wireOf({ database, redisUrl, encryptionKey }: Pick<Config, 'database' | 'redisUrl' | 'encryptionKey'>) {
  if (database.engine === 'sqlite') return undefined;
  if (redisUrl) {
    const { RedisWire } = await import('./redis-wire.js');
    return new RedisWire(redisUrl, encryptionKey);
  }
  const { PostgresWire } = await import('./postgres-wire.js');
  return new PostgresWire(database.url);
}
