import { delaySettingsSchema } from '../../workflows/step-types/delay.step-type.js';
import { StepError } from '../step-failure.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';

const longestDelayMs = 366 * 86_400_000;

/** Waits for a while, or until a time, and holds no worker meanwhile. */
export class DelayStepRunner implements StepRunner {
  async prepare({ step, input, now }: StepWork): Promise<PreparedStep> {
    const { durationMs, until } = delaySettingsSchema.parse(step.settings);
    const time = durationMs === undefined ? timeOf(input.until ?? until) : new Date(now().getTime() + durationMs);
    if (time.getTime() - now().getTime() > longestDelayMs) throw new StepError('BAD_TIME', 'The time is more than a year ahead. Give an earlier one.');
    if (time.getTime() <= now().getTime()) return done(time);
    return { kind: 'wait', wait: { reason: 'DELAY', data: { until: time.toISOString() } }, until: time };
  }

  async resume({ now }: StepWork): Promise<PreparedStep> {
    return done(now());
  }
}

function done(at: Date): PreparedStep {
  return { kind: 'done', result: { output: at.toISOString() } };
}

function timeOf(text: unknown): Date {
  const time = new Date(typeof text === 'string' ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) throw new StepError('BAD_TIME', `"${String(text)}" is no time. Give one such as 2026-03-01T09:00:00Z.`);
  return time;
}
