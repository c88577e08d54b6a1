import { isDeepStrictEqual } from 'node:util';
import { type StepDefinition } from '../../workflows/definition.js';
import { type StepState } from '../execution.types.js';

/** What an execution did, and what its repetition is to do. */
export interface Repetition {
  /** As they ran. */
  before: readonly StepDefinition[];
  /** As they are to run. */
  after: readonly StepDefinition[];
  states: readonly StepState[];
  /** Keys of steps that are to run in any case. */
  again: readonly string[];
}

/**
 * The keys of the steps whose results are taken over: those that completed, are still defined as they were, and hang on no step that runs again.
 * Skipped ones are not among them: whether they are skipped follows from those that they hang on.
 */
export function keptSteps({ before, after, states, again }: Repetition): Set<string> {
  const definitions = new Map(before.map((step) => [step.key, step]));
  const statuses = new Map(states.map(({ key, status }) => [key, status]));
  const isStale = (step: StepDefinition) => {
    const status = statuses.get(step.key);
    return (status !== 'COMPLETED' && status !== 'SKIPPED') || !isDeepStrictEqual(step, definitions.get(step.key));
  };
  const running = withDependents(after, [...again, ...after.filter(isStale).map(({ key }) => key)]);
  return new Set(after.map(({ key }) => key).filter((key) => !running.has(key) && statuses.get(key) === 'COMPLETED'));
}

/** The steps, and those that wait for them, follow from what they decide, or handle their failure, directly or by way of others. */
function withDependents(steps: readonly StepDefinition[], keys: readonly string[]): Set<string> {
  const found = new Set(keys);
  for (const key of found) {
    const handler = steps.find((step) => step.key === key)?.onError.handler;
    if (handler !== undefined) found.add(handler);
    for (const step of steps) if (hangsOn(step, key)) found.add(step.key);
  }
  return found;
}

function hangsOn({ dependsOn, branches }: StepDefinition, key: string): boolean {
  return dependsOn.includes(key) || branches.some(({ step }) => step === key);
}
