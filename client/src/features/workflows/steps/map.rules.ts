import * as z from 'zod/mini';
import type { DraftStep } from '../draft';
import { itemsName } from '../draft-scope';
import { fieldBy, type StepProblem, type StepRules } from './step-rules';

const mapSettingsSchema = z.object({
  maxParallel: z.catch(z.number(), 4),
  onItemError: z.catch(z.enum(['STOP', 'CONTINUE']), 'STOP'),
});

export const mapSettings = (settings: DraftStep['settings']) => mapSettingsSchema.parse(settings);

/** What the steps within are told in any case. */
const ownNames = ['item', 'index'];

export const mapRules: StepRules = {
  start: { maxParallel: 4, onItemError: 'STOP' },
  rows: [itemsName],
  namesRows: true,
  hasParts: true,
  problems: (step) => problemsOf(step),
  fieldOf: fieldBy([['maxParallel', 'maxParallel'], ['onItemError', 'onItemError']], 'steps'),
};

function problemsOf({ steps, rows, settings }: DraftStep): StepProblem[] {
  const { maxParallel } = mapSettings(settings);
  const problems: StepProblem[] = rows
    .filter(({ name }) => ownNames.includes(name.trim()))
    .map(({ id, name }) => ({ field: `rows.${id}.name`, message: `The steps have an ${name.trim()} already. Choose another name.` }));
  if (!rows.some(({ name }) => name === itemsName)) problems.push({ field: 'rows', message: 'Choose the list that the steps run for.' });
  if (steps.length === 0) problems.push({ field: 'steps', message: 'Add at least one step that runs for each item.', missing: true });
  if (!(maxParallel >= 1 && maxParallel <= 16)) problems.push({ field: 'maxParallel', message: 'Allow 1 to 16.' });
  return problems;
}
