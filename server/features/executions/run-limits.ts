import { parseReference, resolveReference } from '../workflows/reference.js';
import { type WorkflowDefinition } from '../workflows/definition.js';
import { type RunLimits } from './execution.store.js';

/** How many runs may be under way at a time, for a run with these inputs. */
export function runLimits({ concurrency }: WorkflowDefinition, inputs: Record<string, unknown>): RunLimits {
  const { maxRuns, key, maxRunsPerKey } = concurrency ?? {};
  if (key === undefined || maxRunsPerKey === undefined) return { maxRuns, runKey: undefined, maxRunsPerKey: undefined };
  const none = () => null;
  const value = resolveReference(parseReference(key), { inputs, outputOf: none, errorOf: none });
  return { maxRuns, runKey: JSON.stringify(value ?? null), maxRunsPerKey };
}
