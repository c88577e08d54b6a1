import type { RunState } from './run-state';
import type { Run } from './run.queries';

type Graph = { workflowVersion: { steps: readonly Pick<Run['workflowVersion']['steps'][number], 'key' | 'dependsOn'>[] } };

/** When a step could have begun at the earliest: the run had, and what it waits for had ended. Undefined where that is still to come. */
export function readySince(run: Graph, state: RunState, stepKey: string): number | undefined {
  if (!state.startedAt) return undefined;
  const needs = run.workflowVersion.steps.find(({ key }) => key === stepKey)?.dependsOn ?? [];
  const ends = needs.flatMap((key) => {
    const end = state.steps[key]?.attempts.at(-1)?.endedAt;
    return end ? [Date.parse(end)] : [];
  });
  return Math.max(Date.parse(state.startedAt), ...ends);
}

/** How long a step was ready before it began, in milliseconds; null while it has not begun. */
export function queuedMs(run: Graph, state: RunState, stepKey: string): number | null {
  const first = state.steps[stepKey]?.attempts[0];
  const ready = readySince(run, state, stepKey);
  return first && ready !== undefined ? Math.max(0, Date.parse(first.startedAt) - ready) : null;
}
