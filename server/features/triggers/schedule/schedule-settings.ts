import { z } from 'zod';
import { CronError } from './cron-error.js';
import { parseCron } from './parse-cron.js';
import { UnknownZoneError, ZoneClock } from './zone-clock.js';

/** A cron expression as it was written, without the white space around it. */
export const cronText = checkedText(parseCron, CronError);

/** The name of a time zone. */
export const zoneName = checkedText((zone) => ZoneClock.of(zone), UnknownZoneError);

/** What becomes of due times that passed while nothing ran. */
const missedPolicies = ['SKIP', 'ONCE', 'ALL'] as const;

/** The settings of a SCHEDULED trigger. */
export const scheduleSettings = z.strictObject({
  cron: cronText,
  timeZone: zoneName.default('UTC'),
  missed: z.enum(missedPolicies, { error: 'Choose SKIP, ONCE or ALL.' }).default('ONCE'),
  /** How many of the missed due times run, the newest of them, where all should. */
  missedLimit: wholeNumber(1, 100).default(10),
  /** Up to how much later than it is due a run begins, so that schedules which are due together spread out. */
  jitterSeconds: wholeNumber(0, 3600).default(0),
});

export type ScheduleSettings = z.output<typeof scheduleSettings>;

function wholeNumber(least: number, most: number) {
  const error = `Give a whole number from ${least} to ${most.toLocaleString('en-US')}.`;
  return z.int({ error }).min(least, error).max(most, error);
}

function checkedText(check: (text: string) => unknown, Problem: typeof CronError | typeof UnknownZoneError) {
  return z
    .string({ error: 'Give a text.' })
    .trim()
    .superRefine((text, context) => {
      try {
        check(text);
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    });
}
