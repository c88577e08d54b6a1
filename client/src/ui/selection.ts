/** What is selected once a row was ticked or unticked; with a range, all from the row that was ticked before. */
export function toggled(selected: ReadonlySet<string>, rows: readonly string[], id: string, rangeFrom?: string): ReadonlySet<string> {
  const ticked = !selected.has(id);
  const from = rangeFrom === undefined ? -1 : rows.indexOf(rangeFrom);
  const to = rows.indexOf(id);
  const touched = from < 0 || to < 0 ? [id] : rows.slice(Math.min(from, to), Math.max(from, to) + 1);
  const next = new Set(selected);
  for (const each of touched) {
    if (ticked) next.add(each);
    else next.delete(each);
  }
  return next;
}
