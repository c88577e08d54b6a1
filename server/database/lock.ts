/** Lets one holder in at a time, in the order of asking. */
export class Lock {
  private last: Promise<void> = Promise.resolve();

  /** @returns how to release it; a second call does nothing */
  async acquire(): Promise<() => void> {
    const before = this.last;
    let release!: () => void;
    this.last = new Promise((resolve) => (release = resolve));
    await before;
    return release;
  }

  async hold<T>(work: () => Promise<T>): Promise<T> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
