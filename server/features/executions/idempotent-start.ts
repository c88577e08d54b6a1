import { ConflictError } from '../../errors.js';
import { exactText } from '../../input.js';
import { type ExecutionStore } from './execution.store.js';
import { type ExecutionRecord } from './execution.types.js';

const longestKey = 200;

export const idempotencyKey = exactText().min(1, 'Give at least one character, or no key.').max(longestKey, `Keep this to ${longestKey} characters.`);

export interface IdempotentStart {
  /** Whether an execution that has the key is what is asked for now. */
  isSame: (execution: ExecutionRecord) => Promise<boolean> | boolean;
  /** Stores the execution with the key. @returns undefined when another one took the key meanwhile */
  start: () => Promise<ExecutionRecord | undefined>;
}

/**
 * Starts an execution once, however often and however much at the same time it is asked for with the same key. Without a key, every time.
 * @throws ConflictError when the key was used for something else
 */
export async function startOnce(store: ExecutionStore, workspaceId: string, key: string | undefined, { isSame, start }: IdempotentStart): Promise<ExecutionRecord> {
  const before = key === undefined ? undefined : await store.findByKey(workspaceId, key);
  const started = before ? undefined : await start();
  if (started) return started;
  const first = before ?? (key === undefined ? undefined : await store.findByKey(workspaceId, key));
  if (!first) throw new Error('An execution was refused though none has its key.');
  if (await isSame(first)) return first;
  throw new ConflictError(
    'This idempotency key was used to start something else: another workflow, other inputs or another branch. Use a new key for each run that you want.',
    { executionId: first.id },
  );
}
