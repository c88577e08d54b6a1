import { type TriggerTypeName } from '../trigger.types.js';
import { apiTriggerType } from './api.trigger-type.js';
import { eventTriggerType } from './event.trigger-type.js';
import { manualTriggerType } from './manual.trigger-type.js';
import { type TriggerType } from './trigger-type.js';

export type TriggerTypes = ReadonlyMap<TriggerTypeName, TriggerType>;

/** What triggers there are. Those that need surroundings are given when the product is wired. */
export function createTriggerTypes(more: readonly TriggerType[] = []): TriggerTypes {
  return new Map([manualTriggerType, apiTriggerType, eventTriggerType, ...more].map((type) => [type.name, type]));
}
