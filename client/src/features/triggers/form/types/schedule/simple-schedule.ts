/** What the simple form can say of when a workflow runs. Each is written as one cron expression. */
export type SimpleSchedule =
  | { repeat: 'minutes'; every: number }
  | { repeat: 'hourly'; minute: number }
  | { repeat: 'daily'; time: string }
  | { repeat: 'workdays'; time: string }
  /** Weekdays from 0 = Sunday to 6, at least one of them. */
  | { repeat: 'weekly'; days: number[]; time: string }
  /** A day from 1 to 31, which months that lack it skip, or the last one. */
  | { repeat: 'monthly'; day: number | 'last'; time: string };

export type Repeat = SimpleSchedule['repeat'];

/** Those that divide the hour: others would not be the same distance apart where it ends. */
export const minuteSteps = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];

export const weekdayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const macros: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
};

export function cronOf(schedule: SimpleSchedule): string {
  switch (schedule.repeat) {
    case 'minutes':
      return schedule.every === 1 ? '* * * * *' : `*/${schedule.every} * * * *`;
    case 'hourly':
      return `${schedule.minute} * * * *`;
    case 'daily':
      return `${timeFields(schedule.time)} * * *`;
    case 'workdays':
      return `${timeFields(schedule.time)} * * 1-5`;
    case 'weekly':
      return `${timeFields(schedule.time)} * * ${schedule.days.toSorted((one, other) => one - other).join()}`;
    case 'monthly':
      return `${timeFields(schedule.time)} ${schedule.day === 'last' ? 'L' : schedule.day} * *`;
  }
}

/** @returns what an expression says in the words of the simple form; undefined where it says more than those can */
export function simpleOf(cron: string): SimpleSchedule | undefined {
  const written = cron.trim();
  const fields = (macros[written.toLowerCase()] ?? written).split(/\s+/);
  if (fields.length === 6 && fields[0] === '0') fields.shift();
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (fields.length !== 5 || month !== '*') return undefined;
  if (hour === '*') return day === '*' && weekday === '*' ? withinHours(minute) : undefined;
  const time = timeOf(hour, minute);
  if (time === undefined) return undefined;
  if (weekday !== '*') return day === '*' ? onWeekdays(weekday, time) : undefined;
  if (day === '*') return { repeat: 'daily', time };
  if (day.toUpperCase() === 'L') return { repeat: 'monthly', day: 'last', time };
  const number = numberOf(day, 1, 31);
  return number === undefined ? undefined : { repeat: 'monthly', day: number, time };
}

function withinHours(minute: string): SimpleSchedule | undefined {
  if (minute === '*') return { repeat: 'minutes', every: 1 };
  const step = minute.startsWith('*/') ? numberOf(minute.slice(2), 1, 59) : undefined;
  if (step !== undefined) return minuteSteps.includes(step) ? { repeat: 'minutes', every: step } : undefined;
  const at = numberOf(minute, 0, 59);
  return at === undefined ? undefined : { repeat: 'hourly', minute: at };
}

function onWeekdays(text: string, time: string): SimpleSchedule | undefined {
  if (/^(1-5|mon-fri)$/i.test(text)) return { repeat: 'workdays', time };
  const days = text.split(',').map(weekdayOf);
  if (days.some((day) => day === undefined)) return undefined;
  return { repeat: 'weekly', days: [...new Set(days.flatMap((day) => day ?? []))].sort((one, other) => one - other), time };
}

function weekdayOf(text: string): number | undefined {
  const named = weekdayNames.findIndex((name) => name.slice(0, 3).toUpperCase() === text.toUpperCase());
  if (named >= 0) return named;
  const number = numberOf(text, 0, 7);
  return number === undefined ? undefined : number % 7;
}

/** `9:05` of the form as cron has it: `5 9`. */
function timeFields(time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return `${minute} ${hour}`;
}

function timeOf(hour: string, minute: string): string | undefined {
  const [hours, minutes] = [numberOf(hour, 0, 23), numberOf(minute, 0, 59)];
  return hours === undefined || minutes === undefined ? undefined : `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

function numberOf(text: string, low: number, high: number): number | undefined {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= low && number <= high ? number : undefined;
}
