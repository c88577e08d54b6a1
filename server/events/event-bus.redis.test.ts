import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { sharedBusHarness } from '../testing/shared-bus.js';
import { describeEventBus, describeSharedBus } from './event-bus.contract.js';
import { RedisWire } from './redis-wire.js';
import { SharedBus } from './shared-bus.js';

const url = process.env.REDIS_URL;
if (!url) throw new Error('Set REDIS_URL to a Redis server, such as redis://127.0.0.1:6379.');

describeEventBus('Redis', async () => {
  const bus = await SharedBus.open(new RedisWire(url, randomUUID()), pino({ level: 'silent' }));
  return { bus, drop: () => bus.close() };
});

describeSharedBus('Redis', () => {
  const installation = randomUUID();
  return sharedBusHarness(url, (address) => new RedisWire(address, installation));
});
