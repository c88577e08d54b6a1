import { type EventBus } from '../../events/event-bus.js';
import { type ExecutionRecord } from './execution.types.js';

/** Tells runners, and those who follow the workspace, of an execution that has been stored. */
export function announceNew(bus: EventBus, { id: executionId, workspaceId }: Pick<ExecutionRecord, 'id' | 'workspaceId'>): void {
  bus.publish('execution.ready', { executionId });
  bus.publish('execution.changed', { workspaceId, executionId });
}
