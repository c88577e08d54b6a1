import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layOut, type GraphLayout, type GraphVersion } from './graph-layout';

const version = (id: string, parents = '', branch = 'main'): GraphVersion => ({ id, parentIds: parents.split(' ').filter(Boolean), branch });
const lanesOf = (layout: GraphLayout) => layout.rows.map(({ id, lane }) => `${id}:${lane}`).join(' ');

/** Follows every line from the version that it leaves to the one that it reaches, or to the end. */
function edgesOf({ rows }: GraphLayout): string[] {
  return rows.flatMap(({ id, lines }, start) =>
    lines.filter(({ kind }) => kind === 'out').map(({ lane }) => {
      for (const row of rows.slice(start + 1)) {
        if (row.lines.some((line) => line.kind === 'in' && line.lane === lane)) return `${id}>${row.id}`;
        if (!row.lines.some((line) => line.kind === 'pass' && line.lane === lane)) return `${id}>broken off before ${row.id}`;
      }
      return `${id}>`;
    }),
  );
}

test('a history without branches is one line', () => {
  const layout = layOut([version('c', 'b'), version('b', 'a'), version('a')]);
  expect(lanesOf(layout)).toBe('c:0 b:0 a:0');
  expect(edgesOf(layout)).toEqual(['c>b', 'b>a']);
  expect(layout.lanes).toBe(1);
});

test('a branch runs beside main and comes back at its merge', () => {
  const layout = layOut([version('merge', 'm2 b2'), version('b2', 'b1', 'tone'), version('m2', 'm1'), version('b1', 'm1', 'tone'), version('m1')]);
  expect(lanesOf(layout)).toBe('merge:0 b2:1 m2:0 b1:1 m1:0');
  expect(edgesOf(layout)).toEqual(['merge>m2', 'merge>b2', 'b2>b1', 'm2>m1', 'b1>m1']);
});

test('main keeps the first lane though a branch is newer', () => {
  expect(lanesOf(layOut([version('b1', 'm1', 'tone'), version('m2', 'm1'), version('m1')]))).toBe('b1:1 m2:0 m1:0');
});

test('a lane that is free again is used again', () => {
  const layout = layOut([version('x', 'm2', 'x'), version('m2', 'm1'), version('y', 'm1', 'y'), version('m1')]);
  expect(lanesOf(layout)).toBe('x:1 m2:0 y:1 m1:0');
  expect(layout.lanes).toBe(2);
});

test('a line to an older version that is not loaded runs on to the end', () => {
  expect(edgesOf(layOut([version('c', 'b'), version('b', 'a')]))).toEqual(['c>b', 'b>']);
});

test('versions of the same moment stand in the order in which they were made', () => {
  expect(layOut([version('a'), version('c', 'b'), version('b', 'a')]).rows.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

test('a branch has one colour throughout, and main the first', () => {
  const { rows } = layOut([version('b2', 'b1', 'tone'), version('m2', 'm1'), version('b1', 'm1', 'tone'), version('m1')]);
  expect(rows.map(({ colour }) => colour)).toEqual([1, 0, 1, 0]);
});

describe('of any history', () => {
  /** As the server makes them: each commit on the head of its branch, branches off anything, merges of any head into another. */
  const history = fc
    .array(fc.record({ action: fc.constantFrom('commit', 'commit', 'branch', 'merge'), one: fc.nat(9), other: fc.nat(200) }), { maxLength: 60 })
    .map((steps) => {
      const made = [version('v0')];
      const heads = new Map([['main', 'v0']]);
      for (const { action, one, other } of steps) {
        const names = [...heads.keys()];
        const name = names[one % names.length] ?? 'main';
        const head = heads.get(name) ?? '';
        const id = `v${made.length}`;
        if (action === 'branch') heads.set(`b${names.length}`, made[other % made.length]?.id ?? 'v0');
        else {
          const source = heads.get(names[other % names.length] ?? '') ?? '';
          made.push(version(id, action === 'merge' && source !== head ? `${head} ${source}` : head, name));
          heads.set(name, id);
        }
      }
      return made.reverse();
    });

  test('every version is drawn once, and every line leads from a version to the one that it was made from', () => {
    fc.assert(
      fc.property(history, (versions) => {
        const layout = layOut(versions);
        expect(layout.rows.map(({ id }) => id)).toEqual(versions.map(({ id }) => id));
        expect(edgesOf(layout).sort()).toEqual(versions.flatMap(({ id, parentIds }) => parentIds.map((parent) => `${id}>${parent}`)).sort());
      }),
    );
  });

  test('no line runs through a version that it has nothing to do with', () => {
    fc.assert(
      fc.property(history, (versions) => {
        for (const { lane, lines } of layOut(versions).rows) {
          const passing = lines.filter(({ kind }) => kind === 'pass').map((line) => line.lane);
          expect(passing).not.toContain(lane);
          expect(new Set(passing).size).toBe(passing.length);
        }
      }),
    );
  });

  test('200 versions on 12 branches take no more lanes than there are branches', () => {
    const versions = [version('v0')];
    for (let index = 1; index < 200; index++) {
      const branch = index % 12 === 0 ? 'main' : `b${index % 12}`;
      const last = versions.findLast((each) => each.branch === branch) ?? versions[0];
      versions.push(version(`v${index}`, last?.id, branch));
    }
    expect(layOut(versions.reverse()).lanes).toBeLessThanOrEqual(12);
  });
});
