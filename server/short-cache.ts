import { BoundedCache } from './bounded-cache.js';

/**
 * What was read lately, for paths that ask for the same again and again. This process sees its own changes at once, if it says `forget`;
 * those of other processes once what it knows is too old.
 */
export class ShortCache<Value> {
  private readonly entries = new BoundedCache<{ readAt: number; value: Promise<Value> }>(1_000, 100_000);

  constructor(
    private readonly maxAgeMs: number,
    private readonly read: (key: string) => Promise<Value>,
  ) {}

  async get(key: string): Promise<Value> {
    const make = () => ({ readAt: performance.now(), value: this.read(key) });
    let entry = this.entries.getOrMake(key, make);
    if (performance.now() - entry.readAt > this.maxAgeMs) {
      this.entries.forget(key);
      entry = this.entries.getOrMake(key, make);
    }
    try {
      return await entry.value;
    } catch (error) {
      this.entries.forget(key);
      throw error;
    }
  }

  forget(key: string): void {
    this.entries.forget(key);
  }
}
