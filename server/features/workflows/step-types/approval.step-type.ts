import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepSurroundings, type StepType } from './step-type.js';
import { templateProblem, templateSchema } from './template.settings.js';

const longestWaitMs = 366 * 86_400_000;
const wait = `Give a whole number of milliseconds from 1 to ${longestWaitMs}.`;

export const approvalOutcomes = ['approved', 'rejected'] as const;

export const approvalSettingsSchema = settingsObject(
  {
    /** What is to be decided, in one line: Liquid over the step's inputs. */
    title: templateSchema.refine((title) => title.trim() !== '', 'Say in one line what is to be decided.'),
    /** What whoever decides should know: Liquid over the step's inputs. */
    instructions: templateSchema.optional(),
    /** Who may decide, and hand on the link by which others can. EDITOR: owners and editors. */
    approvers: z.enum(['EDITOR', 'OWNER'], 'Choose EDITOR or OWNER.').default('EDITOR'),
    /** Absent: it waits for as long as the run may. */
    deadlineMs: z.int(wait).min(1, wait).max(longestWaitMs, wait).optional(),
    /** What comes of it when nobody has decided by then; absent: FAIL. */
    onDeadline: z.enum(['APPROVE', 'REJECT', 'FAIL'], 'Choose APPROVE, REJECT or FAIL.').optional(),
    /** A JSON Schema of an object: what whoever approves fills in. */
    fields: z.record(z.string(), z.unknown(), 'Give a JSON Schema such as { "type": "object", "properties": { … } }.').optional(),
  },
  'Give an object such as { "title": "Publish this answer?" }.',
);

export class ApprovalStepType implements StepType {
  outcomes(): readonly string[] {
    return approvalOutcomes;
  }

  outputType(): string {
    return 'object';
  }

  async check({ settings: given, inputNames }: StepDraft, surroundings: StepSurroundings): Promise<CheckedStep> {
    const parsed = approvalSettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const { title, instructions = '', deadlineMs, onDeadline, fields } = parsed.data;
    const problems = [
      ...problem('title', templateProblem(title, inputNames)),
      ...problem('instructions', templateProblem(instructions, inputNames)),
      ...problem('fields', fields && (await formProblem(fields, surroundings))),
    ];
    if (onDeadline && deadlineMs === undefined) problems.push({ field: 'settings.onDeadline', message: 'This goes with `deadlineMs`. Say how long it waits, or leave it out.' });
    return { problems, settings: parsed.data };
  }
}

function problem(setting: string, message: string | undefined): FieldProblem[] {
  return message === undefined ? [] : [{ field: `settings.${setting}`, message }];
}

async function formProblem(fields: Record<string, unknown>, surroundings: StepSurroundings): Promise<string | undefined> {
  return fields.type === 'object' ? surroundings.schemaProblem(fields) : 'Describe an object: "type": "object".';
}
