import { type CronDays } from './cron-days.js';
import { type CronField } from './cron-field.js';

/** A cron expression, ready to be searched. */
export interface CronExpression {
  /** Its fields as text, seconds first, macros written out. */
  fields: readonly string[];
  seconds: CronField;
  minutes: CronField;
  hours: CronField;
  months: CronField;
  days: CronDays;
  /** Whether it is an interval rather than a time of the day: its hour field allows all hours. */
  everyHour: boolean;
}
