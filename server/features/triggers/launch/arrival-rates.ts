import { BoundedCache } from '../../../bounded-cache.js';
import { type TriggerRecord } from '../trigger.types.js';

const windowMs = 60_000;

/** Holds each trigger to its arrivals a minute, by a window that slides. Each process counts what comes to itself. */
export class ArrivalRates {
  private readonly arrivals = new BoundedCache<number[]>(10_000, 1_000_000);

  /** @returns whether one more may come now; it counts then */
  take({ id, ratePerMinute }: Pick<TriggerRecord, 'id' | 'ratePerMinute'>, at: Date): boolean {
    if (ratePerMinute === undefined) return true;
    const times = this.arrivals.getOrMake(id, () => []);
    const oldest = times.findIndex((time) => time > at.getTime() - windowMs);
    times.splice(0, oldest < 0 ? times.length : oldest);
    if (times.length >= ratePerMinute) return false;
    times.push(at.getTime());
    return true;
  }
}
