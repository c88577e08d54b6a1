import * as z from 'zod/mini';

/** By step key, what steps give in a preview instead of being run. */
export type Pins = Readonly<Record<string, unknown>>;

const pinsSchema = z.record(z.string(), z.unknown());

const place = (personId: string, workflowId: string) => `promptpilot.pins.${personId}.${workflowId}`;

/** Those that a person has pinned in this browser. */
export function readPins(personId: string, workflowId: string): Pins {
  try {
    const parsed = pinsSchema.safeParse(JSON.parse(localStorage.getItem(place(personId, workflowId)) ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    // What is not JSON was not written here; a browser may also refuse to keep anything.
    return {};
  }
}

/** @returns whether the browser keeps them: it has room for a few megabytes */
export function keepPins(personId: string, workflowId: string, pins: Pins): boolean {
  try {
    if (Object.keys(pins).length === 0) localStorage.removeItem(place(personId, workflowId));
    else localStorage.setItem(place(personId, workflowId), JSON.stringify(pins));
    return true;
  } catch {
    return false;
  }
}
