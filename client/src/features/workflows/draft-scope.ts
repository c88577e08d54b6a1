import type { StepType } from '../../gql/graphql';
import { emptyDraft, newInput, newRow, updateStep, type Draft, type DraftStep } from './draft';

/** The list that the steps within a step run for; they know it item by item only. */
export const itemsName = 'items';

/** A step that runs the steps within it for each item of a list. */
export const holdsSteps = (type: StepType): boolean => type === 'MAP';

/** What stands within a step, as a draft of its own: its inputs are the values that the step is given. */
export function draftWithin(step: DraftStep): Draft {
  const given = step.rows.filter(({ name }) => name !== itemsName);
  return { ...emptyDraft(), inputs: given.map(({ id, name }) => ({ ...newInput(name, 'JSON'), id })), steps: step.steps };
}

/** The draft after a change of what stands within one of its steps. An input that was added there becomes a value of the step. */
export function changeWithin(draft: Draft, stepId: string, change: (within: Draft) => Draft): Draft {
  return updateStep(draft, stepId, (step) => {
    const { inputs, steps } = change(draftWithin(step));
    const added = inputs.filter(({ id }) => !step.rows.some((row) => row.id === id));
    return { ...step, steps, rows: [...step.rows, ...added.map(({ id, name }) => ({ ...newRow(name), id }))] };
  });
}

/** The steps from the outermost to the one with this id; empty where there is none. */
export function pathTo(steps: readonly DraftStep[], id: string): DraftStep[] {
  for (const step of steps) {
    if (step.id === id) return [step];
    const within = pathTo(step.steps, id);
    if (within.length > 0) return [step, ...within];
  }
  return [];
}
