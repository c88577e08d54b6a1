import { diffArrays } from 'diff';

/** What stays the same: an index into one sequence and the index into the other where the same item stands. Both rise from match to match. */
export type Match = readonly [before: number, after: number];

/** Edits after which a search for the shortest way gives up: its cost rises with their square. */
const mostEdits = 200;
const mostEditsBetweenAnchors = 60;

/**
 * Finds what two sequences have in common, in order: the longest such run where they differ in few places, a good one where they differ in
 * many. Takes about linear time. Swapping the sequences swaps each match and nothing else.
 */
export function align(before: readonly string[], after: readonly string[]): Match[] {
  // Where several alignments are equally good, the same one is found from either side.
  if (comesFirst(after, before)) return align(after, before).map(([a, b]) => [b, a]);
  const matches: Match[] = [];
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) matches.push([start, start++]);
  let end = 0;
  while (end < shortest - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const middle = alignMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end), mostEdits);
  for (const [a, b] of middle) matches.push([a + start, b + start]);
  for (let left = end; left > 0; left--) matches.push([before.length - left, after.length - left]);
  return matches;
}

/** @returns the indices of the items that must stay for the rest to be the fewest to move, for numbers that are all different */
export function longestIncreasing(numbers: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous = new Map<number, number>();
  for (const [index, number] of numbers.entries()) {
    let low = 0;
    for (let high = tails.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (numberAt(numbers, tails, middle) < number) low = middle + 1;
      else high = middle;
    }
    const tail = tails[low - 1];
    if (tail !== undefined) previous.set(index, tail);
    tails[low] = index;
  }
  const stay = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = previous.get(index)) stay.add(index);
  return stay;
}

/** @returns the items that were moved, as few as can be, where a sequence of different items was put into another order */
export function movedBetween(before: readonly string[], after: readonly string[]): Set<string> {
  // Of two that changed places, the same one is said to have moved from either side.
  if (comesFirst(after, before)) return movedBetween(after, before);
  const places = new Map(before.map((item, place) => [item, place]));
  const stay = longestIncreasing(after.map((item) => places.get(item) ?? -1));
  return new Set(after.filter((_, index) => !stay.has(index)));
}

/** Whether one sequence comes before another in a dictionary. */
export function comesFirst(one: readonly string[], other: readonly string[]): boolean {
  for (const [index, item] of one.entries()) {
    const opposite = other[index];
    if (opposite === undefined) return false;
    if (item !== opposite) return item < opposite;
  }
  return one.length < other.length;
}

function alignMiddle(before: readonly string[], after: readonly string[], edits: number): Match[] {
  // What stands on one side alone matches nothing; leaving it out makes the search for the rest much shorter.
  const kept = keepShared(before, new Set(after));
  const keptAfter = keepShared(after, new Set(before));
  const parts = diffArrays(kept.items, keptAfter.items, { maxEditLength: edits });
  if (!parts) return edits > mostEditsBetweenAnchors ? alignByAnchors(before, after) : [];
  const matches: Match[] = [];
  let a = 0;
  let b = 0;
  for (const { added, removed, count } of parts) {
    if (removed) a += count;
    else if (added) b += count;
    else for (const end = a + count; a < end; a++, b++) matches.push([placeAt(kept.places, a), placeAt(keptAfter.places, b)]);
  }
  return matches;
}

/** Items that occur once on either side hold the sequences together; between them the differences are small again. */
function alignByAnchors(before: readonly string[], after: readonly string[]): Match[] {
  const places = onlyPlaces(after);
  const anchors: Match[] = [];
  for (const [item, place] of onlyPlaces(before)) {
    const opposite = places.get(item);
    if (opposite !== undefined) anchors.push([place, opposite]);
  }
  const stay = longestIncreasing(anchors.map(([, place]) => place));
  const matches: Match[] = [];
  let [a, b] = [0, 0];
  const end: Match = [before.length, after.length];
  for (const [toBefore, toAfter] of [...anchors.filter((_, index) => stay.has(index)), end]) {
    const between = alignMiddle(before.slice(a, toBefore), after.slice(b, toAfter), mostEditsBetweenAnchors);
    for (const [one, other] of between) matches.push([one + a, other + b]);
    if (toBefore < before.length) matches.push([toBefore, toAfter]);
    [a, b] = [toBefore + 1, toAfter + 1];
  }
  return matches;
}

function keepShared(items: readonly string[], others: ReadonlySet<string>): { items: string[]; places: number[] } {
  const places: number[] = [];
  const shared = items.filter((item, place) => {
    const isShared = others.has(item);
    if (isShared) places.push(place);
    return isShared;
  });
  return { items: shared, places };
}

/** The items that occur once, with where, in order. */
function onlyPlaces(items: readonly string[]): Map<string, number> {
  const places = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [place, item] of items.entries()) {
    if (places.has(item)) repeated.add(item);
    places.set(item, place);
  }
  for (const item of repeated) places.delete(item);
  return places;
}

function placeAt(places: readonly number[], index: number): number {
  const place = places[index];
  if (place === undefined) throw new Error('A match lies outside its sequence.');
  return place;
}

function numberAt(numbers: readonly number[], indices: readonly number[], at: number): number {
  return placeAt(numbers, placeAt(indices, at));
}
