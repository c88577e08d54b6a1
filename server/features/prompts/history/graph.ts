/** One version of a prompt and one of those that it was made from. */
export interface ParentEdge {
  versionId: string;
  parentId: string;
}

/** How the versions of prompts were made from one another. */
export class VersionGraph {
  private readonly parents = new Map<string, string[]>();

  constructor(edges: readonly ParentEdge[]) {
    for (const { versionId, parentId } of edges) {
      const known = this.parents.get(versionId);
      if (known) known.push(parentId);
      else this.parents.set(versionId, [parentId]);
    }
  }

  /** A version and everything that it was made from. */
  lineOf(id: string): Set<string> {
    const line = new Set([id]);
    // A set that grows while it is walked is walked to its end.
    for (const version of line) for (const parent of this.parents.get(version) ?? []) line.add(parent);
    return line;
  }

  /**
   * What a merge of two versions starts from: the newest that both were made from, and that no other such version was made from. Where branches were
   * merged into one another crosswise there are several of equal right; the newest of them by far has most in common with both, and it is always
   * the same one, whichever side asks. Undefined where they have nothing in common.
   */
  mergeBase(one: string, other: string): string | undefined {
    const line = this.lineOf(other);
    const shared = new Set([...this.lineOf(one)].filter((id) => line.has(id)));
    for (const id of [...shared]) for (const parent of this.parents.get(id) ?? []) shared.delete(parent);
    // Ids are in the order of time.
    return [...shared].sort().at(-1);
  }
}

/** How many versions one line has that the other has not, and the other way round. */
export function distanceOf(line: ReadonlySet<string>, from: ReadonlySet<string>): { ahead: number; behind: number } {
  let shared = 0;
  for (const id of line) if (from.has(id)) shared++;
  return { ahead: line.size - shared, behind: from.size - shared };
}
