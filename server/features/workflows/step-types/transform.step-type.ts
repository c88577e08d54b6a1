import { expressionSchema } from './expression.settings.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepType } from './step-type.js';

export const transformSettingsSchema = settingsObject(
  {
    /** JSONata over an object of the step's inputs. */
    expression: expressionSchema,
  },
  'Give an object such as { "expression": "$uppercase(text)" }.',
);

export class TransformStepType implements StepType {
  async check({ settings: given }: StepDraft): Promise<CheckedStep> {
    const parsed = transformSettingsSchema.safeParse(given);
    return parsed.success ? { problems: [], settings: parsed.data } : { problems: settingsProblems(parsed.error), settings: given };
  }
}
