import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { exactText } from '../../../input.js';
import { checkExpression } from '../../../sandbox/expression.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type StepDraft, type StepType } from './step-type.js';

const longestExpression = 10_000;

export const transformSettingsSchema = settingsObject(
  {
    /** JSONata over an object of the step's inputs. */
    expression: z
      .string('Write a JSONata expression.')
      .pipe(exactText())
      .refine((text) => text.trim() !== '', 'Write a JSONata expression.')
      .refine((text) => text.length <= longestExpression, `Keep this to ${longestExpression} characters.`),
  },
  'Give an object such as { "expression": "$uppercase(text)" }.',
);

export class TransformStepType implements StepType {
  async check({ settings: given }: StepDraft): Promise<{ problems: FieldProblem[]; settings: unknown }> {
    const parsed = transformSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const problem = checkExpression(parsed.data.expression);
    return { problems: problem ? [{ field: 'settings.expression', message: problem }] : [], settings: parsed.data };
  }
}
