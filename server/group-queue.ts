interface Waiting<Item, Result> {
  item: Item;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/** Hands over together what comes within one turn of the event loop, or while a group is under way: each transaction waits for the disk. */
export class GroupQueue<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private draining = false;

  /**
   * @param perform gives a result for each item, in their order; what it throws, all of the group's callers get
   * @param begin when a group is handed over while none is under way: at the end of the turn, or sooner, where what comes has been gathered before
   */
  constructor(
    private readonly largestGroup: number,
    private readonly perform: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly begin: (drain: () => void) => void = setImmediate,
  ) {}

  add(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.draining) return;
      this.draining = true;
      this.begin(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.flush(this.waiting.splice(0, this.largestGroup));
    this.draining = false;
  }

  private async flush(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.perform(group.map(({ item }) => item));
      for (const [index, result] of results.entries()) group[index]?.resolve(result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
