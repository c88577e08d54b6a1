import { randomFillSync } from 'node:crypto';

/**
 * Makes ids (UUIDs of version 7, RFC 9562) for things that were made at earlier times, so that ordering by id orders them by time, and those of
 * one millisecond as they are asked for.
 */
export class OrderedIds {
  private lastMs = -1;
  private count = 0;

  next(time: Date): string {
    const ms = Math.max(time.getTime(), this.lastMs);
    this.count = ms === this.lastMs ? this.count + 1 : 0;
    this.lastMs = ms;
    // 12 bits count within the millisecond; what does not fit goes on in the next one.
    if (this.count > 0xfff) {
      this.lastMs += 1;
      this.count = 0;
    }
    const at = this.lastMs.toString(16).padStart(12, '0');
    const random = nextRandom();
    return `${at.slice(0, 8)}-${at.slice(8)}-7${this.count.toString(16).padStart(3, '0')}-${random.slice(0, 4)}-${random.slice(4)}`;
  }
}

const randomLength = 8;
const pool = Buffer.alloc(512 * randomLength);
let used = pool.length;

/** The last 64 bits, which begin with the variant. Asking the system for a few bytes costs as much as for many. */
function nextRandom(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, (used += randomLength));
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
  return random.toString('hex');
}

/** @returns what is no greater than any id that was made at this time, in milliseconds since 1970, or later */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
