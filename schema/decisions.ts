import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar, JsonScalar } from './scalars.js';

export enum ApprovalOutcome {
  APPROVED = 'APPROVED',
  REJECTED = 'REJECTED',
}

registerEnumType(ApprovalOutcome, { name: 'ApprovalOutcome' });

export enum ApprovalStatus {
  WAITING = 'WAITING',
  DECIDED = 'DECIDED',
  EXPIRED = 'EXPIRED',
  WITHDRAWN = 'WITHDRAWN',
}

registerEnumType(ApprovalStatus, { name: 'ApprovalStatus', description: 'EXPIRED: the time to decide is over, or the link is too old. WITHDRAWN: the run has ended without a decision.' });

export enum UnknownOutcomeResolution {
  RETRY = 'RETRY',
  COMPLETE = 'COMPLETE',
  FAIL = 'FAIL',
}

registerEnumType(UnknownOutcomeResolution, {
  name: 'UnknownOutcomeResolution',
  description: 'RETRY: the call is made again. COMPLETE: it happened, and gave the output that is told. FAIL: the step has failed.',
});

@ObjectType()
export class ApprovalDecision {
  @Field(() => ApprovalOutcome)
  outcome!: `${ApprovalOutcome}`;

  @Field(() => String, { nullable: true, description: 'A name; null where it was decided by the link without one, or by the deadline.' })
  by?: string | undefined;

  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({ description: 'What a link to an approval leads to, for whoever holds it.' })
export class LinkedApproval {
  @Field(() => ApprovalStatus)
  status!: `${ApprovalStatus}`;

  @Field(() => String, { description: "The workflow's name." })
  workflow!: string;

  @Field(() => String, { nullable: true, description: 'This and what follows only while it waits.' })
  title?: string | undefined;

  @Field(() => String, { nullable: true })
  instructions?: string | undefined;

  @Field(() => JsonScalar, { nullable: true })
  fields?: unknown;

  @Field(() => DateTimeScalar, { nullable: true })
  until?: Date | undefined;

  @Field(() => ApprovalDecision, { nullable: true, description: 'Once it was decided.' })
  decision?: ApprovalDecision | undefined;
}

@InputType()
export class DecideApprovalInput {
  @Field(() => ID)
  executionId!: string;

  @Field(() => String)
  stepKey!: string;

  @Field(() => ApprovalOutcome)
  outcome!: `${ApprovalOutcome}`;

  @Field(() => String, { nullable: true })
  comment?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: "What was filled in, an object that fits the approval's `fields`; with APPROVED only." })
  values?: unknown;
}

@InputType()
export class DecideApprovalByLinkInput {
  @Field(() => String, { description: 'What follows `/approvals/` in the link.' })
  token!: string;

  @Field(() => ApprovalOutcome)
  outcome!: `${ApprovalOutcome}`;

  @Field(() => String, { nullable: true, description: 'As whoever decides calls themselves.' })
  name?: string | null;

  @Field(() => String, { nullable: true })
  comment?: string | null;

  @Field(() => JsonScalar, { nullable: true })
  values?: unknown;
}

@InputType()
export class ResolveUnknownOutcomeInput {
  @Field(() => ID)
  executionId!: string;

  @Field(() => String)
  stepKey!: string;

  @Field(() => UnknownOutcomeResolution)
  resolution!: `${UnknownOutcomeResolution}`;

  @Field(() => JsonScalar, { nullable: true, description: 'With COMPLETE: what the step gave.' })
  output?: unknown;
}
