import { pino } from 'pino';
import { sharedBusHarness } from '../testing/shared-bus.js';
import { createEmptyDatabase } from '../testing/test-database.js';
import { describeEventBus, describeSharedBus } from './event-bus.contract.js';
import { InProcessBus } from './in-process-bus.js';
import { PostgresWire } from './postgres-wire.js';
import { SharedBus } from './shared-bus.js';

describeEventBus('memory', async () => ({ bus: new InProcessBus(), drop: async () => undefined }));

if (process.env.TEST_DATABASE_URL) {
  const url = process.env.TEST_DATABASE_URL;
  describeEventBus('PostgreSQL', async () => {
    const bus = await SharedBus.open(new PostgresWire(url), pino({ level: 'silent' }));
    return { bus, drop: () => bus.close() };
  });
  describeSharedBus('PostgreSQL', async () => {
    const { config, drop } = await createEmptyDatabase();
    if (config.engine !== 'postgres') throw new Error('This database is not on PostgreSQL.');
    const harness = await sharedBusHarness(config.url, (address) => new PostgresWire(address));
    return {
      ...harness,
      drop: async () => {
        await harness.drop();
        await drop();
      },
    };
  });
}
