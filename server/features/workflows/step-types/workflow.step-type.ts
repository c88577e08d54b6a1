import { z } from 'zod';
import { isId } from '../../../input.js';
import { type InputDefinition } from '../definition.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepSurroundings, type StepType } from './step-type.js';

const chooseWorkflow = 'Choose a workflow.';

export const workflowSettingsSchema = settingsObject(
  {
    /** Its newest version runs, as it was when the run started. */
    workflowId: z.string(chooseWorkflow).refine(isId, chooseWorkflow),
  },
  'Give an object such as { "workflowId": "…" }.',
);

export class WorkflowStepType implements StepType {
  async check({ settings: given, inputNames }: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep> {
    const parsed = workflowSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const called = await surroundings.workflow(parsed.data.workflowId);
    const problems = called.problem === undefined ? mappingProblems(called.inputs, inputNames) : [{ field: 'settings.workflowId', message: called.problem }];
    return { problems, settings: parsed.data };
  }
}

function mappingProblems(inputs: readonly InputDefinition[], given: readonly string[]) {
  const names = inputs.map(({ name }) => name);
  const missing = inputs
    .filter(({ name, required, defaultValue }) => required && (defaultValue ?? null) === null && !given.includes(name))
    .map(({ name }) => ({ field: 'inputs', message: `The workflow's input "${name}" has no value: add an input of this name.` }));
  const has = names.length > 0 ? `It has ${names.join(', ')}.` : 'It has none: take this input out.';
  const unknown = given.flatMap((name, index) => (names.includes(name) ? [] : [{ field: `inputs.${index}.name`, message: `The workflow has no input "${name}". ${has}` }]));
  return [...missing, ...unknown];
}
