/** What is announced on the bus: ids and sequence numbers only, whoever listens reads the rest from the database. */
export interface BusEvents {
  /** An execution has something to do now. */
  'execution.ready': { executionId: string };
  /** Events up to `lastSeq` have been committed. */
  'execution.progress': { executionId: string; lastSeq: number };
  /** An execution that runs for no other one was made, or its status has changed. */
  'execution.changed': { workspaceId: string; executionId: string };
  /** A label was made, moved or removed. */
  'prompt.label.moved': { workspaceId: string; promptId: string; moveId: string };
  /** Something that runs depend on may have changed: a workflow, a prompt, a label, a key. */
  'workspace.changed': { workspaceId: string };
  /** An arrival at a trigger was stored, or what became of it. */
  'trigger.delivery': { workspaceId: string; triggerId: string; deliveryId: string };
  /** Something has happened that a trigger waits for. */
  'outbox.filled': Record<never, never>;
  /** A session ended or an API key was revoked: what is still open in its name must close. */
  'access.revoked': { credentialId: string };
  /** A job was put into the store, to be run at a time, in milliseconds since 1970. */
  'job.scheduled': { name: string; at: number };
  /** Processes hear of each other again; what was announced meanwhile is lost. Each process is told by its own bus. */
  'bus.restored': Record<never, never>;
}

export type BusTopic = keyof BusEvents;

/**
 * Tells other parts of the product, in this process or others, that something was committed. An announcement may be lost:
 * nothing may depend on hearing it, only become faster by it.
 */
export interface EventBus {
  publish<Topic extends BusTopic>(topic: Topic, event: BusEvents[Topic]): void;
  /** Calls the listener for each event from now on. @returns how to stop listening */
  subscribe<Topic extends BusTopic>(topic: Topic, listener: (event: BusEvents[Topic]) => void): () => void;
}
