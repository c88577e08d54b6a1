import { Field, ObjectType } from 'type-graphql';

/** Its workflow is resolved from the id kept here. */
@ObjectType()
export class WorkflowStepUse {
  workflowId!: string;

  @Field(() => String)
  stepKey!: string;

  @Field(() => String)
  stepName!: string;
}

/** Its workflow is resolved from the id kept here. */
@ObjectType()
export class BrokenWorkflowStep {
  workflowId!: string;

  @Field(() => String)
  stepKey!: string;

  @Field(() => String)
  stepName!: string;

  @Field(() => String)
  problem!: string;
}
