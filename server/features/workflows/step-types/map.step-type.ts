import { z } from 'zod';
import { stepSchema } from '../definition.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepSurroundings, type StepType } from './step-type.js';

const parallelRule = 'Give a whole number from 1 to 16.';
const example = 'Give an object such as { "steps": [{ "key": "title", "name": "Title", "type": "TRANSFORM", "settings": { … } }] }.';
const mostSteps = 50;

const shape = {
  /** Items that may be under way at the same time. */
  maxParallel: z.int(parallelRule).min(1, parallelRule).max(16, parallelRule).default(4),
  /** STOP: the step fails with the first item that does. CONTINUE: such an item's output is null. */
  onItemError: z.enum(['STOP', 'CONTINUE'], 'Choose STOP or CONTINUE.').default('STOP'),
};

const draftSchema = settingsObject({ ...shape, steps: z.array(z.unknown(), 'Give a list of steps.').min(1, 'Add a step.').max(mostSteps, `Keep this to ${mostSteps} steps.`) }, example);

/** As they are stored. */
export const mapSettingsSchema = settingsObject({ ...shape, steps: z.array(stepSchema) }, example);

/** What the steps of a MAP are told beside its inputs. */
const ownNames = ['item', 'index'];

export class MapStepType implements StepType {
  outputType(): string {
    return 'array';
  }

  async check({ settings: given, inputNames }: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep> {
    const problems = [
      ...(inputNames.includes('items') ? [] : [{ field: 'inputs', message: 'Add an input named "items": the list that the steps run for.' }]),
      ...inputNames.flatMap((name, index) => (ownNames.includes(name) ? [{ field: `inputs.${index}.name`, message: `The steps have an "${name}" already. Choose another name.` }] : [])),
    ];
    const parsed = draftSchema.safeParse(given);
    if (!parsed.success) return { problems: [...problems, ...settingsProblems(parsed.error)], settings: given };
    const nested = await surroundings.steps(
      parsed.data.steps,
      inputNames.filter((name) => name !== 'items'),
    );
    return { problems: [...problems, ...nested.problems.map(({ field, message }) => ({ field: `settings.${field}`, message }))], settings: { ...parsed.data, steps: nested.steps } };
  }
}
