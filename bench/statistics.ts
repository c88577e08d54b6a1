export interface Spread {
  median: number;
  p95: number;
  p99: number;
  count: number;
}

/** @returns the nearest-rank median, 95th and 99th percentile */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return { median: rank(0.5), p95: rank(0.95), p99: rank(0.99), count: sorted.length };
}

/** What a part of the bench found: for the file of results, and as lines to print. */
export interface Measured {
  result: Record<string, unknown>;
  lines: [what: string, value: string][];
}

export function inWords({ median, p95, p99 }: Spread): string {
  return `${median.toFixed(1)} ms median, ${p95.toFixed(1)} ms p95, ${p99.toFixed(1)} ms p99`;
}

/** How long each of several calls takes, one after another, in milliseconds. Before them half as many, which do not count, bring everything to its usual pace. */
export async function timeEach(count: number, call: (index: number) => Promise<unknown>): Promise<Spread> {
  const warmUp = Math.ceil(count / 2);
  const times: number[] = [];
  for (let index = -warmUp; index < count; index++) {
    const began = performance.now();
    await call(index + warmUp);
    if (index >= 0) times.push(performance.now() - began);
  }
  return spreadOf(times);
}
