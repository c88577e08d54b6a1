import type { Bump } from '../diff/diff.operations';

export const bumps: readonly Bump[] = ['PATCH', 'MINOR', 'MAJOR'];

export const bumpNames: Record<Bump, string> = { PATCH: 'Patch', MINOR: 'Minor', MAJOR: 'Major' };

/** The greater of what was derived and what the author asks for. */
export const raisedBump = (derived: Bump, chosen: Bump | null): Bump => (chosen && bumps.indexOf(chosen) > bumps.indexOf(derived) ? chosen : derived);

/** What the API is told: nothing, unless it is more than derived. */
export const bumpToSend = (derived: Bump, chosen: Bump | null): Bump | null => (raisedBump(derived, chosen) === derived ? null : chosen);
