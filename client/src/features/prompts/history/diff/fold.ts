/** A stretch of a list that is shown, or that is folded away until somebody asks for it. */
export interface Stretch<Item> {
  folded: boolean;
  /** Where it begins in the whole list. */
  start: number;
  items: Item[];
}

/**
 * The list in stretches: what matters with `context` items around it is shown, the rest between is folded.
 * @param least fewer than these are not worth a line that stands in their place
 */
export function fold<Item>(items: readonly Item[], matters: (item: Item) => boolean, { context, least }: { context: number; least: number }): Stretch<Item>[] {
  const shown = items.map(() => false);
  items.forEach((item, index) => {
    if (matters(item)) shown.fill(true, Math.max(0, index - context), index + context + 1);
  });
  const stretches: Stretch<Item>[] = [];
  for (const [index, item] of items.entries()) {
    const last = stretches.at(-1);
    if (last && last.folded === !shown[index]) last.items.push(item);
    else stretches.push({ folded: !shown[index], start: index, items: [item] });
  }
  return joined(stretches.map((stretch) => (stretch.items.length < least ? { ...stretch, folded: false } : stretch)));
}

function joined<Item>(stretches: readonly Stretch<Item>[]): Stretch<Item>[] {
  const result: Stretch<Item>[] = [];
  for (const stretch of stretches) {
    const last = result.at(-1);
    if (last && last.folded === stretch.folded) last.items.push(...stretch.items);
    else result.push({ ...stretch, items: [...stretch.items] });
  }
  return result;
}
