import { expressionSchema } from './expression.settings.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepType } from './step-type.js';
import { templateProblem, templateSchema } from './template.settings.js';

export const transformSettingsSchema = settingsObject(
  {
    /** JSONata over an object of the step's inputs. */
    expression: expressionSchema.optional(),
    /** Instead: Liquid over the step's inputs, which makes a text. */
    template: templateSchema.optional(),
  },
  'Give an object such as { "expression": "$uppercase(text)" } or { "template": "Dear {{ name }}" }.',
);

export class TransformStepType implements StepType {
  outputType(settings: unknown): string | undefined {
    const parsed = transformSettingsSchema.safeParse(settings);
    return parsed.data?.template === undefined ? undefined : 'string';
  }

  async check({ settings: given, inputNames }: StepDraft): Promise<CheckedStep> {
    const parsed = transformSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const { expression, template } = parsed.data;
    if (template === undefined) {
      return { problems: expression === undefined ? [{ field: 'settings.expression', message: 'Write a JSONata expression, or a Liquid `template`.' }] : [], settings: parsed.data };
    }
    if (expression !== undefined) return { problems: [{ field: 'settings.template', message: 'Give `expression` or `template`, not both.' }], settings: parsed.data };
    const problem = templateProblem(template, inputNames);
    return { problems: problem === undefined ? [] : [{ field: 'settings.template', message: problem }], settings: parsed.data };
  }
}
