const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How far back charts go, by what stands in the address. */
export const periods = [
  { value: '24h', label: '24 hours', buckets: 24, lengthMs: hourMs },
  { value: '7d', label: '7 days', buckets: 7, lengthMs: dayMs },
  { value: '30d', label: '30 days', buckets: 30, lengthMs: dayMs },
] as const;

export type Period = (typeof periods)[number];

export const periodOf = (value: string | null): Period => periods.find((each) => each.value === value) ?? periods[1];

/** The time that a period covers: whole hours or days of the reader, the one that is now under way included. */
export function spanOf({ buckets, lengthMs }: Period, now: number): { from: string; to: string; buckets: number } {
  const end = new Date(now);
  if (lengthMs === dayMs) end.setHours(24, 0, 0, 0);
  else end.setHours(end.getHours() + 1, 0, 0, 0);
  return { from: new Date(end.getTime() - buckets * lengthMs).toISOString(), to: end.toISOString(), buckets };
}

const hour = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** What a part of it is called. */
export const labelOf = ({ lengthMs }: Period, from: string): string => (lengthMs === dayMs ? day : hour).format(new Date(from));
