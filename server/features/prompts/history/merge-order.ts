/** Items that all three lists have and that stand in orders which can't be had together. */
export interface OrderConflict {
  base: string[];
  ours: string[];
  theirs: string[];
}

/**
 * Merges the order of items that both sides put together from one list.
 * - Two items that one side turned round stand as that side has them. Where this leads in a circle, the order is a conflict, and OURS until it is settled.
 * - What a side added, or has alone, follows what it follows there; at one place ours stands before theirs, and what both added stands as in ours.
 * @param kept the items of the result
 * @param settle decides on a conflict
 */
export function mergeOrder(
  lists: { base: readonly string[]; ours: readonly string[]; theirs: readonly string[] },
  kept: ReadonlySet<string>,
  settle: (conflict: OrderConflict) => readonly string[],
): string[] {
  const sets = [new Set(lists.base), new Set(lists.ours), new Set(lists.theirs)];
  const shared = (items: readonly string[]) => items.filter((item) => sets.every((set) => set.has(item)));
  const [base, ours, theirs] = [shared(lists.base), shared(lists.ours), shared(lists.theirs)];
  // Items that go settle nothing: which they are may be undecided yet, and a conflict must stay the same while it is.
  const order = mergeShared(base, ours, theirs) ?? settle({ base, ours, theirs });
  return insert(order, lists.ours, lists.theirs).filter((item) => kept.has(item));
}

function mergeShared(base: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] | undefined {
  const same = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((item, index) => item === other[index]);
  if (same(ours, theirs) || same(base, theirs)) return [...ours];
  if (same(base, ours)) return [...theirs];
  const [inBase, inTheirs] = [placesOf(base), placesOf(theirs)];
  const items = ours.map((item, place) => ({ item, ours: place, base: inBase.get(item) ?? 0, theirs: inTheirs.get(item) ?? 0, before: 0 }));
  for (const one of items) {
    for (const other of items) {
      const [first, firstInTheirs] = [one.ours < other.ours, one.theirs < other.theirs];
      // Where they disagree, exactly one of them turned the two round.
      const stands = first === firstInTheirs || first !== one.base < other.base ? first : firstInTheirs;
      if (stands && one !== other) one.before++;
    }
  }
  // In an order without circles the first comes before all others, the next before all but one, and so on.
  if (new Set(items.map(({ before }) => before)).size < items.length) return undefined;
  return items.sort((one, other) => other.before - one.before).map(({ item }) => item);
}

function placesOf(items: readonly string[]): Map<string, number> {
  return new Map(items.map((item, place) => [item, place]));
}

function insert(order: readonly string[], ours: readonly string[], theirs: readonly string[]): string[] {
  const shared = new Set(order);
  const placed = new Set<string>();
  const followers = new Map<string | undefined, string[]>();
  for (const items of [ours, theirs]) {
    let follows: string | undefined;
    for (const item of items) {
      if (shared.has(item)) follows = item;
      else if (!placed.has(item)) followers.set(follows, [...(followers.get(follows) ?? []), item]);
      placed.add(item);
    }
  }
  return [undefined, ...order].flatMap((item) => [...(item === undefined ? [] : [item]), ...(followers.get(item) ?? [])]);
}
