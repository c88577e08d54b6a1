const minute = 60_000;

/** A local time, as `ZoneClock` has them: `2027-03-28T03:00:00`. */
export function localText(local: number): string {
  return new Date(local).toISOString().slice(0, 19);
}

/** Its time of the day: `03:00`, with seconds where it has some. */
export function timeText(local: number): string {
  return localText(local).slice(11).replace(/:00$/, '');
}

/** The milliseconds that a clock is ahead of UTC: `+02:00`. */
export function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / minute;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
