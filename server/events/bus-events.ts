import { z } from 'zod';
import { type BusEvents, type BusTopic } from './event-bus.js';

const id = z.string();

/** What an announcement must hold that came from another process, which may run another version of the product. */
export const busEventSchemas: { [Topic in BusTopic]: z.ZodType<BusEvents[Topic]> } = {
  'execution.ready': z.object({ executionId: id }),
  'execution.progress': z.object({ executionId: id, lastSeq: z.number() }),
  'execution.changed': z.object({ workspaceId: id, executionId: id }),
  'prompt.label.moved': z.object({ workspaceId: id, promptId: id, moveId: id }),
  'workspace.changed': z.object({ workspaceId: id }),
  'trigger.delivery': z.object({ workspaceId: id, triggerId: id, deliveryId: id }),
  'outbox.filled': z.object({}),
  'access.revoked': z.object({ credentialId: id }),
  'job.scheduled': z.object({ name: z.string(), at: z.number() }),
  'bus.restored': z.object({}),
};

export function isBusTopic(name: string): name is BusTopic {
  return Object.hasOwn(busEventSchemas, name);
}
