interface Read<Value> {
  at: number;
  value: Promise<Value>;
}

/** How long what was read may be used after a change in another process whose announcement was lost. */
const maxAgeMs = 1_000;
const mostReads = 1_000;

/**
 * What was read a moment ago, so that many who ask at once need not each read the same, until it is forgotten because something has changed. What is being
 * read as it is forgotten reaches those who have asked by then, and nobody after.
 */
export class RecentReads<Value> {
  private readonly reads = new Map<string, Read<Value>>();

  /** @param read is asked where nothing recent is known; a failure is not answered twice */
  get(key: string, read: () => Promise<Value>): Promise<Value> {
    const known = this.reads.get(key);
    if (known && performance.now() - known.at < maxAgeMs) return known.value;
    if (!known && this.reads.size >= mostReads) this.reads.clear();
    const entry = { at: performance.now(), value: read() };
    this.reads.set(key, entry);
    entry.value.catch(() => void (this.reads.get(key) === entry && this.reads.delete(key)));
    return entry.value;
  }

  /** @param beginning of the keys that are forgotten: all, where it is empty */
  forget(beginning: string): void {
    for (const key of this.reads.keys()) if (key.startsWith(beginning)) this.reads.delete(key);
  }
}
