import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { TokenPrices } from './model-prices.js';
import { RenderedMessage } from './prompt-rendering.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';
import { StepWait } from './step-waits.js';
import { StepType } from './workflow-steps.js';

export enum ExecutionStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  WAITING = 'WAITING',
  PAUSED = 'PAUSED',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(ExecutionStatus, {
  name: 'ExecutionStatus',
  description: 'WAITING: nothing of it runs until a time, an answer or another execution comes. QUEUED: it has not begun, perhaps since a limit holds it back.',
});

export enum ExecutionTrigger {
  MANUAL = 'MANUAL',
  API = 'API',
  SCHEDULED = 'SCHEDULED',
  WEBHOOK = 'WEBHOOK',
  EVENT = 'EVENT',
  RERUN = 'RERUN',
  REPLAY = 'REPLAY',
  WORKFLOW = 'WORKFLOW',
}

registerEnumType(ExecutionTrigger, {
  name: 'ExecutionTrigger',
  description: 'API: started with an API key. SCHEDULED, WEBHOOK, EVENT: launched by a trigger of this type. RERUN, REPLAY: what ran before, again. WORKFLOW: a step of another execution.',
});

export enum StepStatus {
  PENDING = 'PENDING',
  RUNNING = 'RUNNING',
  WAITING = 'WAITING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  SKIPPED = 'SKIPPED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(StepStatus, { name: 'StepStatus' });

export enum ExecutionEventType {
  EXECUTION_QUEUED = 'EXECUTION_QUEUED',
  EXECUTION_STARTED = 'EXECUTION_STARTED',
  EXECUTION_RESUMED = 'EXECUTION_RESUMED',
  EXECUTION_COMPLETED = 'EXECUTION_COMPLETED',
  EXECUTION_FAILED = 'EXECUTION_FAILED',
  EXECUTION_PAUSED = 'EXECUTION_PAUSED',
  EXECUTION_UNPAUSED = 'EXECUTION_UNPAUSED',
  EXECUTION_CANCELLED = 'EXECUTION_CANCELLED',
  STEP_STARTED = 'STEP_STARTED',
  STEP_OUTPUT = 'STEP_OUTPUT',
  STEP_RETRY_SCHEDULED = 'STEP_RETRY_SCHEDULED',
  STEP_OUTCOME_UNKNOWN = 'STEP_OUTCOME_UNKNOWN',
  STEP_COMPLETED = 'STEP_COMPLETED',
  STEP_FAILED = 'STEP_FAILED',
  STEP_WAITING = 'STEP_WAITING',
  STEP_SKIPPED = 'STEP_SKIPPED',
  STEP_CANCELLED = 'STEP_CANCELLED',
  STEP_REUSED = 'STEP_REUSED',
  STEP_LOG = 'STEP_LOG',
}

registerEnumType(ExecutionEventType, {
  name: 'ExecutionEventType',
  description: 'STEP_OUTCOME_UNKNOWN: the process ended while the step ran, so nobody knows whether its call happened. What then becomes of it the step says.',
});

@ObjectType()
export class TokenUsage {
  @Field(() => Int)
  inputTokens!: number;

  @Field(() => Int)
  outputTokens!: number;

  @Field(() => Int, { description: 'Of the input tokens, those that the provider had read before.' })
  cachedInputTokens!: number;

  @Field(() => Int, { description: 'Of the output tokens, those that the model thought with.' })
  reasoningTokens!: number;
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
  parentId?: string | undefined;
  rerunOfId?: string | undefined;
  replayId?: string | undefined;
  triggerId?: string | undefined;
  deliveryId?: string | undefined;
  scope?: string[] | undefined;

  @Field(() => String, { nullable: true, description: 'The step of its parent that it runs for.' })
  parentStepKey?: string | undefined;

  @Field(() => Int, { nullable: true, description: 'Of a MAP step the item, from 0.' })
  itemIndex?: number | undefined;

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

