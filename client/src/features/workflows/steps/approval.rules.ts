import * as z from 'zod/mini';
import type { DraftStep } from '../draft';
import { fieldsOf } from './approval-form';
import { fieldBy, type StepProblem, type StepRules } from './step-rules';

const approvalSettingsSchema = z.object({
  title: z.catch(z.string(), ''),
  instructions: z.catch(z.string(), ''),
  approvers: z.catch(z.enum(['EDITOR', 'OWNER']), 'EDITOR'),
  /** NaN while nothing is typed. */
  deadlineMs: z.catch(z.optional(z.union([z.number(), z.nan()])), undefined),
  onDeadline: z.catch(z.enum(['FAIL', 'APPROVE', 'REJECT']), 'FAIL'),
  fields: z.optional(z.unknown()),
});

export const approvalSettings = (settings: DraftStep['settings']) => approvalSettingsSchema.parse(settings);

const longestMs = 366 * 86_400_000;

export const approvalRules: StepRules = {
  start: { title: '' },
  namesRows: true,
  hasParts: true,
  problems: ({ settings }) => problemsOf(settings),
  fieldOf: fieldBy([['instructions', 'instructions'], ['deadlineMs', 'deadline'], ['onDeadline', 'deadline'], ['fields', 'fields']], 'title'),
  outcomes: () => ['approved', 'rejected'],
};

function problemsOf(settings: DraftStep['settings']): StepProblem[] {
  const { title, deadlineMs, fields } = approvalSettings(settings);
  const problems: StepProblem[] = [];
  if (title.trim() === '') problems.push({ field: 'title', message: 'Say in one line what is to be decided.', missing: true });
  if (deadlineMs !== undefined && !(deadlineMs >= 1 && deadlineMs <= longestMs)) {
    problems.push({ field: 'deadline', message: 'Say how long it waits, up to 366 days.', missing: Number.isNaN(deadlineMs) });
  }
  if (typeof fields === 'string') problems.push({ field: 'fields', message: 'This is no JSON object yet.' });
  const asked = fieldsOf(fields);
  if (asked?.length === 0) problems.push({ field: 'fields', message: 'Add what is to be filled in, or turn the form off.', missing: true });
  const without = asked?.find(({ kind, choices }) => kind === 'choice' && choices.length === 0);
  if (without) problems.push({ field: 'fields', message: `Give “${without.name}” something to choose from.`, missing: true });
  return problems;
}
