import type { MergeResolutionInput } from '../../../../gql/graphql';
import type { Side } from './merge.operations';

export interface Resolution {
  take: Side;
  /** Of CUSTOM. */
  value?: unknown;
}

/** What was decided, by conflict. */
export type Resolutions = Readonly<Record<string, Resolution>>;

interface Identified {
  id: string;
}

/** What the API is told: only of conflicts that there are, which may be others since one side moved on. */
export const resolutionsToSend = (conflicts: readonly Identified[], resolutions: Resolutions): MergeResolutionInput[] =>
  conflicts.flatMap(({ id }) => {
    const resolution = resolutions[id];
    return resolution ? [{ conflictId: id, take: resolution.take, ...(resolution.take === 'CUSTOM' && { value: resolution.value }) }] : [];
  });

export const resolvedCount = (conflicts: readonly Identified[], resolutions: Resolutions): number => conflicts.filter(({ id }) => resolutions[id]).length;

/** The place of the next conflict that is open, from `from` on and then from the start; undefined where none is. */
export function nextOpen(conflicts: readonly Identified[], resolutions: Resolutions, from: number): number | undefined {
  const places = conflicts.map((_, index) => (from + index) % conflicts.length);
  return places.find((place) => {
    const conflict = conflicts[place];
    return conflict && !resolutions[conflict.id];
  });
}

/** What was kept of an unfinished merge; anything else counts as nothing. */
export function readResolutions(text: string | null): Resolutions {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter((entry): entry is [string, Resolution] => isResolution(entry[1])));
  } catch {
    return {};
  }
}

const sides: readonly unknown[] = ['BASE', 'OURS', 'THEIRS', 'CUSTOM'] satisfies Side[];

const isResolution = (value: unknown): value is Resolution => typeof value === 'object' && value !== null && 'take' in value && sides.includes(value.take);
