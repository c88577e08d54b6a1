import { z } from 'zod';
import { fromPayload, type TriggerType } from './trigger-type.js';

/** Launched by programs with an API key, over HTTP or GraphQL, which may wait for the result or follow it. */
export const apiTriggerType: TriggerType = {
  name: 'API',
  trigger: 'API',
  settings: z.strictObject({}),
  sample: () => ({ payload: {}, headers: { 'content-type': 'application/json' }, query: {} }),
  mapping: fromPayload,
};
