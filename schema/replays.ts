import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { ExecutionStatus } from './executions.js';
import { DateTimeScalar } from './scalars.js';

@ObjectType({ description: 'How a replay stands. Cost and latency are those of the pairs of which both have completed, so that the two sides can be held against each other.' })
export class ReplaySummary {
  @Field(() => Int)
  total!: number;

  @Field(() => Int, { description: 'Not begun: five of a replay run at a time, and none while a run of the workflow waits for its turn.' })
  queued!: number;

  @Field(() => Int, { description: 'Begun and not ended.' })
  running!: number;

  @Field(() => Int)
  completed!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  cancelled!: number;

  @Field(() => Int, { description: 'Pairs of which both have completed.' })
  compared!: number;

  @Field(() => Int, { description: 'Of those, pairs whose outputs differ.' })
  changedOutputs!: number;

  @Field(() => Float, { nullable: true, description: 'US dollars; null where nothing was priced.' })
  costUsd?: number | undefined;

  @Field(() => Float, { nullable: true })
  baseCostUsd?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'The median, in milliseconds from start to end; null while there is no pair.' })
  p50Ms?: number | undefined;

  @Field(() => Float, { nullable: true })
  baseP50Ms?: number | undefined;
}

/** Fields that other services know are resolved from the ids kept here. */
@ObjectType({ description: 'The inputs of the last executions of a workflow, run by its newest version on a prompt branch.' })
export class Replay {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  branch!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  workflowId!: string;
  startedById!: string;
}

export const ReplayConnection = connectionOf('Replay', () => Replay);

@InputType()
export class ReplayWorkflowInput {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => String, { description: 'Of which one of its prompts at least has a version.' })
  branch!: string;

  @Field(() => Int, {
    defaultValue: 20,
    description: 'How many executions, 1 to 100: the newest that have ended and whose inputs the newest version takes. Those that repeat others, or ran for a step, are not among them.',
  })
  last!: number;

  @Field(() => [ExecutionStatus], { nullable: true, description: 'How they must have ended. COMPLETED and FAILED when absent.' })
  statuses?: `${ExecutionStatus}`[] | null;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters. However often it is given, one replay is started.' })
  idempotencyKey?: string | null;
}
