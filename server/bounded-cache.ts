/** Keeps what was made last, up to a number of entries and a total length of their keys. */
export class BoundedCache<Value> {
  private readonly entries = new Map<string, Value>();
  private length = 0;

  constructor(
    private readonly maxEntries: number,
    private readonly maxLength: number,
  ) {}

  getOrMake(key: string, make: (key: string) => Value): Value {
    const known = this.entries.get(key);
    if (known !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known;
    }
    const made = make(key);
    this.entries.set(key, made);
    this.length += key.length;
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= this.maxEntries && this.length <= this.maxLength) break;
      this.entries.delete(oldest);
      this.length -= oldest.length;
    }
    return made;
  }

  forget(key: string): void {
    if (this.entries.delete(key)) this.length -= key.length;
  }
}
