import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';

export enum TriggerType {
  MANUAL = 'MANUAL',
  SCHEDULED = 'SCHEDULED',
  WEBHOOK = 'WEBHOOK',
  API = 'API',
  EVENT = 'EVENT',
}

registerEnumType(TriggerType, { name: 'TriggerType' });

export enum TriggerOverlap {
  ALLOW = 'ALLOW',
  SKIP = 'SKIP',
  QUEUE = 'QUEUE',
}

registerEnumType(TriggerOverlap, {
  name: 'TriggerOverlap',
  description: 'What becomes of an arrival while `maxRuns` executions of the trigger are under way. ALLOW: it runs beside them. SKIP: it launches nothing. QUEUE: it waits for its turn.',
});

export enum TriggerState {
  ACTIVE = 'ACTIVE',
  PAUSED = 'PAUSED',
  ALARM = 'ALARM',
}

registerEnumType(TriggerState, { name: 'TriggerState', description: 'ALARM: active, and something is wrong that a person must see.' });

@ObjectType()
export class TriggerInputMapping {
  @Field(() => String, { description: 'Of the input of the workflow.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'A path in what arrives, such as `payload.customer.email`.' })
  from?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Instead: always this value.' })
  value?: unknown;
}

/** Its workflow, deliveries and whoever made it are resolved from the ids kept here. */
@ObjectType({ description: 'What launches a workflow.' })
export class Trigger {
  @Field(() => ID)
  id!: string;

  workspaceId!: string;
  workflowId!: string;
  createdById!: string;

  @Field(() => String)
  name!: string;

  @Field(() => TriggerType)
  type!: `${TriggerType}`;

  @Field(() => TriggerState)
  state!: `${TriggerState}`;

  @Field(() => JsonScalar, { description: 'As its type has them; secrets are not among them.' })
  settings!: unknown;

  @Field(() => [TriggerInputMapping])
  mapping!: TriggerInputMapping[];

  @Field(() => String, { nullable: true, description: 'The prompt branch that its executions run on.' })
  branch?: string | undefined;

  @Field(() => String, { nullable: true, description: 'The prompt label that its executions run on: each PROMPT step takes the version that has it, where its prompt has one.' })
  promptLabel?: string | undefined;

  @Field(() => TriggerOverlap)
  overlap!: `${TriggerOverlap}`;

  @Field(() => Int)
  maxRuns!: number;

  @Field(() => Int, { nullable: true, description: 'Arrivals a minute that may launch something.' })
  ratePerMinute?: number | undefined;

  @Field(() => Boolean, { description: 'Paused otherwise.' })
  active!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of a schedule.' })
  nextDueAt?: Date | undefined;

  lastFiredAt?: Date | undefined;

  @Field(() => DateTimeScalar, { nullable: true })
  alarmSince?: Date | undefined;

  @Field(() => String, { nullable: true, description: 'What is wrong, and what to do.' })
  alarm?: string | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until then arrivals are shown to somebody who sets it up; one that is paused launches nothing meanwhile.' })
  listeningUntil?: Date | undefined;

  @Field(() => Boolean, { description: 'Whether it has a secret, which is shown once: when it is made.' })
  hasSecret!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Until then the secret before the present one is accepted, too.' })
  previousSecretExpiresAt?: Date | undefined;

  @Field(() => Int, { description: 'Rises with every change.' })
  revision!: number;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

export const TriggerConnection = connectionOf('Trigger', () => Trigger);

@InputType()
export class TriggerInputMappingInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  from?: string | null;

  @Field(() => JsonScalar, { nullable: true })
  value?: unknown;
}

@InputType()
export class TriggerFilter {
  @Field(() => ID, { nullable: true })
  workflowId?: string | null;

  @Field(() => TriggerType, { nullable: true })
  type?: `${TriggerType}` | null;

  @Field(() => TriggerState, { nullable: true })
  state?: `${TriggerState}` | null;

  @Field(() => String, { nullable: true, description: 'Part of the name.' })
  search?: string | null;
}

/** What can be said of a trigger when it is made, and later. */
@InputType()
class TriggerFields {
  @Field(() => [TriggerInputMappingInput], { nullable: true, description: 'When absent, as its type suggests for the inputs of the workflow.' })
  mapping?: TriggerInputMappingInput[] | null;

  @Field(() => String, { nullable: true })
  branch?: string | null;

  @Field(() => String, { nullable: true })
  promptLabel?: string | null;

  @Field(() => TriggerOverlap, { nullable: true })
  overlap?: `${TriggerOverlap}` | null;

  @Field(() => Int, { nullable: true, description: '1 to 1,000.' })
  maxRuns?: number | null;

  @Field(() => Int, { nullable: true })
  ratePerMinute?: number | null;
}

@InputType()
export class CreateTriggerInput extends TriggerFields {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => TriggerType)
  type!: `${TriggerType}`;

  @Field(() => String)
  name!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'As its type has them.' })
  settings?: unknown;

  @Field(() => Boolean, { defaultValue: true, description: 'False makes it paused.' })
  active!: boolean;

  @Field(() => String, { nullable: true, description: 'Of a WEBHOOK trigger whose sender makes the secret; one is made otherwise, where its scheme has one.' })
  secret?: string | null;
}

@InputType({ description: 'What is given is changed, the rest stays. Null takes a branch, a label or a rate away.' })
export class UpdateTriggerInput extends TriggerFields {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The revision that was edited: CONFLICT when it is another one by now.' })
  expectedRevision?: number | null;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => ID, { nullable: true })
  workflowId?: string | null;

  @Field(() => JsonScalar, { nullable: true })
  settings?: unknown;
}

@ObjectType()
export class CreateTriggerPayload {
  @Field(() => Trigger)
  trigger!: Trigger;

  @Field(() => String, { nullable: true, description: 'Shown this once.' })
  secret?: string | undefined;
}

@ObjectType()
export class DeleteTriggerPayload {
  @Field(() => ID)
  id!: string;
}
