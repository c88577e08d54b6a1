import { BoundedCache } from '../../../bounded-cache.js';

interface Bucket {
  tokens: number;
  /** Milliseconds since 1970. */
  filledAt: number;
}

/** How many requests a minute each trigger takes in this process; a minute's worth may come at once. */
export class RateLimit {
  private readonly buckets = new BoundedCache<Bucket>(10_000, 1_000_000);

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  /** @returns seconds to wait where this one is too many, which then does not count; undefined where it is not */
  take(triggerId: string, perMinute: number): number | undefined {
    const now = this.now();
    const bucket = this.buckets.getOrMake(triggerId, () => ({ tokens: perMinute, filledAt: now }));
    const tokens = Math.min(perMinute, bucket.tokens + ((now - bucket.filledAt) * perMinute) / 60_000);
    bucket.filledAt = now;
    bucket.tokens = tokens < 1 ? tokens : tokens - 1;
    return tokens < 1 ? Math.max(1, Math.ceil(((1 - tokens) * 60) / perMinute)) : undefined;
  }
}
