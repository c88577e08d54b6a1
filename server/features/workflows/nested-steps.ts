import { type StepDefinition, type WorkflowDefinition } from './definition.js';
import { mapSettingsSchema } from './step-types/map.step-type.js';

export interface PlacedStep {
  /** The keys of the MAP steps that it stands in, and its own, joined by `/`. */
  path: string;
  step: StepDefinition;
}

/** Every step, those within MAP steps too. */
export function allSteps(steps: readonly StepDefinition[], within = ''): PlacedStep[] {
  return steps.flatMap((step) => {
    const path = `${within}${step.key}`;
    const inner = step.type === 'MAP' ? allSteps(stepsOfMap(step), `${path}/`) : [];
    return [{ path, step }, ...inner];
  });
}

/** What runs for one item of a MAP step. @param scope the keys of the MAP steps, from the outermost; undefined: the whole workflow */
export function definitionWithin(definition: WorkflowDefinition, scope: readonly string[] | undefined): WorkflowDefinition {
  if (!scope) return definition;
  let steps = definition.steps;
  for (const key of scope) {
    const map = steps.find((step) => step.key === key);
    if (map?.type !== 'MAP') throw new Error(`There is no MAP step ${scope.join('/')} in the definition.`);
    steps = stepsOfMap(map);
  }
  return { inputs: [], maxParallel: definition.maxParallel, steps };
}

const known = new WeakMap<StepDefinition, StepDefinition[]>();

function stepsOfMap(step: StepDefinition): StepDefinition[] {
  const steps = known.get(step) ?? mapSettingsSchema.parse(step.settings).steps;
  known.set(step, steps);
  return steps;
}
