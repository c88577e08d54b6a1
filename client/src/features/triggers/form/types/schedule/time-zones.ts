/** The zone of this browser, and all that it knows: this one first, then UTC. */
export function timeZones(): { own: string; all: string[] } {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { own, all: [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])] };
}
