import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { isId } from '../../../input.js';
import { messageRoles, modelSettingsSchema, type PromptVariable } from '../../prompts/content/content.js';
import { type ModelCatalogue } from '../../prompts/content/model-catalogue.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepSurroundings, type StepType } from './step-type.js';

const placeName = z.string().min(1, 'Give a name.').max(100, 'This is no name.');

/** A label, a version's number, or a branch, exactly one. */
export const promptPlaceSchema = z
  .strictObject({ label: placeName.optional(), version: placeName.optional(), branch: placeName.optional() }, 'Give an object such as { "label": "production" }.')
  .refine((place) => Object.values(place).length === 1, 'Give one of label, version and branch.');

export type PromptPlace = z.infer<typeof promptPlaceSchema>;

const inlineSchema = z.strictObject(
  {
    messages: z.array(z.strictObject({ role: z.enum(messageRoles), content: z.string() })),
    /** A JSON Schema that the answer must fit. */
    outputSchema: z.record(z.string(), z.unknown()).optional(),
  },
  'Give an object such as { "messages": [{ "role": "USER", "content": "…" }] }.',
);

const choosePrompt = 'Choose a prompt.';
const mostRepairs = 'Give a whole number from 0 to 3.';

export const promptSettingsSchema = settingsObject(
  {
    promptId: z.string(choosePrompt).refine(isId, choosePrompt).optional(),
    /** Which version of the prompt; absent: the newest on `main`. */
    at: promptPlaceSchema.optional(),
    /** Instead of a prompt of the library. */
    inline: inlineSchema.optional(),
    /** Instead of the prompt's own. */
    model: modelSettingsSchema.optional(),
    /** Several models: all asked, or one after the other until one answers. */
    models: z.array(modelSettingsSchema).min(2, 'Give at least 2 models.').max(4, 'Give at most 4 models.').optional(),
    mode: z.enum(['PARALLEL', 'FALLBACK'], 'Choose PARALLEL or FALLBACK.').optional(),
    /** How often a model may be asked again whose answer does not fit the output schema; absent: once. */
    repairs: z.int(mostRepairs).min(0, mostRepairs).max(3, mostRepairs).optional(),
  },
  'Give an object such as { "promptId": "…" }.',
);

export type PromptSettings = z.infer<typeof promptSettingsSchema>;

/** What a step runs, as its settings say it. */
export type PromptSource = Pick<PromptSettings, 'promptId' | 'at' | 'inline'>;

export class PromptStepType implements StepType {
  constructor(private readonly models: ModelCatalogue) {}

  outputType(settings: unknown): string | undefined {
    const parsed = promptSettingsSchema.safeParse(settings);
    if (parsed.data?.mode === 'PARALLEL') return 'array';
    const inline = parsed.data?.inline;
    if (!inline) return undefined;
    if (!inline.outputSchema) return 'string';
    return typeof inline.outputSchema['type'] === 'string' ? inline.outputSchema['type'] : undefined;
  }

  async check({ settings: given, inputNames }: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep> {
    const parsed = promptSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const { promptId, at, inline } = parsed.data;
    const problems = [...sourceProblems(parsed.data), ...this.modelProblems(parsed.data)];
    if (promptId !== undefined || inline) {
      const found = await surroundings.prompt({ promptId, at, inline });
      if (found.content) problems.push(...mappingProblems(found.content.variables, inputNames, found.name));
      problems.push(...found.problems.map(({ field, message }) => ({ field: `settings.${field}`, message })));
    }
    return { problems, settings: parsed.data };
  }

  private modelProblems({ inline, model, models, mode }: PromptSettings): FieldProblem[] {
    const problems: FieldProblem[] = [];
    if (model && models) problems.push({ field: 'settings.models', message: 'Give `model` or `models`, not both.' });
    if (models && !mode) problems.push({ field: 'settings.mode', message: 'Say whether all models answer, PARALLEL, or each only when those before it could not, FALLBACK.' });
    if (mode && !models) problems.push({ field: 'settings.mode', message: 'This goes with `models`. Give at least 2, or leave it out.' });
    if (inline && !model && !models) problems.push({ field: 'settings.model', message: 'Choose a model.' });
    const named = [...(model ? [{ field: 'settings.model.model', id: model.model }] : []), ...(models ?? []).map((each, index) => ({ field: `settings.models.${index}.model`, id: each.model }))];
    for (const { field, id } of named) {
      if (!this.models.hasModel(id)) problems.push({ field, message: `There is no model named ${id}. Choose one that \`models\` lists.` });
    }
    return problems;
  }
}

function sourceProblems({ promptId, at, inline }: PromptSettings): FieldProblem[] {
  if (promptId === undefined && !inline) return [{ field: 'settings.promptId', message: choosePrompt }];
  if (promptId !== undefined && inline) return [{ field: 'settings.inline', message: 'Choose a prompt or write one here, not both.' }];
  return at && inline ? [{ field: 'settings.at', message: 'This goes with a prompt of the library. Leave it out.' }] : [];
}

function mappingProblems(variables: readonly PromptVariable[], inputNames: readonly string[], prompt: string): FieldProblem[] {
  const wanted = variables.map(({ name }) => name);
  const missing = variables
    .filter(({ name, required, defaultValue }) => required && defaultValue === undefined && !inputNames.includes(name))
    .map(({ name }) => ({ field: 'inputs', message: `The prompt's variable "${name}" has no value: add an input of this name.` }));
  const unknown = inputNames.flatMap((name, index) =>
    wanted.includes(name) ? [] : [{ field: `inputs.${index}.name`, message: `${prompt} has no variable "${name}". ${choice(wanted)}` }],
  );
  return [...missing, ...unknown];
}

function choice(wanted: readonly string[]): string {
  return wanted.length > 0 ? `It has ${wanted.join(', ')}.` : 'It has none: take this input out.';
}