  @Field(() => Float, { nullable: true, description: 'US dollars, of all steps; counted when the execution ends. Null where no price is known.' })
  costUsd?: number | undefined;

  @Field(() => String, { nullable: true, description: 'The prompt branch that it runs on.' })
  branch?: string | undefined;

  @Field(() => [String], { description: 'What it is found by, in the order in which they were given.' })
  labels!: string[];

  @Field(() => String, { nullable: true, description: 'What it was asked for with, so that asking again starts nothing.' })
  idempotencyKey?: string | undefined;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  startedAt?: Date | undefined;

  @Field(() => DateTimeScalar, { nullable: true })
  finishedAt?: Date | undefined;
}

export const ExecutionConnection = connectionOf('Execution', () => Execution);

@ObjectType({ description: 'One call of a model that has ended. The outcome of one that the end of its process cut off is unknown, and it is not among them.' })
export class ModelCall {
  @Field(() => String)
  model!: string;

  @Field(() => String)
  provider!: string;

  @Field(() => Boolean)
  simulated!: boolean;

  @Field(() => StepStatus, { description: 'COMPLETED or FAILED.' })
  status!: 'COMPLETED' | 'FAILED';

  @Field(() => String, { nullable: true, description: 'What the model wrote.' })
  output?: string | undefined;

  @Field(() => [String], { description: 'What the output schema finds wrong with it, in words.' })
  problems!: string[];

  @Field(() => ExecutionError, { nullable: true })
  error?: ExecutionError | undefined;

  @Field(() => TokenUsage)
  usage!: TokenUsage;

  @Field(() => Float, { nullable: true, description: 'US dollars; null where no price is known.' })
  costUsd?: number | undefined;

  @Field(() => TokenPrices, { nullable: true, description: 'What the cost was computed with.' })
  prices?: TokenPrices | undefined;

  @Field(() => Float)
  durationMs!: number;

  @Field(() => String, { nullable: true })
  finishReason?: string | undefined;
}

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

  @Field(() => Float, { nullable: true, description: 'US dollars; null where no price is known.' })
  costUsd?: number | undefined;

  @Field(() => Boolean, { description: 'The result was taken over from the execution that this one repeats.' })
  reused!: boolean;

  @Field(() => [RenderedMessage], { nullable: true, description: 'The messages that the model was sent; PROMPT only.' })
  messages?: RenderedMessage[] | undefined;

  @Field(() => [ModelCall], { description: 'The calls of models that it has made, of all attempts, oldest first.' })
  calls!: ModelCall[];

  @Field(() => String, { nullable: true })
  provider?: string | undefined;

  @Field(() => String, { nullable: true, description: 'That answered; of several that are asked at the same time, all.' })
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

  /** Absent in a preview, which no other executions run for. */
  executionId?: string | undefined;
  @Field(() => StepWait, { nullable: true, description: 'What a WAITING step waits for; null where that is its next attempt.' })
  waitingFor?: StepWait | undefined;

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
      'error. EXECUTION_COMPLETED: output, usage. STEP_REUSED: output. STEP_WAITING: reason (DELAY, CHILDREN, APPROVAL, RATE_LIMIT or UNKNOWN_OUTCOME), until.\n' +
      'STEP_LOG: level, message, fields; of what somebody decided, `fields.decision`.',
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

  @Field(() => String, {
    nullable: true,
    description: 'A prompt branch: every PROMPT step runs it where its prompt has it, and what the step itself says where not.',
  })
  branch?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 200 characters of your own. However often the same is asked for with the same key, it is started once, and each asker gets that execution.\n' +
      'CONFLICT when the key has been used for another workflow, other inputs or another branch.',
  })
  idempotencyKey?: string | null;

  @Field(() => [String], { nullable: true, description: 'What the execution is to be found by: up to 20, each of up to 50 characters.' })
  labels?: string[] | null;
}
