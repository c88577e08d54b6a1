import { eventSettingsSchema } from '../events/event-settings.js';
import { samplePayloadOf } from '../events/product-events.js';
import { fromPayload, type TriggerType } from './trigger-type.js';

/** Launched by what happens: in the product itself, or in a program that emits it. */
export const eventTriggerType: TriggerType = {
  name: 'EVENT',
  trigger: 'EVENT',
  settings: eventSettingsSchema,
  sample: (settings) => {
    const { data } = eventSettingsSchema.safeParse(settings);
    const type = data?.type ?? 'order.paid';
    return { payload: samplePayloadOf(type), event: { id: '01990000-0000-7000-8000-000000000009', type, at: '2026-01-01T08:00:02.300Z', depth: 0 } };
  },
  mapping: fromPayload,
};
