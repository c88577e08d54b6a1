// The decorators ask it for types, though here every type is named.
import 'reflect-metadata';
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

@InputType({ description: 'Which runs are counted: of the workspace, of one workflow, or the steps that ran one prompt version.' })
export class ExecutionStatsInput {
  @Field(() => ID, { nullable: true })
  workflowId?: string | null;

  @Field(() => ID, { nullable: true, description: 'What is counted then are steps, of every run that has ended them, and not whole runs.' })
  promptVersionId?: string | null;

  @Field(() => DateTimeScalar, { description: 'Where the first bucket begins.' })
  from!: Date;

  @Field(() => DateTimeScalar, { description: 'Up to 400 days after `from`.' })
  to!: Date;

  @Field(() => Int, { description: 'How many buckets of equal length the time is divided into: 1 to 200.' })
  buckets!: number;
}

@ObjectType({ description: 'What was created in a span of time, however long it took.' })
export class ExecutionStatsBucket {
  @Field(() => DateTimeScalar)
  from!: Date;

  @Field(() => DateTimeScalar)
  to!: Date;

  @Field(() => Int)
  total!: number;

  @Field(() => Int)
  completed!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  cancelled!: number;

  @Field(() => Int, { description: 'Those that have not ended yet.' })
  unfinished!: number;

  @Field(() => Float, { nullable: true, description: 'Of those that completed or failed the part that failed, from 0 to 1. Null where there are none.' })
  failureRate?: number | null;

  @Field(() => Float, { nullable: true, description: 'What half of those that completed took at most, in milliseconds. Null where none did.' })
  p50DurationMs?: number | null;

  @Field(() => Float, { nullable: true, description: 'What 95 in 100 of those that completed took at most, in milliseconds.' })
  p95DurationMs?: number | null;

  @Field(() => Int)
  inputTokens!: number;

  @Field(() => Int)
  outputTokens!: number;

  @Field(() => Float, { description: 'US dollars; what no price is known of counts nothing.' })
  costUsd!: number;
}

@ObjectType()
export class ExecutionStats {
  @Field(() => ExecutionStatsBucket, { description: 'The whole time as one.' })
  total!: ExecutionStatsBucket;

  @Field(() => [ExecutionStatsBucket], { description: 'In the order of time; those in which nothing was created, too.' })
  buckets!: ExecutionStatsBucket[];
}
