import { z } from 'zod';
import { type JobName, type JobPayloads } from './job-queue.js';

/** What a stored job must hold to be handed to its handler: it may have been written by another version of the product. */
export const jobPayloadSchemas: { [Name in JobName]: z.ZodType<JobPayloads[Name]> } = {
  'execution.wake': z.object({ executionId: z.string() }),
  'execution.sweep': z.record(z.string(), z.never()),
  'execution.prune': z.record(z.string(), z.never()),
  'audit.sweep': z.record(z.string(), z.never()),
  'trigger.launch': z.object({ deliveryId: z.string() }),
  'trigger.sweep': z.record(z.string(), z.never()),
  'outbox.sweep': z.record(z.string(), z.never()),
  'trigger.prune': z.record(z.string(), z.never()),
  'promptRun.sweep': z.record(z.string(), z.never()),
  'trigger.due': z.object({ at: z.iso.datetime() }),
};
