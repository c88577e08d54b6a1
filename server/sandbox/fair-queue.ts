/**
 * Jobs that wait, each under a key. Keys take turns, one job a turn, so that of k keys with jobs each gets one within any k jobs that are taken,
 * however many jobs the others have.
 */
export class FairQueue<Job> {
  /** In the order of their turns; none is empty. */
  private readonly lines = new Map<string, Job[]>();

  push(key: string, job: Job): void {
    const line = this.lines.get(key);
    if (line) line.push(job);
    else this.lines.set(key, [job]);
  }

  /** @param mayServe a key that may not be served now keeps its turn */
  take(mayServe: (key: string) => boolean): Job | undefined {
    for (const [key, line] of this.lines) {
      if (!mayServe(key)) continue;
      const job = line.shift();
      this.lines.delete(key);
      if (line.length > 0) this.lines.set(key, line);
      return job;
    }
    return undefined;
  }

  has(mayServe: (key: string) => boolean): boolean {
    return [...this.lines.keys()].some(mayServe);
  }

  lengthOf(key: string): number {
    return this.lines.get(key)?.length ?? 0;
  }

  remove(key: string, job: Job): void {
    const rest = this.lines.get(key)?.filter((other) => other !== job) ?? [];
    if (rest.length > 0) this.lines.set(key, rest);
    else this.lines.delete(key);
  }

  removeAll(): Job[] {
    const jobs = [...this.lines.values()].flat();
    this.lines.clear();
    return jobs;
  }
}
