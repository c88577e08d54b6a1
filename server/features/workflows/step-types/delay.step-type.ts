import { z } from 'zod';
import { settingsObject, settingsProblems } from './settings.js';
import { type CheckedStep, type StepDraft, type StepType } from './step-type.js';

const longestDelayMs = 366 * 86_400_000;
const duration = `Give a whole number of milliseconds from 1 to ${longestDelayMs}.`;

export const delaySettingsSchema = settingsObject(
  {
    durationMs: z.int(duration).min(1, duration).max(longestDelayMs, duration).optional(),
    /** An instant. An input named `until` takes its place. */
    until: z.iso.datetime({ offset: true, error: 'Give a time such as 2026-03-01T09:00:00Z.' }).optional(),
  },
  'Give an object such as { "durationMs": 60000 }.',
);

export class DelayStepType implements StepType {
  outputType(): string {
    return 'string';
  }

  async check({ settings: given, inputNames }: StepDraft): Promise<CheckedStep> {
    const parsed = delaySettingsSchema.safeParse(given);
    if (!parsed.success) return { problems: settingsProblems(parsed.error), settings: given };
    const { durationMs, until } = parsed.data;
    const ways = [durationMs !== undefined, until !== undefined || inputNames.includes('until')].filter(Boolean).length;
    const problems = ways === 1 ? [] : [{ field: 'settings', message: 'Say how long the step waits, or until when: in the settings, or by an input named "until".' }];
    return { problems, settings: parsed.data };
  }
}
