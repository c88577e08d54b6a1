import { ConflictError } from '../../errors.js';
import { exactText } from '../../input.js';

const longestKey = 200;

export const idempotencyKey = exactText().min(1, 'Give at least one character, or no key.').max(longestKey, `Keep this to ${longestKey} characters.`);

/** Of executions, or of what else is started with a key. */
export interface IdempotentStart<Started> {
  /** Under which a conflict tells its id. */
  idName: 'executionId' | 'replayId';
  findByKey: (key: string) => Promise<Started | undefined>;
  /** Whether the one that has the key is what is asked for now. */
  isSame: (earlier: Started) => Promise<boolean> | boolean;
  /** Stores it with the key. @returns undefined when another one took the key meanwhile */
  start: () => Promise<Started | undefined>;
}

/**
 * Starts something once, however often and however much at the same time it is asked for with the same key. Without a key, every time.
 * @throws ConflictError when the key was used for something else
 */
export async function startOnce<Started extends { id: string }>(key: string | undefined, { idName, findByKey, isSame, start }: IdempotentStart<Started>): Promise<Started> {
  const before = key === undefined ? undefined : await findByKey(key);
  const started = before ? undefined : await start();
  if (started) return started;
  const first = before ?? (key === undefined ? undefined : await findByKey(key));
  if (!first) throw new Error('A start was refused though none has its key.');
  if (await isSame(first)) return first;
  throw new ConflictError(
    'This idempotency key was used to start something else: another workflow, other inputs or another branch. Use a new key for each run that you want.',
    { [idName]: first.id },
  );
}
