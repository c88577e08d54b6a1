const windowMs = 60_000;
const mostAWindow = 20;
const mostKeys = 10_000;

interface Window {
  began: number;
  count: number;
}

/**
 * Keeps those who try again and again from filling the log: of one caller it tells the first attempts of each minute, and with the next one that it
 * tells, how many it left out.
 */
export class RefusalLimit {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly now: () => Date) {}

  /** @returns whether to tell of this one, and how many were left out since the last that was told */
  admit(caller: string): { told: boolean; leftOut: number } {
    const now = this.now().getTime();
    const window = this.windows.get(caller);
    if (window && now - window.began < windowMs) {
      window.count++;
      return { told: window.count <= mostAWindow, leftOut: 0 };
    }
    this.windows.delete(caller);
    this.windows.set(caller, { began: now, count: 1 });
    for (const oldest of this.windows.keys()) {
      if (this.windows.size <= mostKeys) break;
      this.windows.delete(oldest);
    }
    return { told: true, leftOut: Math.max(0, (window?.count ?? 0) - mostAWindow) };
  }
}
