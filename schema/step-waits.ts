import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar, JsonScalar } from './scalars.js';

export enum StepWaitReason {
  DELAY = 'DELAY',
  CHILDREN = 'CHILDREN',
  APPROVAL = 'APPROVAL',
  RATE_LIMIT = 'RATE_LIMIT',
  UNKNOWN_OUTCOME = 'UNKNOWN_OUTCOME',
}

registerEnumType(StepWaitReason, {
  name: 'StepWaitReason',
  description:
    'CHILDREN: executions that run for the step. APPROVAL: a person says whether it goes on. RATE_LIMIT: a provider takes no more calls for now.\n' +
    'UNKNOWN_OUTCOME: a call was cut off, and a person says what became of it.',
});

export enum ApprovalRole {
  EDITOR = 'EDITOR',
  OWNER = 'OWNER',
}

registerEnumType(ApprovalRole, { name: 'ApprovalRole', description: 'EDITOR: owners and editors.' });

/** Its link, and whether the caller may decide, follow from who asks. */
@ObjectType()
export class StepApproval {
  executionId!: string;
  stepKey!: string;
  attempt!: number;
  until?: Date | undefined;

  @Field(() => String)
  title!: string;

  @Field(() => String, { description: 'Empty where there are none.' })
  instructions!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'A JSON Schema of the object that whoever approves fills in; null where nothing is.' })
  fields?: unknown;

  @Field(() => ApprovalRole, { description: 'Who may decide.' })
  approvers!: `${ApprovalRole}`;
}

@ObjectType()
export class StepWait {
  @Field(() => StepWaitReason)
  reason!: `${StepWaitReason}`;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it goes on by itself at the latest.' })
  until?: Date | undefined;

  @Field(() => StepApproval, { nullable: true, description: 'What is to be decided; APPROVAL only.' })
  approval?: StepApproval | undefined;
}
