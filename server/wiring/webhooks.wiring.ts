import { TriggerLookup } from '../features/triggers/trigger-lookup.js';
import { type TriggerStore } from '../features/triggers/trigger.store.js';
import { BoundWebhooks } from '../features/triggers/webhook/bound-webhooks.js';
import { PayloadSchemas } from '../features/triggers/webhook/payload-schemas.js';
import { RefusalBound } from '../features/triggers/webhook/refusal-bound.js';
import { type HookRefusal, WebhookReceiver } from '../features/triggers/webhook/webhook.receiver.js';
import { WebhookResolver } from '../features/triggers/webhook/webhook.resolver.js';
import { WebhookService } from '../features/triggers/webhook/webhook.service.js';
import { type Ground } from '../ground.js';
import { type Shutdown } from '../shutdown.js';
import { type TriggerParts } from './triggers.wiring.js';

/** What takes in the requests of other products, and what people need to set them up. */
export function wireWebhooks({ config, logger, bus, sandbox, now }: Ground, store: TriggerStore, { triggers, intake, secrets }: TriggerParts, shutdown: Shutdown) {
  const refusals = new RefusalBound<HookRefusal>({
    store: async ({ arrival, verdict, reason }) => void (await intake.refuse(arrival, verdict, reason)),
    storeOmitted: async ({ arrival, verdict, reason }, omitted) => void (await intake.refuse(arrival, verdict, `${omitted} more were refused in this minute. Of the last: ${reason}`)),
    onError: (err) => logger.error({ err }, 'Refused requests could not be counted'),
    now: () => now().getTime(),
  });
  shutdown.register(() => refusals.stop());
  const webhooks = new BoundWebhooks();
  const lookup = new TriggerLookup(store);
  shutdown.register(lookup.listen(bus));
  return {
    receiver: new WebhookReceiver({ find: (id) => lookup.find(id), intake, refusals, webhooks, secrets, schemas: new PayloadSchemas(sandbox), now }),
    resolvers: [new WebhookResolver(new WebhookService({ triggers, store, webhooks, secrets, publicUrl: config.publicUrl, now }))],
  };
}

export type WebhookParts = ReturnType<typeof wireWebhooks>;
