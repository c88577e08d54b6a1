import { z } from 'zod';
import { fromPayload, type TriggerType } from './trigger-type.js';

/** Launched by a person, with what is the same each time filled in. */
export const manualTriggerType: TriggerType = {
  name: 'MANUAL',
  trigger: 'MANUAL',
  settings: z.strictObject({}),
  sample: () => ({ payload: {} }),
  mapping: fromPayload,
};
