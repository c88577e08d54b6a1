import type { DraftStep } from '../draft';
import { textSetting, type StepProblem, type StepRules } from './step-rules';

export type DelayWay = 'duration' | 'time' | 'value';

/** The input that takes the place of a time in the settings. */
export const untilName = 'until';

const longestMs = 366 * 86_400_000;

export function wayOf({ settings, rows }: DraftStep): DelayWay {
  if (rows.some(({ name }) => name === untilName)) return 'value';
  return settings.until === undefined ? 'duration' : 'time';
}

export const delayRules: StepRules = {
  start: { durationMs: 60_000 },
  namesRows: false,
  hasParts: false,
  problems: (step) => problemsOf(step),
  fieldOf: () => 'delay',
};

function problemsOf(step: DraftStep): StepProblem[] {
  const { durationMs } = step.settings;
  const way = wayOf(step);
  if (way === 'duration' && !(typeof durationMs === 'number' && durationMs >= 1 && durationMs <= longestMs)) {
    return [{ field: 'delay', message: 'Say how long it waits, up to 366 days.', missing: durationMs === undefined || Number.isNaN(durationMs) }];
  }
  return way === 'time' && textSetting(step.settings, 'until') === '' ? [{ field: 'delay', message: 'Choose the time until which it waits.', missing: true }] : [];
}
