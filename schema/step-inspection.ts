import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ExecutionError, ExecutionStatus } from './executions.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';
import { StepWaitReason } from './step-waits.js';

export enum StepAttemptOutcome {
  RUNNING = 'RUNNING',
  WAITING = 'WAITING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
  UNKNOWN = 'UNKNOWN',
}

registerEnumType(StepAttemptOutcome, {
  name: 'StepAttemptOutcome',
  description: 'RUNNING and WAITING: it has not ended. UNKNOWN: its process ended in the middle of it.',
});

@ObjectType({ description: 'A time for which an attempt held no worker.' })
export class StepAttemptWait {
  @Field(() => StepWaitReason)
  reason!: `${StepWaitReason}`;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while it waits.' })
  finishedAt?: Date | undefined;
}

@ObjectType()
export class StepAttempt {
  @Field(() => Int, { description: '1 for the first.' })
  number!: number;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while it has not ended.' })
  finishedAt?: Date | undefined;

  @Field(() => StepAttemptOutcome)
  outcome!: `${StepAttemptOutcome}`;

  @Field(() => ExecutionError, { nullable: true })
  error?: ExecutionError | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of a FAILED one: from when on the next one was due.' })
  retryAt?: Date | undefined;

  @Field(() => [StepAttemptWait])
  waits!: StepAttemptWait[];
}

enum LogLevel {
  DEBUG = 'debug',
  INFO = 'info',
  WARN = 'warn',
  ERROR = 'error',
}

registerEnumType(LogLevel, { name: 'LogLevel' });

@ObjectType()
export class StepLog {
  @Field(() => Int, { description: 'Of the event that it was told with.' })
  seq!: number;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => Int)
  attempt!: number;

  @Field(() => LogLevel)
  level!: 'debug' | 'info' | 'warn' | 'error';

  @Field(() => String)
  message!: string;

  @Field(() => JsonScalar, { description: 'An object.' })
  fields!: unknown;
}

@ObjectType()
export class ChildState {
  @Field(() => ExecutionStatus)
  status!: `${ExecutionStatus}`;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'A value as a page can show it.' })
export class ValueExcerpt {
  @Field(() => JsonScalar, { nullable: true, description: 'All of it, up to 200,000 characters.' })
  value?: unknown;

  @Field(() => String, { nullable: true, description: 'Of a longer one, how it begins: a text itself, anything else as indented JSON.' })
  beginning?: string | undefined;

  @Field(() => Boolean, { description: 'It is a text.' })
  isText!: boolean;

  @Field(() => Int, { description: 'Characters of all of it.' })
  length!: number;
}
