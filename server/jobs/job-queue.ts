/** What can be woken later, and what each is told: an id and nothing else, for the truth stands in the database. */
export interface JobPayloads {
  /** A step's retry is due. */
  'execution.wake': { executionId: string };
  /** Find executions that were interrupted or whose announcement was lost; re-arms itself. */
  'execution.sweep': Record<string, never>;
  /** Delete executions that are not kept any more; re-arms itself. */
  'execution.prune': Record<string, never>;
  /** A launch that failed is due again. */
  'trigger.launch': { deliveryId: string };
  /** Find launches whose job was lost; re-arms itself. */
  'trigger.sweep': Record<string, never>;
  /** Tell triggers of what has happened whose announcement was lost; re-arms itself. */
  'outbox.sweep': Record<string, never>;
  /** Delete deliveries that are not kept any more; re-arms itself. */
  'trigger.prune': Record<string, never>;
  /** Find runs of prompts whose process died; re-arms itself. */
  'audit.sweep': Record<string, never>;
  'promptRun.sweep': Record<string, never>;
  /** Schedules are due at this second; whoever launches them sets the next. */
  'trigger.due': { at: string };
}

export type JobName = keyof JobPayloads;

export type JobHandler<Name extends JobName> = (payload: JobPayloads[Name]) => Promise<void>;

/**
 * An alarm clock. A job runs at least once, at or after its time, perhaps twice at once; losing the store only delays what the sweep finds
 * again, so handlers are idempotent and short.
 */
export interface JobQueue {
  /** Must be called for every job name before `start`. A job whose handler throws is tried again, five times within half a minute. */
  handle<Name extends JobName>(name: Name, handler: JobHandler<Name>): void;
  /** A second job of the same name and key replaces the time of the first that has not yet run. */
  schedule<Name extends JobName>(name: Name, key: string, payload: JobPayloads[Name], at: Date): Promise<void>;
  start(): Promise<void>;
  /** For how long the job that has waited longest, of those handled here, has been due: 0 when none is. */
  lateMs(): Promise<number>;
  /** Calls the listener when the store holds no job at all: it was emptied, and whatever re-arms itself must be armed anew. */
  onLost(listener: () => Promise<void>): void;
  /** Takes no more jobs and waits for those that run. */
  stop(): Promise<void>;
}
