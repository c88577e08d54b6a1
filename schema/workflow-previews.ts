import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ExecutionStatus, StepExecution } from './executions.js';
import { JsonScalar } from './scalars.js';
import { WorkflowDefinitionInput } from './workflow-definition.js';
import { DefinitionProblem } from './workflow-validation.js';

@InputType()
export class StepOutputInput {
  @Field(() => String)
  stepKey!: string;

  @Field(() => JsonScalar, { nullable: true })
  output?: unknown;
}

@InputType()
export class PreviewWorkflowInput {
  @Field(() => ID, { nullable: true, description: 'The workflow that the definition is an edit of.' })
  workflowId?: string | null;

  @Field(() => WorkflowDefinitionInput)
  definition!: WorkflowDefinitionInput;

  @Field(() => JsonScalar, { nullable: true, description: "An object of values by name, for the workflow's inputs." })
  inputs?: unknown;

  @Field(() => String, { nullable: true, description: 'A prompt branch, as in `executeWorkflow`.' })
  branch?: string | null;

  @Field(() => String, { nullable: true, description: 'Runs this step and what it needs, and no more.' })
  toStep?: string | null;

  @Field(() => String, { nullable: true, description: 'Runs this step alone, on the `outputs` of those before it.' })
  onlyStep?: string | null;

  @Field(() => [StepOutputInput], { nullable: true, description: 'Steps that are not run: each gives this output instead. With `onlyStep`, that one is run all the same.' })
  pinned?: StepOutputInput[] | null;

  @Field(() => [StepOutputInput], { nullable: true, description: 'With `onlyStep`: what the steps before it gave earlier. A step without one counts as skipped.' })
  outputs?: StepOutputInput[] | null;
}

@ObjectType({
  description:
    'A workflow that is tried. It leaves no trace in the history of runs, though what models cost is paid, and WEBHOOK steps call. DELAY and APPROVAL\n' +
    'steps are passed over at once. It is forgotten ten minutes after its start, and ends soon after its last follower has left.',
})
export class WorkflowPreview {
  @Field(() => ID, { nullable: true, description: 'To follow it by. Null where there are findings: then nothing was begun.' })
  id?: string | null;

  @Field(() => [DefinitionProblem], { description: 'What keeps the steps that were to run from running.' })
  findings!: DefinitionProblem[];

  @Field(() => ExecutionStatus, { nullable: true })
  status?: `${ExecutionStatus}` | null;

  @Field(() => [StepExecution], { description: 'Those that are run, as they stand now.' })
  steps!: StepExecution[];
}
