import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

@ObjectType({ description: 'A turn of the clocks, for summer time or by a decision of a government.' })
export class ClockChange {
  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => Int, { description: 'How far the clocks go forward; negative where they go back.' })
  minutes!: number;

  @Field(() => String, { description: 'In words: from which local time to which.' })
  description!: string;
}

@ObjectType({ description: 'A due time of a schedule, as the clock of its time zone shows it.' })
export class ScheduledTime {
  @Field(() => DateTimeScalar)
  dueAt!: Date;

  @Field(() => String, { description: 'What the clock shows then, such as 2027-03-28T03:00:00.' })
  localTime!: string;

  @Field(() => String, { description: 'How far the clock is ahead of UTC then, such as +02:00.' })
  offset!: string;

  @Field(() => ClockChange, { nullable: true, description: 'That of this day, if the clocks change on it.' })
  clockChange?: ClockChange | undefined;

  @Field(() => String, { nullable: true, description: 'What becomes of a local time that the clocks skip or show twice on this day.' })
  note?: string | undefined;
}

@ObjectType({ description: 'What a schedule would do.' })
export class SchedulePreview {
  @Field(() => String, { description: 'The expression in words, such as: At 09:00, Monday through Friday.' })
  description!: string;

  @Field(() => [ScheduledTime], { description: 'The next ten due times.' })
  times!: ScheduledTime[];
}

@InputType()
export class PreviewScheduleInput {
  @Field(() => String, {
    description:
      'Five fields (minute, hour, day of the month, month, weekday), six with seconds first, or one of @hourly, @daily, @weekly, @monthly and @yearly. A local time that the clocks skip is due once, when the gap ends; one that they show twice is due the first time, except that an expression which allows every hour goes on.',
  })
  cron!: string;

  @Field(() => String, { defaultValue: 'UTC', description: 'An IANA name, such as Europe/Berlin.' })
  timeZone!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Due times after this; now when absent.' })
  after?: Date | null;
}
