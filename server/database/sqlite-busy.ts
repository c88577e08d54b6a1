import { setTimeout as pass } from 'node:timers/promises';

const pauseMs = 10;
const patienceMs = 60_000;

/**
 * Does something once nobody else holds the SQLite file: a backup may, or somebody's shell. SQLite would wait by itself, but in the way of
 * everything else that the process does. `work` must have done nothing when it finds the file held.
 * @throws what `work` throws, and after a minute that the file is held
 */
export async function onceFree<T>(work: () => Promise<T>): Promise<T> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > end) throw error;
    }
    await pass(pauseMs);
  }
}

/** By its code: the class that the addon throws is the one of whichever copy of the package was loaded first. Prisma's adapter has a name of its own for it. */
export function isBusy(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('code' in error && String(error.code).startsWith('SQLITE_BUSY')) return true;
  const cause: unknown = 'cause' in error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'SocketTimeout';
}
