import { z } from 'zod';
import { type PreviewScheduleInput, type SchedulePreview } from '../../../../schema/schedules.js';
import { parseInput } from '../../../input.js';
import { wordsOf } from './cron-words.js';
import { parseCron } from './parse-cron.js';
import { scheduledTimes } from './schedule-preview.js';
import { cronText, zoneName } from './schedule-settings.js';
import { ZoneClock } from './zone-clock.js';

const previewInput = z.object({ cron: cronText, timeZone: zoneName, after: z.date().nullish() });
const count = 10;

/** Says when a schedule would be due, before anything is saved. */
export class SchedulePreviews {
  constructor(private readonly now: () => Date) {}

  /** @throws InvalidInputError naming the field and what is wrong with it */
  preview(input: PreviewScheduleInput): SchedulePreview {
    const { cron, timeZone, after } = parseInput(previewInput, input, 'input');
    const expression = parseCron(cron);
    return { description: wordsOf(expression), times: scheduledTimes(expression, ZoneClock.of(timeZone), (after ?? this.now()).getTime(), count) };
  }
}
