import { DomainError } from '../../errors.js';

/** A thing as the log tells of it. */
export interface AuditSnapshot {
  name?: string | undefined;
  /** Small, and never secret: what a change of the thing is told by. */
  facts: Readonly<Record<string, unknown>>;
}

/** Reads a thing of a workspace as it is now; undefined where there is none. Of what a workspace has one of, the id is that of the workspace. */
export type SubjectReader = (workspaceId: string, id: string) => Promise<AuditSnapshot | undefined>;

/** How to read each kind of thing that changes, as the features register it. */
export class AuditSubjects {
  private readonly readers = new Map<string, SubjectReader>();

  /** @param readers by the kind that declarations name */
  register(readers: Readonly<Record<string, SubjectReader>>): void {
    for (const [type, reader] of Object.entries(readers)) this.readers.set(type, reader);
  }

  has(type: string): boolean {
    return this.readers.has(type);
  }

  /** @returns undefined, too, for what nobody registered */
  async read(type: string, workspaceId: string, id: string): Promise<AuditSnapshot | undefined> {
    // What can't be stored is the id of nothing, and no statement takes it.
    if (id.includes('\0') || !id.isWellFormed()) return undefined;
    try {
      return await this.readers.get(type)?.(workspaceId, id);
    } catch (error) {
      // There is none, in the words of its feature.
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
