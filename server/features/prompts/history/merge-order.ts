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
  const [inBase, inOurs, inTheirs] = [base, ours, theirs].map((items) => new Map(items.map((item, place) => [item, place])));
  const comesFirst = (places: ReadonlyMap<string, number> | undefined, one: string, other: string) => (places?.get(one) ?? 0) < (places?.get(other) ?? 0);
  const stands = (one: string, other: string) => {
    const [first, firstInTheirs] = [comesFirst(inOurs, one, other), comesFirst(inTheirs, one, other)];
    // Where they disagree, exactly one of them turned the two round.
    return first === firstInTheirs || first !== comesFirst(inBase, one, other) ? first : firstInTheirs;
  };
  // In an order without circles the first comes before all others, the next before all but one, and so on.
  const before = new Map(ours.map((item) => [item, ours.filter((other) => other !== item && stands(item, other)).length]));
  if (new Set(before.values()).size < ours.length) return undefined;
  return [...ours].sort((one, other) => (before.get(other) ?? 0) - (before.get(one) ?? 0));
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
