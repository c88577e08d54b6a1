import { type z } from 'zod';

/** OURS is the branch that is merged into, THEIRS what is merged. */
export type MergeSide = 'BASE' | 'OURS' | 'THEIRS' | 'CUSTOM';

export type MergeConflictKind = 'MESSAGE_TEXT' | 'MESSAGE_ROLE' | 'MESSAGE_ORDER' | 'MESSAGE_REMOVED' | 'VARIABLE' | 'SETTING' | 'TOOL' | 'OUTPUT_SCHEMA';

/** Something that both sides changed differently. Null: not there. */
export interface MergeConflict {
  /** The same whenever the same three contents are merged, whatever is resolved. */
  id: string;
  kind: MergeConflictKind;
  /** What it is about, in words. */
  target: string;
  base: unknown;
  ours: unknown;
  theirs: unknown;
  /** Of a MESSAGE_TEXT: what stands before and after it on its line. */
  leading: string | null;
  trailing: string | null;
}

export interface MergeResolution {
  conflictId: string;
  take: MergeSide;
  /** For CUSTOM. */
  value?: unknown;
}

/** A value that a person gave, read. */
export type ReadValue<Value> = { value: Value | undefined } | { problem: string };

interface Sides<Value> {
  base: Value | undefined;
  ours: Value | undefined;
  theirs: Value | undefined;
}

/** Keeps the conflicts of one merge and settles each as a person decided; what nobody decided is as OURS has it. */
export class Arbiter {
  readonly conflicts: MergeConflict[] = [];
  readonly unresolved: string[] = [];
  /** What is wrong with values that a person gave. */
  readonly problems: { conflictId: string; message: string }[] = [];
  private readonly resolutions: ReadonlyMap<string, MergeResolution>;

  constructor(resolutions: readonly MergeResolution[]) {
    this.resolutions = new Map(resolutions.map((resolution) => [resolution.conflictId, resolution]));
  }

  /** @param read reads a CUSTOM value; `undefined` is what is not there */
  settle<Value>(
    conflict: Pick<MergeConflict, 'id' | 'kind' | 'target'> & Partial<Pick<MergeConflict, 'leading' | 'trailing'>>,
    { base, ours, theirs }: Sides<Value>,
    read: (value: unknown) => ReadValue<Value>,
  ): Value | undefined {
    this.conflicts.push({ leading: null, trailing: null, ...conflict, base: base ?? null, ours: ours ?? null, theirs: theirs ?? null });
    const resolution = this.resolutions.get(conflict.id);
    switch (resolution?.take) {
      case undefined:
        this.unresolved.push(conflict.id);
        return ours;
      case 'BASE':
        return base;
      case 'OURS':
        return ours;
      case 'THEIRS':
        return theirs;
      case 'CUSTOM': {
        const given = read(resolution.value);
        if ('value' in given) return given.value;
        this.problems.push({ conflictId: conflict.id, message: given.problem });
        return ours;
      }
    }
  }
}

/** Reads values that a schema describes. */
export function bySchema<Value>(schema: z.ZodType<Value>): (value: unknown) => ReadValue<Value> {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? { value: parsed.data } : { problem: parsed.error.issues[0]?.message ?? 'This can’t stand here.' };
  };
}

/** The same, or null for what is not there. */
export function bySchemaOrNothing<Value>(schema: z.ZodType<Value>): (value: unknown) => ReadValue<Value> {
  const read = bySchema(schema);
  return (value) => (value === null || value === undefined ? { value: undefined } : read(value));
}
