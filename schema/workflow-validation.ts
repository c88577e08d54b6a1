import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { WorkflowDefinitionInput } from './workflow-definition.js';
import { JsonScalar } from './scalars.js';
import { WorkflowVersionDiff } from './workflow-diff.js';

export enum ProblemSeverity {
  ERROR = 'ERROR',
  WARNING = 'WARNING',
}

registerEnumType(ProblemSeverity, { name: 'ProblemSeverity', description: 'A definition with an ERROR can not be saved.' });

@InputType()
export class ValidateWorkflowInput {
  @Field(() => ID, { nullable: true, description: 'The workflow that it is an edit of: samples and changes are taken from there.' })
  workflowId?: string | null;

  @Field(() => WorkflowDefinitionInput)
  definition!: WorkflowDefinitionInput;

  @Field(() => [String], { nullable: true, description: 'The steps whose scopes are wanted, by `StepScope.stepKey`; all of them when absent.' })
  scopesOf?: string[] | null;
}

@ObjectType()
export class DefinitionProblem {
  @Field(() => String, { description: 'As in the errors of `updateWorkflow`, without `input.definition.`; empty for the whole.' })
  field!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true })
  stepKey?: string | null;

  @Field(() => ProblemSeverity)
  severity!: `${ProblemSeverity}`;
}

/** Its sample is resolved from the workflow's last run, or else from what stands here. */
@ObjectType()
export class AvailableValue {
  workflowId?: string | undefined;
  /** What it was taken from in a run of that workflow; absent: nothing that can be read there. */
  sampleFrom?: string | undefined;
  given?: unknown;

  @Field(() => String, { description: 'What `StepInput.from` says to take it.' })
  from!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'A type of JSON Schema, or `unknown`.' })
  type!: string;
}

@ObjectType()
export class StepScope {
  @Field(() => String, { description: 'Of a step within a MAP: the keys from the outermost step to it, joined by `/`.' })
  stepKey!: string;

  @Field(() => [AvailableValue], { description: "What the step's inputs can be taken from." })
  values!: AvailableValue[];
}

@ObjectType()
export class WorkflowValidation {
  @Field(() => Boolean, { description: 'It can be saved as it is.' })
  valid!: boolean;

  @Field(() => [DefinitionProblem])
  problems!: DefinitionProblem[];

  @Field(() => [StepScope])
  scopes!: StepScope[];

  @Field(() => WorkflowVersionDiff, { nullable: true, description: 'How it differs from the newest version of its workflow; null while it is not valid, or is of none.' })
  changes?: WorkflowVersionDiff | null;
}

@InputType()
export class CheckWorkflowInputsInput {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => JsonScalar, { nullable: true })
  inputs?: unknown;
}

@ObjectType()
export class WorkflowInputProblem {
  @Field(() => String, { description: 'The name of an input; empty for all of them together.' })
  name!: string;

  @Field(() => String)
  message!: string;
}
