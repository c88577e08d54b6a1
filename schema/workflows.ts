import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';

export enum WorkflowInputType {
  STRING = 'STRING',
  TEXT = 'TEXT',
  NUMBER = 'NUMBER',
  BOOLEAN = 'BOOLEAN',
  JSON = 'JSON',
}

registerEnumType(WorkflowInputType, { name: 'InputType' });

export enum StepType {
  PROMPT = 'PROMPT',
  TRANSFORM = 'TRANSFORM',
}

registerEnumType(StepType, { name: 'StepType' });

@ObjectType({ description: 'An input that whoever runs the workflow gives a value for.' })
export class WorkflowInput {
  @Field(() => String)
  name!: string;

  @Field(() => WorkflowInputType)
  type!: `${WorkflowInputType}`;

  @Field(() => Boolean)
  required!: boolean;

  @Field(() => String)
  description!: string;

  @Field(() => JsonScalar, { nullable: true })
  defaultValue?: unknown;
}

@ObjectType({
  description:
    'A value that a step is given under a name: what `from` refers to (`inputs.document`, `steps.summarise.output`, `steps.extract.output.items[0].title`),\n' +
    'or the constant `value`. Exactly one of the two.',
})
export class StepInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => JsonScalar, { nullable: true })
  value?: unknown;
}

@ObjectType({
  description: 'How often and with what pauses a failed attempt is made again. Pauses double from `initialDelayMs` up to `maxDelayMs`, with full jitter.',
})
export class RetryPolicy {
  @Field(() => Int)
  maxAttempts!: number;

  @Field(() => Int)
  initialDelayMs!: number;

  @Field(() => Int)
  maxDelayMs!: number;
}

@ObjectType()
export class WorkflowStep {
  @Field(() => String)
  key!: string;

  @Field(() => String)
  name!: string;

  @Field(() => StepType)
  type!: `${StepType}`;

  @Field(() => [String], {
    description: 'Keys of the steps that must have completed before this one starts, those that its inputs refer to included.',
  })
  dependsOn!: string[];

  @Field(() => [StepInput])
  inputs!: StepInput[];

  @Field(() => JsonScalar, {
    description: "PROMPT: `{ promptId, model? }`. TRANSFORM: `{ expression }`, JSONata over the step's inputs.",
  })
  settings!: unknown;

  @Field(() => RetryPolicy)
  retry!: RetryPolicy;

  @Field(() => Int, { description: 'Longest time that one attempt may take.' })
  timeoutMs!: number;
}

/** Its workflow and its author are resolved from the ids kept here; its inputs and steps from its definition. */
@ObjectType()
export class WorkflowVersion {
  @Field(() => ID)
  id!: string;

  workflowId!: string;
  authorId!: string;

  @Field(() => Int)
  number!: number;

  @Field(() => String)
  message!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

export const WorkflowVersionConnection = connectionOf('WorkflowVersion', () => WorkflowVersion);

/** Its versions are resolved by its id. */
@ObjectType()
export class Workflow {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

export const WorkflowConnection = connectionOf('Workflow', () => Workflow);

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

  @Field(() => [WorkflowStepInput])
  steps!: WorkflowStepInput[];
}

@InputType()
export class CreateWorkflowInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { defaultValue: '' })
  description!: string;

  @Field(() => WorkflowDefinitionInput)
  definition!: WorkflowDefinitionInput;

  @Field(() => String, { defaultValue: 'First version' })
  message!: string;
}

@InputType()
export class UpdateWorkflowInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => WorkflowDefinitionInput, { nullable: true })
  definition?: WorkflowDefinitionInput | null;

  @Field(() => String, { nullable: true })
  message?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version number that the edit began from; another one by now is a CONFLICT.' })
  expectedNumber?: number | null;
}
