import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Dependency, findCycles, topologicalOrder } from './graph.js';

const graph = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => {
    const key = fc.integer({ min: 0, max: size - 1 }).map((index) => `s${index}`);
    const dependencies: fc.Arbitrary<Dependency[]> = fc.array(fc.record({ step: key, on: key }), { maxLength: 40 });
    return fc.record({ steps: fc.constant(Array.from({ length: size }, (_, index) => `s${index}`)), dependencies });
  });

const toSteps = (steps: readonly string[], dependencies: readonly Dependency[]) =>
  steps.map((key) => ({ key, dependsOn: dependencies.filter(({ step }) => step === key).map(({ on }) => on) }));

describe('cycles', () => {
  test('are named as they run', () => {
    const dependencies = [{ step: 'a', on: 'b' }, { step: 'b', on: 'c' }, { step: 'c', on: 'a' }, { step: 'd', on: 'd' }, { step: 'a', on: 'unknown' }];
    expect(findCycles(['a', 'b', 'c', 'd'], dependencies)).toEqual([
      { dependency: dependencies[2], cycle: ['a', 'b', 'c', 'a'] },
      { dependency: dependencies[3], cycle: ['d', 'd'] },
    ]);
  });

  test('are gone once the dependencies found are taken out, and none is found where there is none', () => {
    fc.assert(
      fc.property(graph, ({ steps, dependencies }) => {
        const found = findCycles(steps, dependencies);
        const closing = new Set(found.map(({ dependency }) => dependency));
        const rest = dependencies.filter((dependency) => !closing.has(dependency));
        expect(findCycles(steps, rest)).toEqual([]);
        expect(() => topologicalOrder(toSteps(steps, rest))).not.toThrow();
        if (found.length > 0) expect(() => topologicalOrder(toSteps(steps, dependencies))).toThrow('depends on itself');
      }),
    );
  });

  test('each found runs along dependencies, back to where it began', () => {
    fc.assert(
      fc.property(graph, ({ steps, dependencies }) => {
        for (const { cycle } of findCycles(steps, dependencies)) {
          expect(cycle[0]).toBe(cycle.at(-1));
          for (const [index, step] of cycle.slice(0, -1).entries()) {
            expect(dependencies).toContainEqual({ step, on: cycle[index + 1] });
          }
        }
      }),
    );
  });
});

describe('the order', () => {
  test('has every step once, after those that it depends on', () => {
    fc.assert(
      fc.property(graph, ({ steps, dependencies }) => {
        // Only dependencies on earlier steps of a shuffled order: no cycle.
        const acyclic = dependencies.filter(({ step, on }) => steps.indexOf(on) > steps.indexOf(step));
        const order = topologicalOrder(toSteps(steps, acyclic));
        expect([...order].sort()).toEqual([...steps].sort());
        for (const { step, on } of acyclic) expect(order.indexOf(on)).toBeLessThan(order.indexOf(step));
      }),
    );
  });

  test('is the one given, where that will do', () => {
    expect(topologicalOrder([{ key: 'b', dependsOn: [] }, { key: 'a', dependsOn: ['b'] }, { key: 'c', dependsOn: [] }])).toEqual(['b', 'a', 'c']);
  });
});
