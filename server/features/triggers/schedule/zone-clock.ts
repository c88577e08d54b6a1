const second = 1_000;
const hour = 3_600_000;
const day = 24 * hour;

/** A stretch of time in which a zone keeps one offset; it may go on after `to` with the same one. */
export interface Span {
  from: number;
  to: number;
  /** Milliseconds that local time is ahead of UTC. */
  offset: number;
}

/**
 * What clocks show in a zone. Instants are milliseconds of the epoch; local times are the milliseconds that `Date.UTC` makes of what the clock shows.
 * The offsets come from the zone data of `Intl`, are searched a year at a time, and are kept.
 */
export class ZoneClock {
  private readonly years = new Map<number, Span[]>();

  private constructor(readonly zone: string) {}

  /** @throws UnknownZoneError */
  static of(zone: string): ZoneClock {
    const key = zone.toLowerCase();
    const known = clocks.get(key);
    if (known) return known;
    if (!isZone(zone)) throw new UnknownZoneError(zone);
    const clock = new ZoneClock(zone);
    clocks.set(key, clock);
    return clock;
  }

  offsetAt(instant: number): number {
    return this.spanAt(instant).offset;
  }

  /** @returns the first instant at which the clock shows this local time or a later one: where the clocks skip it the end of the gap, where they show it twice the first time */
  firstShowing(local: number): number {
    for (const { from, to, offset } of this.spans(local - widest, local + widest)) if (local < to + offset) return Math.max(from, local - offset);
    throw new RangeError('every local time is passed within a day');
  }

  /** @returns the first local time, in whole seconds, that the clock has not shown by this instant: the end of what it has, also while it shows an hour for the second time */
  notYetShown(instant: number): number {
    return Math.max(...this.spans(instant - day, instant).map(({ to, offset }) => (to <= instant ? to : instant + second) + offset));
  }

  /** @returns the stretches, in order, that touch this time */
  spans(from: number, to: number): Span[] {
    const found: Span[] = [];
    for (let year = yearOf(from); year <= yearOf(to); year++) for (const span of this.spansOf(year)) if (span.to > from && span.from <= to) found.push(span);
    return found;
  }

  private spanAt(instant: number): Span {
    const [span] = this.spans(instant, instant);
    if (!span) throw new RangeError('every instant has an offset');
    return span;
  }

  private spansOf(year: number): Span[] {
    const known = this.years.get(year);
    if (known) return known;
    const spans = searchSpans(this.zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    this.years.set(year, spans);
    return spans;
  }
}

export class UnknownZoneError extends Error {
  override readonly name = 'UnknownZoneError';
  constructor(zone: string) {
    super(
      /^[+-]|^(UTC|GMT)[+-]/i.test(zone)
        ? `${zone} is an offset, which knows no summer time. Give a zone, such as Europe/Berlin, or UTC.`
        : zone === ''
          ? 'Give a time zone, such as Europe/Berlin, or UTC.'
          : `There is no time zone ${zone}. Give its IANA name, such as Europe/Berlin or America/New_York, or UTC.`,
    );
  }
}

const clocks = new Map<string, ZoneClock>();
// The widest offsets are -12 and +14 hours.
const widest = 15 * hour;
// No zone changes its clock twice within this from 2026 on; `due-times.zones.test.ts` would find one that does.
const probeStep = 7 * day;

function isZone(zone: string): boolean {
  // Later versions of Node take offsets too.
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    return !!new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    return false;
  }
}

function yearOf(instant: number): number {
  return new Date(instant).getUTCFullYear();
}

function searchSpans(zone: string, from: number, to: number): Span[] {
  // Made for each search: kept, the formatters of all zones would take more memory than the offsets.
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offset = (instant: number) => parseOffset(format.format(instant));
  const spans: Span[] = [];
  let current: Span = { from, to, offset: offset(from) };
  for (let probe = from; probe < to; ) {
    const next = Math.min(probe + probeStep, to);
    const [before, after] = [current.offset, offset(next)];
    if (after !== before) {
      const change = bisect(probe, next, (instant) => offset(instant) !== before);
      spans.push({ ...current, to: change });
      current = { from: change, to, offset: offset(change) };
      probe = change;
    } else probe = next;
  }
  return [...spans, current].filter((span) => span.from < span.to);
}

/** @returns the first whole second after `low` for which this holds, given that it does for `high` */
function bisect(low: number, high: number, holds: (instant: number) => boolean): number {
  let [no, yes] = [low, high];
  while (yes - no > second) {
    const middle = no + Math.floor((yes - no) / 2 / second) * second;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

/** Reads what `longOffset` writes: `1/2/2026, GMT+05:30`, or just `GMT`. */
function parseOffset(text: string): number {
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * second;
}
