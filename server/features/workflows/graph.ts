/** A step must wait for another. */
export interface Dependency {
  /** The step that waits. */
  step: string;
  on: string;
}

/**
 * The dependencies without which no step would wait for itself, each with the cycle that it closes: `['a', 'b', 'a']` where a waits for b
 * and b for a. Steps are gone through in the order given, so that the answer is the same each time.
 */
export function findCycles<Edge extends Dependency>(steps: readonly string[], dependencies: readonly Edge[]): { dependency: Edge; cycle: string[] }[] {
  const known = new Set(steps);
  const edgesOf = new Map<string, Edge[]>(steps.map((step) => [step, []]));
  for (const edge of dependencies) if (known.has(edge.on)) edgesOf.get(edge.step)?.push(edge);
  const found: { dependency: Edge; cycle: string[] }[] = [];
  const done = new Set<string>();
  const walk: string[] = [];
  const visit = (step: string): void => {
    walk.push(step);
    for (const edge of edgesOf.get(step) ?? []) {
      const start = walk.indexOf(edge.on);
      if (start >= 0) found.push({ dependency: edge, cycle: [...walk.slice(start), edge.on] });
      else if (!done.has(edge.on)) visit(edge.on);
    }
    walk.pop();
    done.add(step);
  };
  for (const step of steps) if (!done.has(step)) visit(step);
  return found;
}

/**
 * The keys in an order in which every step comes after those that it depends on, otherwise as given.
 * @throws Error where there is a cycle, which saving a workflow refuses
 */
export function topologicalOrder(steps: readonly { key: string; dependsOn: readonly string[] }[]): string[] {
  const dependenciesOf = new Map(steps.map(({ key, dependsOn }) => [key, dependsOn]));
  const order = new Set<string>();
  const underWay = new Set<string>();
  const place = (key: string): void => {
    if (order.has(key)) return;
    if (underWay.has(key)) throw new Error(`Step ${key} depends on itself.`);
    underWay.add(key);
    for (const dependency of dependenciesOf.get(key) ?? []) place(dependency);
    order.add(key);
  };
  for (const { key } of steps) place(key);
  return [...order];
}
