import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { TokenUsage } from './executions.js';
import { PromptSourceInput, RenderedMessage } from './prompt-rendering.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';

export enum PromptRunStatus {
  RUNNING = 'RUNNING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}

registerEnumType(PromptRunStatus, { name: 'PromptRunStatus' });

export enum PromptRunEventType {
  STARTED = 'STARTED',
  TEXT = 'TEXT',
  TOOL_CALL = 'TOOL_CALL',
  FINISHED = 'FINISHED',
}

registerEnumType(PromptRunEventType, { name: 'PromptRunEventType' });

@InputType()
export class RunPromptInput {
  @Field(() => PromptSourceInput)
  source!: PromptSourceInput;

  @Field(() => JsonScalar, { nullable: true })
  values?: unknown;

  @Field(() => ID, { nullable: true, description: "Instead of the source's own model." })
  model?: string | null;
}

@ObjectType()
export class PromptRunError {
  @Field(() => String)
  code!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType()
export class ToolCall {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'As JSON; null where the model wrote no JSON.' })
  arguments?: unknown;

  @Field(() => [String], { description: "What the tool's schema finds wrong with the arguments." })
  problems!: string[];
}

/** Its version and who ran it are resolved from the ids kept here. */
@ObjectType()
export class PromptRun {
  @Field(() => ID)
  id!: string;

  versionId?: string | undefined;
  runById!: string;

  @Field(() => PromptRunStatus)
  status!: `${PromptRunStatus}`;

  @Field(() => ID)
  model!: string;

  @Field(() => Boolean)
  simulated!: boolean;

  @Field(() => JsonScalar)
  values!: unknown;

  @Field(() => [RenderedMessage])
  messages!: RenderedMessage[];

  @Field(() => String)
  output!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'The output as JSON, where an output schema asks for it and it is JSON.' })
  structured?: unknown;

  @Field(() => [String], {
    nullable: true,
    description: 'What the output schema finds wrong with the output; empty where it fits, null where there is no schema.',
  })
  outputProblems?: string[] | undefined;

  @Field(() => [ToolCall])
  toolCalls!: ToolCall[];

  @Field(() => String, { nullable: true })
  finishReason?: string | undefined;

  @Field(() => PromptRunError, { nullable: true })
  error?: PromptRunError | undefined;

  @Field(() => TokenUsage)
  usage!: TokenUsage;

  @Field(() => Float, { nullable: true, description: 'In US dollars; null where no price is known.' })
  cost?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Until the first piece of the answer, in milliseconds.' })
  firstTokenMs?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'From the call to the end, in milliseconds.' })
  durationMs?: number | undefined;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

export const PromptRunConnection = connectionOf('PromptRun', () => PromptRun);

@ObjectType()
export class PromptRunEvent {
  @Field(() => PromptRunEventType)
  type!: `${PromptRunEventType}`;

  @Field(() => PromptRun, { nullable: true, description: 'The run as it stands: with STARTED and FINISHED.' })
  run?: PromptRun | undefined;

  @Field(() => String, { nullable: true, description: 'What was added: with TEXT.' })
  text?: string | undefined;

  @Field(() => ToolCall, { nullable: true })
  toolCall?: ToolCall | undefined;
}

@ObjectType({ description: 'Of the runs of a version that ended: in the playground and by `runPrompt`.' })
export class PromptRunStats {
  @Field(() => Int)
  runs!: number;

  @Field(() => Float, { nullable: true })
  medianDurationMs?: number | null;

  @Field(() => Float, { nullable: true })
  medianTokens?: number | null;

  @Field(() => Float, { nullable: true })
  medianCost?: number | null;
}
