/** How long after its failures, first to last, a launch is tried again; after the last one it is given up. */
const waitsMs = [1_000, 5_000, 30_000, 120_000, 600_000];

/** @param attempts that have failed @returns undefined where it is given up */
export function retryAfter(attempts: number, now: Date): Date | undefined {
  const wait = waitsMs[attempts - 1];
  return wait === undefined ? undefined : new Date(now.getTime() + wait);
}
