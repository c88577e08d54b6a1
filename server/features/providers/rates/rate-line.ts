/** What a provider allows in a minute. */
export interface RateBudget {
  requestsPerMinute?: number | undefined;
  tokensPerMinute?: number | undefined;
}

/** What one caller asks for: all of it together, or nothing yet. */
export interface RateDemand {
  requests: number;
  tokens: number;
}

interface Place extends RateDemand {
  at: number;
}

interface Admitted extends Place {
  who: string;
}

/** A minute, and a second more: what is sent first need not arrive first. */
const windowMs = 61_000;
/** Whoever has not come this long after their time has lost their place. */
const graceMs = 30_000;

/** Those who call with one key, in the order in which they came. Times are in milliseconds since 1970. */
export class RateLine {
  /** Within the last minute, oldest first. */
  private admitted: Admitted[] = [];
  /** When each is to come again, in their order. */
  private readonly waiting = new Map<string, Place>();
  private pausedUntil = 0;

  constructor(public budget: RateBudget) {}

  /** Nobody has called or waited lately. */
  isIdle(now: number): boolean {
    this.forget(now);
    return this.admitted.length === 0 && this.waiting.size === 0 && this.pausedUntil <= now;
  }

  /** @returns undefined where the caller may go ahead, which then counts; else when to ask again, for which its place is kept */
  take(who: string, demand: RateDemand, now: number): number | undefined {
    this.forget(now);
    const plan: Place[] = [...this.admitted];
    const earliest = Math.max(now, this.pausedUntil);
    for (const [other, ahead] of this.waiting) {
      if (other === who) break;
      plan.push({ ...ahead, at: this.nextPlace(plan, ahead, earliest) });
    }
    const at = this.nextPlace(plan, demand, earliest);
    if (at <= now) {
      this.waiting.delete(who);
      this.admitted.push({ ...demand, who, at: now });
      return undefined;
    }
    this.waiting.set(who, { ...demand, at });
    return at;
  }

  /** What was let through was not used. */
  giveBack(who: string): void {
    this.admitted = this.admitted.filter((one) => one.who !== who);
  }

  /** It used more tokens than was expected, or fewer. */
  correct(who: string, tokens: number): void {
    const last = this.admitted.findLast((one) => one.who === who);
    if (last) last.tokens = Math.max(0, last.tokens + tokens);
  }

  /** The provider has said that it takes nothing before then. */
  pause(until: number): void {
    this.pausedUntil = Math.max(this.pausedUntil, until);
  }

  private forget(now: number): void {
    this.admitted = this.admitted.filter(({ at }) => at + windowMs > now);
    for (const [who, { at }] of this.waiting) if (at + graceMs < now) this.waiting.delete(who);
  }

  /** The first time that is no earlier than those before it, and leaves no minute with more than is allowed. */
  private nextPlace(plan: readonly Place[], { requests, tokens }: RateDemand, earliest: number): number {
    const { requestsPerMinute = Infinity, tokensPerMinute = Infinity } = this.budget;
    const last = plan.at(-1)?.at ?? 0;
    // What is more than a whole minute's share has that minute to itself.
    let room = { requests: requestsPerMinute - Math.min(requests, requestsPerMinute), tokens: tokensPerMinute - Math.min(tokens, tokensPerMinute) };
    const at = Math.max(earliest, last);
    for (let index = plan.length - 1; index >= 0; index--) {
      const place = plan[index];
      if (!place || place.at + windowMs <= at) break;
      room = { requests: room.requests - place.requests, tokens: room.tokens - place.tokens };
      if (room.requests < 0 || room.tokens < 0) return place.at + windowMs;
    }
    return at;
  }
}
