import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { isId } from '../../../input.js';
import { modelSettingsSchema } from '../../prompts/content/content.js';
import { type ModelCatalogue } from '../../prompts/content/model-catalogue.js';
import { type PromptVersionRecord } from '../../prompts/prompt.service.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepSurroundings, type StepType } from './step-type.js';

export const promptSettingsSchema = settingsObject(
  {
    promptId: z.string('Choose a prompt.').refine(isId, 'Choose a prompt.'),
    /** Instead of the prompt's own. */
    model: modelSettingsSchema.optional(),
  },
  'Give an object such as { "promptId": "…" }.',
);

export class PromptStepType implements StepType {
  constructor(private readonly models: ModelCatalogue) {}

  async check({ settings: given, inputNames }: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep> {
    const parsed = promptSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const { promptId, model } = parsed.data;
    const problems: FieldProblem[] = [];
    if (model && !this.models.hasModel(model.model)) {
      problems.push({ field: 'settings.model.model', message: `There is no model named ${model.model}. Choose one that \`models\` lists.` });
    }
    const head = await surroundings.promptHead(promptId);
    if (head) problems.push(...mappingProblems(head, inputNames));
    else problems.push({ field: 'settings.promptId', message: 'This workspace has no such prompt. Choose another one.' });
    return { problems, settings: parsed.data };
  }
}

function mappingProblems({ variables, version }: PromptVersionRecord, inputNames: readonly string[]): FieldProblem[] {
  const wanted = variables.map(({ name }) => name);
  const missing = variables
    .filter(({ name, required, defaultValue }) => required && defaultValue === undefined && !inputNames.includes(name))
    .map(({ name }) => ({ field: 'inputs', message: `The prompt's variable "${name}" has no value: add an input of this name.` }));
  const unknown = inputNames.flatMap((name, index) =>
    wanted.includes(name) ? [] : [{ field: `inputs.${index}.name`, message: `Version ${version} of the prompt has no variable "${name}". ${choice(wanted)}` }],
  );
  return [...missing, ...unknown];
}

function choice(wanted: readonly string[]): string {
  return wanted.length > 0 ? `It has ${wanted.join(', ')}.` : 'It has none: take this input out.';
}
