import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { distanceOf, type ParentEdge, VersionGraph } from './graph.js';

/** `c: a b` says that c was made from a and b. */
const edgesOf = (...lines: string[]): ParentEdge[] =>
  lines.flatMap((line) => {
    const [versionId = '', parents = ''] = line.split(': ');
    return parents.split(' ').map((parentId) => ({ versionId, parentId }));
  });

test('A line is a version and everything that it was made from, through merges', () => {
  const graph = new VersionGraph(edgesOf('b: a', 'c: a', 'd: b c', 'e: d'));
  expect([...graph.lineOf('d')].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect([...graph.lineOf('a')]).toEqual(['a']);
  expect(distanceOf(graph.lineOf('e'), graph.lineOf('c'))).toEqual({ ahead: 3, behind: 0 });
});

test.each([
  ['two branches from one version', ['b: a', 'c: b', 'd: b'], ['c', 'd'], 'b'],
  ['a branch that the other was made from', ['b: a', 'c: b'], ['a', 'c'], 'a'],
  ['branches that were merged before', ['b: a', 'c: a', 'd: b c', 'e: d', 'f: c'], ['e', 'f'], 'c'],
  ['branches that were merged crosswise: the newer of two of equal right', ['b: a', 'c: a', 'd: b c', 'e: c b'], ['d', 'e'], 'c'],
  ['versions with nothing in common', ['b: a', 'd: c'], ['b', 'd'], undefined],
] satisfies [string, string[], [string, string], string | undefined][])('A merge of %s starts where both began to differ', (_what, lines, [one, other], base) => {
  const graph = new VersionGraph(edgesOf(...lines));
  expect(graph.mergeBase(one, other)).toBe(base);
  expect(graph.mergeBase(other, one)).toBe(base);
});

test('Where a merge starts, both sides were made from it, and from nothing between', () => {
  // Each version is made from one or two of those before it.
  const history = fc.array(fc.tuple(fc.nat(), fc.option(fc.nat())), { minLength: 1, maxLength: 25 });
  const name = (index: number) => String.fromCharCode(97 + index);
  fc.assert(
    fc.property(history, fc.nat(), fc.nat(), (steps, first, second) => {
      const edges = steps.flatMap(([one, two], index) => [...new Set([one % (index + 1), ...(two === null ? [] : [two % (index + 1)])])].map((parent) => ({ versionId: name(index + 1), parentId: name(parent) })));
      const graph = new VersionGraph(edges);
      const [one, other] = [name(first % (steps.length + 1)), name(second % (steps.length + 1))];
      const shared = [...graph.lineOf(one)].filter((id) => graph.lineOf(other).has(id));
      const base = graph.mergeBase(one, other);
      expect(shared).toContain(base);
      expect(shared.filter((id) => id !== base && graph.lineOf(id).has(base ?? ''))).toEqual([]);
      expect(graph.mergeBase(other, one)).toBe(base);
      const { ahead, behind } = distanceOf(graph.lineOf(one), graph.lineOf(other));
      expect(distanceOf(graph.lineOf(other), graph.lineOf(one))).toEqual({ ahead: behind, behind: ahead });
      expect(ahead === 0 && behind === 0).toBe(one === other);
    }),
  );
});
