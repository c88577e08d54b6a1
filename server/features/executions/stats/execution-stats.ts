/** Runs, or steps, that were created in a span of time. */
export interface StatsBucket {
  from: Date;
  to: Date;
  total: number;
  completed: number;
  failed: number;
  cancelled: number;
  unfinished: number;
  /** Of those that completed or failed; null where there are none. */
  failureRate: number | null;
  /** Milliseconds, of those that completed; null where none did. */
  p50DurationMs: number | null;
  p95DurationMs: number | null;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

export interface StatsSpan {
  from: Date;
  to: Date;
  /** How many parts of equal length it has. */
  buckets: number;
}

export type StatsSubject = { kind: 'workspace' } | { kind: 'workflow'; workflowId: string } | { kind: 'promptVersion'; promptVersionId: string };

/** What the database counts of one part of the time, the first being 0, or of all of it. */
export type StatsCount = Omit<StatsBucket, 'from' | 'to' | 'failureRate'>;

const nothing: StatsCount = {
  total: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  unfinished: 0,
  p50DurationMs: null,
  p95DurationMs: null,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
};

/** The parts of a span, those included that the database found nothing in. */
export function toBuckets({ from, to, buckets }: StatsSpan, counts: ReadonlyMap<number, StatsCount>): StatsBucket[] {
  const length = (to.getTime() - from.getTime()) / buckets;
  const at = (part: number) => new Date(Math.round(from.getTime() + part * length));
  return Array.from({ length: buckets }, (_, part) => toBucket({ from: at(part), to: at(part + 1) }, counts.get(part)));
}

export function toBucket({ from, to }: Pick<StatsSpan, 'from' | 'to'>, count: StatsCount = nothing): StatsBucket {
  const ended = count.completed + count.failed;
  return { from, to, ...count, failureRate: ended === 0 ? null : count.failed / ended };
}
