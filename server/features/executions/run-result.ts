import { type WorkflowDefinition } from '../workflows/definition.js';
import { noUsage, type StepState, type Usage } from './execution.types.js';
import { addUsage, sumOfCosts } from './model-call.js';

/** The output of the completed step that no other completed one waited for; where there are several, an object of them by key. */
export function outputOf({ steps }: WorkflowDefinition, states: readonly StepState[]): unknown {
  const outputs = new Map(states.filter(({ status }) => status === 'COMPLETED').map(({ key, output }) => [key, output]));
  const completed = steps.filter(({ key }) => outputs.has(key));
  const inner = new Set(completed.flatMap(({ dependsOn }) => dependsOn));
  const last = completed.filter(({ key }) => !inner.has(key));
  const [only] = last;
  if (last.length === 1 && only) return outputs.get(only.key);
  return last.length === 0 ? null : Object.fromEntries(last.map(({ key }) => [key, outputs.get(key)]));
}

/** What the steps used together. Results taken over from an earlier execution were paid for there. */
export function totalsOf(states: readonly Pick<StepState, 'usage' | 'costUsd' | 'reused'>[]): { usage: Usage; costUsd: number | undefined } {
  const own = states.filter(({ reused }) => !reused);
  return { usage: own.map(({ usage }) => usage).reduce(addUsage, noUsage), costUsd: sumOfCosts(own.map(({ costUsd }) => costUsd)) };
}
