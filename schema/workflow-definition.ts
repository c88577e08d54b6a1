import { Field, Float, InputType, Int } from 'type-graphql';
import { JsonScalar } from './scalars.js';
import { StepErrorAction, StepJoin, StepType, UnknownOutcomeAction, WorkflowInputType } from './workflow-steps.js';

@InputType()
export class WorkflowInputInput {
  @Field(() => String)
  name!: string;

  @Field(() => WorkflowInputType)
  type!: `${WorkflowInputType}`;

  @Field(() => Boolean, { defaultValue: true })
  required!: boolean;

  @Field(() => String, { defaultValue: '' })
  description!: string;

  @Field(() => JsonScalar, { nullable: true })
  defaultValue?: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'A JSON Schema that values must fit, beside the type.' })
  schema?: unknown;

  @Field(() => JsonScalar, { nullable: true, description: 'What a person who tries the workflow begins with.' })
  sample?: unknown;
}

@InputType()
export class StepInputInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => JsonScalar, { nullable: true })
  value?: unknown;
}

@InputType()
export class RetryPolicyInput {
  @Field(() => Int, { defaultValue: 3 })
  maxAttempts!: number;

  @Field(() => Int, { defaultValue: 1000 })
  initialDelayMs!: number;

  @Field(() => Int, { defaultValue: 30000 })
  maxDelayMs!: number;
}

@InputType()
export class StepBranchInput {
  @Field(() => String)
  step!: string;

  @Field(() => String)
  outcome!: string;
}

@InputType()
export class StepErrorPolicyInput {
  @Field(() => StepErrorAction)
  action!: `${StepErrorAction}`;

  @Field(() => JsonScalar, { nullable: true })
  value?: unknown;

  @Field(() => String, { nullable: true })
  handler?: string | null;
}

@InputType()
export class RunConcurrencyInput {
  @Field(() => Int, { nullable: true })
  maxRuns?: number | null;

  @Field(() => String, { nullable: true })
  key?: string | null;

  @Field(() => Int, { nullable: true })
  maxRunsPerKey?: number | null;
}

@InputType()
export class WorkflowStepInput {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => StepType)
  type!: `${StepType}`;

  @Field(() => [String], { defaultValue: [] })
  dependsOn!: string[];

  @Field(() => [StepInputInput], { defaultValue: [] })
  inputs!: StepInputInput[];

  @Field(() => JsonScalar)
  settings!: unknown;

  @Field(() => StepJoin, { nullable: true, description: 'ALL when absent.' })
  join?: `${StepJoin}` | null;

  @Field(() => [StepBranchInput], { nullable: true })
  branches?: StepBranchInput[] | null;

  @Field(() => StepErrorPolicyInput, { nullable: true, description: 'STOP when absent.' })
  onError?: StepErrorPolicyInput | null;

  @Field(() => UnknownOutcomeAction, { nullable: true, description: 'RETRY when absent.' })
  onUnknownOutcome?: `${UnknownOutcomeAction}` | null;

  @Field(() => RetryPolicyInput, { nullable: true })
  retry?: RetryPolicyInput | null;

  @Field(() => Int, { defaultValue: 120000 })
  timeoutMs!: number;
}

@InputType()
export class WorkflowDefinitionInput {
  @Field(() => [WorkflowInputInput])
  inputs!: WorkflowInputInput[];

  @Field(() => Int, { defaultValue: 4, description: 'Steps that may run at the same time.' })
  maxParallel!: number;

  @Field(() => Int, { nullable: true, description: 'How long a run may take from its start, what it waits included.' })
  deadlineMs?: number | null;

  @Field(() => RunConcurrencyInput, { nullable: true })
  concurrency?: RunConcurrencyInput | null;

  @Field(() => Float, { nullable: true, description: 'What one run may cost, in US dollars.' })
  budgetUsd?: number | null;

  @Field(() => [WorkflowStepInput])
  steps!: WorkflowStepInput[];
}
