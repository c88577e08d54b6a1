import { EventDispatcher } from '../features/triggers/events/event.dispatcher.js';
import { EventResolver } from '../features/triggers/events/event.resolver.js';
import { EventsService } from '../features/triggers/events/event.service.js';
import { type TriggerStore } from '../features/triggers/trigger.store.js';
import { type Ground } from '../ground.js';
import { OutboxStore } from '../outbox/outbox.store.js';
import { type Shutdown } from '../shutdown.js';
import { type ExecutionParts } from './executions.wiring.js';
import { type TriggerParts } from './triggers.wiring.js';

/** What lets events launch workflows. */
export function wireEvents({ config, logger, database, sandbox, bus, jobs, now }: Ground, store: TriggerStore, { intake }: TriggerParts, { executions }: ExecutionParts, shutdown: Shutdown) {
  const events = new EventsService({ listening: (workspaceId) => store.listening(workspaceId), intake, sandbox, now });
  const onFault = (err: unknown) => logger.error({ err }, 'An event could not be told to its triggers, and will be told again');
  const dispatcher = new EventDispatcher({ store: new OutboxStore(database), events, executions, jobs, bus, now, onFault, sweepMs: (config.runLeaseMs * 2) / 3 });
  shutdown.register(() => dispatcher.stop());
  return { dispatcher, resolvers: [new EventResolver(events)] };
}
