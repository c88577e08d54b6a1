import { type WorkflowDefinition } from './definition.js';
import { allSteps, type PlacedStep } from './nested-steps.js';
import { workflowSettingsSchema } from './step-types/workflow.step-type.js';

/** The WORKFLOW steps of a definition, and what they call. */
export function callsOf({ steps }: WorkflowDefinition): (PlacedStep & { workflowId: string })[] {
  return allSteps(steps)
    .filter(({ step }) => step.type === 'WORKFLOW')
    .map((placed) => ({ ...placed, workflowId: workflowSettingsSchema.parse(placed.step.settings).workflowId }));
}
