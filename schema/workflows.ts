import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar } from './scalars.js';
import { WorkflowDefinitionInput } from './workflow-definition.js';

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
