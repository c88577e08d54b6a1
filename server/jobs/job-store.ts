export interface ClaimedJob {
  id: string;
  name: string;
  payload: unknown;
  lockedAt: Date;
  /** How often its handler has thrown. */
  failures: number;
}

/**
 * Where jobs wait. A claimed job is locked for `lockMs` and is nobody else's until then; a job whose lock ran out is due again. Several
 * processes may share a store.
 */
export interface JobStore {
  /** Adds a job. One of the same name and key that waits unclaimed takes the new time and payload instead. */
  put(name: string, key: string, payload: unknown, dueAt: Date): Promise<void>;
  /** Locks the job of that name that has been due for longest. */
  claim(name: string, lockMs: number): Promise<ClaimedJob | undefined>;
  /** Lets the lock of a claimed job begin anew. */
  extend(id: string, lockMs: number): Promise<void>;
  /** Gives a claimed job back, to be run at a time. */
  retry(id: string, at: Date, failures: number): Promise<void>;
  /** Gives claimed jobs back, to be run at once. */
  unlock(ids: readonly string[]): Promise<void>;
  remove(id: string): Promise<void>;
  /** When the next of these jobs will be due, a lock that runs out included. */
  nextDue(names: readonly string[], lockMs: number): Promise<Date | undefined>;
  close(): Promise<void>;
}
