import { type WorkflowDefinition } from '../workflows/definition.js';
import { noUsage, type StepState, type Usage } from './execution.types.js';

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
export function totalsOf(states: readonly StepState[]): { usage: Usage; costUsd: number | undefined } {
  const own = states.filter(({ reused }) => !reused);
  const costs = own.flatMap(({ costUsd }) => costUsd ?? []);
  return { usage: own.map(({ usage }) => usage).reduce(addUsage, noUsage), costUsd: costs.length > 0 ? costs.reduce((sum, cost) => sum + cost, 0) : undefined };
}

function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    cachedInputTokens: one.cachedInputTokens + other.cachedInputTokens,
    reasoningTokens: one.reasoningTokens + other.reasoningTokens,
  };
}
