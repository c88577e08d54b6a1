import { type RateBudget, type RateDemand, RateLine } from './rate-line.js';

/** Whose calls count together, and what is allowed of them. */
export interface RateKey extends RateBudget {
  key: string;
}

/** How long nothing is sent after a refusal that does not say when to come again. */
const usualPauseMs = 5_000;
const mostLines = 10_000;

/**
 * Keeps the calls of this process within what providers allow in a minute, so that they wait for their turn instead of being refused. Each process
 * keeps to the whole budget by itself: where several work, a key is given its share of it.
 */
export class RateLimits {
  private readonly lines = new Map<string, RateLine>();

  constructor(private readonly now: () => Date) {}

  /** @returns undefined where the call may be made now, which then counts; else when to ask again. @param who the same each time it asks */
  turn(rate: RateKey, who: string, demand: RateDemand): Date | undefined {
    const line = this.lineOf(rate);
    const at = line?.take(who, demand, this.now().getTime());
    return at === undefined ? undefined : new Date(at);
  }

  /** What was let through, and is not called now after all. */
  giveBack(rate: RateKey, who: string): void {
    this.lines.get(rate.key)?.giveBack(who);
  }

  /** What was let through used more tokens than was expected, or fewer. */
  correct(rate: RateKey, who: string, tokens: number): void {
    this.lines.get(rate.key)?.correct(who, tokens);
  }

  /** A provider has refused a call since there were too many: nobody calls with its key before it may be asked again. */
  pause({ key, ...budget }: RateKey, retryAfterMs = usualPauseMs): void {
    const line = this.lines.get(key) ?? this.open(key, budget);
    line.pause(this.now().getTime() + retryAfterMs);
  }

  /** Undefined where nothing is limited. */
  private lineOf({ key, ...budget }: RateKey): RateLine | undefined {
    const limited = budget.requestsPerMinute !== undefined || budget.tokensPerMinute !== undefined;
    const line = this.lines.get(key) ?? (limited ? this.open(key, budget) : undefined);
    if (!line) return undefined;
    line.budget = budget;
    if (limited || !line.isIdle(this.now().getTime())) return line;
    this.lines.delete(key);
    return undefined;
  }

  private open(key: string, budget: RateBudget): RateLine {
    const now = this.now().getTime();
    if (this.lines.size >= mostLines) for (const [other, line] of this.lines) if (line.isIdle(now)) this.lines.delete(other);
    const line = new RateLine(budget);
    this.lines.set(key, line);
    return line;
  }
}
