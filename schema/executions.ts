import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { RenderedMessage } from './prompt-rendering.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';
import { StepType } from './workflows.js';

export enum ExecutionStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  WAITING = 'WAITING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
}

registerEnumType(ExecutionStatus, { name: 'ExecutionStatus', description: 'WAITING: a failed step is tried again later.' });

export enum ExecutionTrigger {
  MANUAL = 'MANUAL',
  API = 'API',
}

registerEnumType(ExecutionTrigger, { name: 'ExecutionTrigger', description: 'API: started with an API key.' });

export enum StepStatus {
  PENDING = 'PENDING',
  RUNNING = 'RUNNING',
  WAITING = 'WAITING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
}

registerEnumType(StepStatus, { name: 'StepStatus' });

export enum ExecutionEventType {
  EXECUTION_QUEUED = 'EXECUTION_QUEUED',
  EXECUTION_STARTED = 'EXECUTION_STARTED',
  EXECUTION_RESUMED = 'EXECUTION_RESUMED',
  EXECUTION_COMPLETED = 'EXECUTION_COMPLETED',
  EXECUTION_FAILED = 'EXECUTION_FAILED',
  STEP_STARTED = 'STEP_STARTED',
  STEP_OUTPUT = 'STEP_OUTPUT',
  STEP_RETRY_SCHEDULED = 'STEP_RETRY_SCHEDULED',
  STEP_OUTCOME_UNKNOWN = 'STEP_OUTCOME_UNKNOWN',
  STEP_COMPLETED = 'STEP_COMPLETED',
  STEP_FAILED = 'STEP_FAILED',
}

registerEnumType(ExecutionEventType, {
  name: 'ExecutionEventType',
  description: 'STEP_OUTCOME_UNKNOWN: the process ended while the step ran, so nobody knows whether its model call happened; it is made again.',
});

@ObjectType()
export class TokenUsage {
  @Field(() => Int)
  inputTokens!: number;

  @Field(() => Int)
  outputTokens!: number;
}

@ObjectType()
export class ExecutionError {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  stepKey?: string | null;
}

/** Fields that other services know, such as the workflow, are resolved from the ids kept here. */
@ObjectType()
export class Execution {
  @Field(() => ID)
  id!: string;

  workflowId!: string;
  workflowVersionId!: string;
  startedById!: string;

  @Field(() => ExecutionStatus)
  status!: `${ExecutionStatus}`;

  @Field(() => ExecutionTrigger)
  trigger!: `${ExecutionTrigger}`;

  @Field(() => JsonScalar)
  inputs!: unknown;

  @Field(() => JsonScalar, { nullable: true })
  output?: unknown;

  @Field(() => ExecutionError, { nullable: true })
  error?: ExecutionError | undefined;

  @Field(() => JsonScalar, { description: 'What the execution pinned at its start: the workflow version and, by step key, each prompt version and its model settings.' })
  lockfile!: unknown;

  @Field(() => TokenUsage, { description: 'Of all steps; counted when the execution ends.' })
  usage!: TokenUsage;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt?: Date | undefined;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt?: Date | undefined;
}

export const ExecutionConnection = connectionOf('Execution', () => Execution);

@ObjectType()
export class StepExecution {
  @Field(() => String, { description: "The step's key in the workflow version." })
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => StepType)
  type!: `${StepType}`;

  @Field(() => StepStatus)
  status!: `${StepStatus}`;

  @Field(() => Int, { description: '1 for the first attempt; 0 while none was made.' })
  attempt!: number;

  @Field(() => JsonScalar, { nullable: true })
  input?: unknown;

  @Field(() => JsonScalar, { nullable: true })
  output?: unknown;

  @Field(() => ExecutionError, { nullable: true })
  error?: ExecutionError | undefined;

  @Field(() => TokenUsage)
  usage!: TokenUsage;

  @Field(() => [RenderedMessage], { nullable: true, description: 'The messages that the model was sent; PROMPT only.' })
  messages?: RenderedMessage[] | undefined;

  @Field(() => String, { nullable: true })
  provider?: string | undefined;

  @Field(() => String, { nullable: true })
  model?: string | undefined;

  @Field(() => Boolean, { description: 'The output was made up by the product itself.' })
  simulated!: boolean;

  @Field(() => String, { nullable: true, description: 'Why the model stopped: stop, length, content-filter, tool-calls or other.' })
  finishReason?: string | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the latest attempt started.' })
  startedAt?: Date | undefined;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt?: Date | undefined;

  @Field(() => Float, { nullable: true, description: 'What the latest attempt took, in milliseconds.' })
  durationMs?: number | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When a waiting step is tried again.' })
  retryAt?: Date | undefined;

  promptVersionId?: string | undefined;
}

@ObjectType()
export class ExecutionEvent {
  @Field(() => ID)
  executionId!: string;

  @Field(() => Int, { description: '1, 2, 3, … within the execution, without a gap.' })
  seq!: number;

  @Field(() => ExecutionEventType)
  type!: `${ExecutionEventType}`;

  @Field(() => String, { nullable: true })
  stepKey?: string | undefined;

  @Field(() => Int, { nullable: true })
  attempt?: number | undefined;

  @Field(() => JsonScalar, {
    description:
      'Follows from the type. STEP_STARTED: provider, model, simulated (PROMPT only). STEP_OUTPUT: text, what was added since\n' +
      'the last one. STEP_RETRY_SCHEDULED: retryAt, error. STEP_COMPLETED: output, usage, durationMs. STEP_FAILED and EXECUTION_FAILED:\n' +
      'error. EXECUTION_COMPLETED: output, usage.',
  })
  payload!: unknown;

  @Field(() => DateTimeScalar)
  at!: Date;
}

@InputType()
export class ExecuteWorkflowInput {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => JsonScalar, { nullable: true, description: "An object of values by name, for the workflow's inputs." })
  inputs?: unknown;
}
