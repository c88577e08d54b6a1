import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Execution, ExecutionStatus, ExecutionTrigger } from './executions.js';
import { DateTimeScalar } from './scalars.js';
import { StepWaitReason } from './step-waits.js';

@InputType({ description: 'What all that is given says, together. An empty list says nothing.' })
export class ExecutionFilterInput {
  @Field(() => ID, { nullable: true })
  workflowId?: string | null;

  @Field(() => [ExecutionStatus], { nullable: true, description: 'One of these.' })
  statuses?: `${ExecutionStatus}`[] | null;

  @Field(() => [ExecutionTrigger], { nullable: true, description: 'One of these.' })
  triggers?: `${ExecutionTrigger}`[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Created at this time or later.' })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Created before this time.' })
  to?: Date | null;

  @Field(() => [String], { nullable: true, description: 'All of these.' })
  labels?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Text that stands in the inputs, the output, the error, the workflow's name or the id, in upper or lower case. Nothing in it is a wildcard.",
  })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Those that run on this prompt branch.' })
  branch?: string | null;

  @Field(() => ID, { nullable: true })
  replayId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those that this trigger has launched.' })
  triggerId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Those that repeat this execution.' })
  rerunOfId?: string | null;

  @Field(() => StepWaitReason, { nullable: true, description: 'Those that have a step which waits for this now. Only then those are listed, too, that run for a step of another one.' })
  waitingFor?: `${StepWaitReason}` | null;
}

@InputType()
export class SetExecutionLabelsInput {
  @Field(() => ID)
  id!: string;

  @Field(() => [String], { description: 'All that it is to have: up to 20, each of up to 50 characters.' })
  labels!: string[];
}

@InputType({ description: 'Which executions: those of the list, or those that pass the filter.' })
export class CancelExecutionsInput {
  @Field(() => [ID], { nullable: true, description: 'Up to 1,000.' })
  ids?: string[] | null;

  @Field(() => ExecutionFilterInput, { nullable: true, description: 'Of those that pass it the newest 1,000 that have not ended.' })
  filter?: ExecutionFilterInput | null;
}

@ObjectType()
export class CancelledExecutions {
  @Field(() => Int, { description: 'How many are being cancelled. Their events say when each is done.' })
  cancelled!: number;

  @Field(() => Int, { description: 'How many of the list had ended, or were being cancelled already.' })
  skipped!: number;

  @Field(() => Boolean, { description: 'More pass the filter than are cancelled at once: ask again for the rest.' })
  more!: boolean;
}

export enum ExecutionChangeType {
  CREATED = 'CREATED',
  CHANGED = 'CHANGED',
  ENDED = 'ENDED',
  MANY = 'MANY',
}

registerEnumType(ExecutionChangeType, {
  name: 'ExecutionChangeType',
  description:
    'CREATED: it has not begun. CHANGED: it has begun, or waits, is paused or goes on. ENDED: it has completed, failed or been cancelled.\n' +
    'MANY: more changed at once than is told one by one; ask `executions` how things stand.',
});

@ObjectType()
export class ExecutionChange {
  @Field(() => ExecutionChangeType)
  type!: `${ExecutionChangeType}`;

  @Field(() => Execution, { nullable: true, description: 'As it stands now, perhaps further on than what it is told for. Null of MANY.' })
  execution?: Execution | undefined;

  @Field(() => Int, { description: 'How many executions this tells of: 1, unless it is MANY.' })
  count!: number;
}
