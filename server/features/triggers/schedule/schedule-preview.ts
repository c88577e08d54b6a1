import { type ClockChange, type ScheduledTime } from '../../../../schema/schedules.js';
import { type CronExpression } from './cron-expression.js';
import { type DueTime, nextDues } from './due-times.js';
import { localText, offsetText, timeText } from './local-text.js';
import { type ZoneClock } from './zone-clock.js';

const minute = 60_000;
const day = 86_400_000;

/** @returns the next due times as people read them */
export function scheduledTimes(expression: CronExpression, clock: ZoneClock, after: number, count: number): ScheduledTime[] {
  return nextDues(expression, clock, after, count).map((due) => ({
    dueAt: new Date(due.at),
    localTime: localText(due.at + clock.offsetAt(due.at)),
    offset: offsetText(clock.offsetAt(due.at)),
    clockChange: clockChangeOn(clock, due.local),
    note: noteOf(expression, clock, due),
  }));
}

/** @returns how the clocks change on the day of a local time, undefined where they don't */
function clockChangeOn(clock: ZoneClock, local: number): ClockChange | undefined {
  const midnight = Math.floor(local / day) * day;
  const spans = clock.spans(clock.firstShowing(midnight) - 1, clock.firstShowing(midnight + day));
  const index = spans.findIndex((span, at) => at > 0 && spans[at - 1]?.offset !== span.offset);
  const [before, after] = [spans[index - 1], spans[index]];
  if (!before || !after) return undefined;
  const change = (after.offset - before.offset) / minute;
  const [from, to] = [timeText(after.from + before.offset), timeText(after.from + after.offset)];
  return { at: new Date(after.from), minutes: change, description: `The clocks go ${change > 0 ? 'forward' : 'back'} from ${from} to ${to}.` };
}

function noteOf(expression: CronExpression, clock: ZoneClock, { at, local }: DueTime): string | undefined {
  const shown = at + clock.offsetAt(at);
  if (shown !== local) return `There is no ${timeText(local)} on this day: due at ${timeText(shown)}, when the clocks go forward.`;
  const again = clock.spans(at, at + day).some((span) => span.from > at && span.from + span.offset <= local && local < span.to + span.offset);
  return again && !expression.everyHour ? `${timeText(local)} comes twice on this day: due the first time.` : undefined;
}
