export interface GraphVersion {
  id: string;
  parentIds: readonly string[];
  /** The branch that it was committed on. */
  branch: string;
}

/** A line within one row: from the row above to the version (`in`), from the version to the row below (`out`), or by it (`pass`). */
export interface GraphLine {
  kind: 'in' | 'out' | 'pass';
  /** Where it meets the row's upper edge (`in`, `pass`) or its lower one (`out`). */
  lane: number;
  colour: number;
}

export interface GraphRow {
  id: string;
  lane: number;
  colour: number;
  lines: GraphLine[];
}

export interface GraphLayout {
  rows: GraphRow[];
  lanes: number;
}

const graphColours = 6;

interface Lane {
  /** The version that its line leads to. */
  to: string;
  colour: number;
}

/**
 * Where the versions of a history and the lines between them are drawn, one row a version, newest first. `main` keeps lane 0; every other line has
 * the leftmost free lane. A line to a version that is not among those given runs on to the last row.
 */
export function layOut(versions: readonly GraphVersion[]): GraphLayout {
  const ordered = childrenFirst(versions);
  const colourOf = colours(ordered);
  const known = new Map(ordered.map((version) => [version.id, version]));
  const lanes: (Lane | undefined)[] = [];
  let width = 1;
  const freeLane = () => {
    for (let lane = 1; ; lane++) if (!lanes[lane]) return lane;
  };

  const rows = ordered.map((version): GraphRow => {
    const { id, branch, parentIds } = version;
    const arriving = lanes.flatMap((lane, index) => (lane?.to === id ? [{ index, colour: lane.colour }] : []));
    const lane = branch === 'main' ? 0 : (arriving[0]?.index || arriving[1]?.index || freeLane());
    for (const { index } of arriving) lanes[index] = undefined;
    const passing = lanes.flatMap((each, index): GraphLine[] => (each ? [{ kind: 'pass', lane: index, colour: each.colour }] : []));
    const colour = colourOf(branch);
    const leaving = parentIds.map((parentId, place): GraphLine => {
      const target = place === 0 ? lane : (laneTo(lanes, parentId) ?? freeLane());
      const joined = lanes[target];
      const lineColour = place === 0 ? colour : (joined?.colour ?? colourOf(known.get(parentId)?.branch ?? branch));
      lanes[target] ??= { to: parentId, colour: lineColour };
      return { kind: 'out', lane: target, colour: lineColour };
    });
    width = Math.max(width, lane + 1, lanes.length);
    return { id, lane, colour, lines: [...passing, ...arriving.map(({ index, colour: of }): GraphLine => ({ kind: 'in', lane: index, colour: of })), ...leaving] };
  });
  return { rows, lanes: width };
}

function laneTo(lanes: readonly (Lane | undefined)[], id: string): number | undefined {
  const index = lanes.findIndex((lane) => lane?.to === id);
  return index === -1 ? undefined : index;
}

/** `main` has the first colour, the others take turns in the order in which they appear. */
function colours(versions: readonly GraphVersion[]): (branch: string) => number {
  const others = [...new Set(versions.map(({ branch }) => branch))].filter((branch) => branch !== 'main');
  const byBranch = new Map(others.map((branch, index) => [branch, 1 + (index % (graphColours - 1))]));
  return (branch) => byBranch.get(branch) ?? 0;
}

/** The order given, except that no version comes before one that was made from it. */
function childrenFirst(versions: readonly GraphVersion[]): GraphVersion[] {
  const places = new Map(versions.map(({ id }, index) => [id, index]));
  const children = new Map<string, string[]>();
  for (const { id, parentIds } of versions) for (const parentId of parentIds) children.set(parentId, [...(children.get(parentId) ?? []), id]);
  const ordered: GraphVersion[] = [];
  const seen = new Set<string>();
  for (const version of versions) {
    const stack = [version.id];
    while (stack.length > 0) {
      const id = stack[stack.length - 1] ?? '';
      const waiting = (children.get(id) ?? []).filter((child) => !seen.has(child) && !stack.includes(child));
      if (waiting.length > 0) {
        stack.push(...waiting);
        continue;
      }
      stack.pop();
      const next = versions[places.get(id) ?? -1];
      if (!next || seen.has(id)) continue;
      seen.add(id);
      ordered.push(next);
    }
  }
  return ordered;
}
