import { randomBytes } from 'node:crypto';

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
    const random = randomBytes(8);
    random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
    const hex = `${this.lastMs.toString(16).padStart(12, '0')}7${this.count.toString(16).padStart(3, '0')}${random.toString('hex')}`;
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

/** @returns what is no greater than any id that was made at this time, in milliseconds since 1970, or later */
export function firstIdAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
