interface Placed {
  id: string;
  change: string;
  placeBefore?: number | null | undefined;
  placeAfter?: number | null | undefined;
}

/** The changed messages that were moved too: those that do not stand in the order of the ones that stayed, and not those that others were moved past. */
export function movedAndChanged(messages: readonly Placed[]): ReadonlySet<string> {
  const both = messages.flatMap(({ id, change, placeBefore, placeAfter }) => (placeBefore && placeAfter && change !== 'MOVED' ? [{ id, change, before: placeBefore, after: placeAfter }] : []));
  const inOrder = [...both].sort((one, other) => one.after - other.after);
  const stayed = new Set(longestRise(inOrder).map(({ id }) => id));
  return new Set(inOrder.filter(({ id, change }) => change === 'CHANGED' && !stayed.has(id)).map(({ id }) => id));
}

function longestRise<Item extends { before: number }>(items: readonly Item[]): Item[] {
  const best: { length: number; from: number }[] = [];
  for (const [index, item] of items.entries()) {
    let entry = { length: 1, from: -1 };
    for (const [earlier, { length }] of best.entries()) {
      if ((items[earlier]?.before ?? 0) < item.before && length + 1 > entry.length) entry = { length: length + 1, from: earlier };
    }
    best[index] = entry;
  }
  let at = best.reduce((longest, { length }, index) => (length > (best[longest]?.length ?? 0) ? index : longest), 0);
  const rise: Item[] = [];
  for (let item = items[at]; item; item = items[at]) {
    rise.unshift(item);
    at = best[at]?.from ?? -1;
  }
  return rise;
}
