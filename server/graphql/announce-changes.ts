import { type GraphQLSchema } from 'graphql';
import { type EventBus } from '../events/event-bus.js';
import { isRequestContext } from './context.js';

/**
 * Tells of every mutation, before it is answered, that something in its workspace may have changed, so that whoever keeps what it has read there
 * reads it anew. Which mutations change what is not asked: to tell once too often costs little.
 */
export function announceChanges(schema: GraphQLSchema, bus: EventBus): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = async (root, args, context: unknown, info) => {
      try {
        return await resolve(root, args, context, info);
      } finally {
        if (isRequestContext(context) && context.identity) bus.publish('workspace.changed', { workspaceId: context.identity.workspaceId });
      }
    };
  }
}
