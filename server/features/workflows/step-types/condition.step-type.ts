import { expressionSchema } from './expression.settings.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepType } from './step-type.js';

export const conditionSettingsSchema = settingsObject(
  {
    /** JSONata over an object of the step's inputs; its truth is the outcome. */
    expression: expressionSchema,
  },
  'Give an object such as { "expression": "score > 0.8" }.',
);

export class ConditionStepType implements StepType {
  outcomes(): readonly string[] {
    return ['true', 'false'];
  }

  outputType(): string {
    return 'boolean';
  }

  async check({ settings: given }: StepDraft): Promise<CheckedStep> {
    const parsed = conditionSettingsSchema.safeParse(given);
    return parsed.success ? { problems: [], settings: parsed.data } : { problems: settingsProblems(parsed.error), settings: given };
  }
}
