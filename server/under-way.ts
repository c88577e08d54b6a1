/** What is being done for callers, who may be gone before it is over: whoever closes what it needs waits for it here. */
export class UnderWay {
  private readonly all = new Set<Promise<unknown>>();

  /** @returns the work itself */
  add<Result>(work: Promise<Result>): Promise<Result> {
    this.all.add(work);
    const end = () => void this.all.delete(work);
    work.then(end, end);
    return work;
  }

  /** Resolves once nothing is under way any more. */
  async over(): Promise<void> {
    while (this.all.size > 0) await Promise.allSettled(this.all);
  }
}
