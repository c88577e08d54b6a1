import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { Execution } from './executions.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';
import { Trigger, TriggerInputMappingInput, TriggerType } from './triggers.js';

export enum DeliveryVerdict {
  ACCEPTED = 'ACCEPTED',
  DUPLICATE = 'DUPLICATE',
  BAD_SIGNATURE = 'BAD_SIGNATURE',
  STALE = 'STALE',
  INVALID_PAYLOAD = 'INVALID_PAYLOAD',
  SKIPPED = 'SKIPPED',
  RATE_LIMITED = 'RATE_LIMITED',
  PAUSED = 'PAUSED',
  TEST = 'TEST',
}

registerEnumType(DeliveryVerdict, {
  name: 'DeliveryVerdict',
  description: 'SKIPPED: by the policy on overlaps or on missed due times. PAUSED: the trigger was. TEST: it was only listened to, to set the trigger up.',
});

export enum DeliveryState {
  LAUNCHED = 'LAUNCHED',
  RETRYING = 'RETRYING',
  DEAD = 'DEAD',
}

registerEnumType(DeliveryState, { name: 'DeliveryState', description: 'Of a delivery that was accepted. DEAD: it was tried often enough and is given up; deliver it again when its cause is mended.' });

/** Its trigger and its execution are resolved from the ids kept here. */
@ObjectType({ description: 'One arrival at a trigger, and what became of it.' })
export class Delivery {
  @Field(() => ID)
  id!: string;

  workspaceId!: string;
  triggerId!: string;
  executionId?: string | undefined;

  @Field(() => DateTimeScalar)
  receivedAt!: Date;

  @Field(() => String, { description: 'Where it came from: a network address, a schedule, a person, a key, an event.' })
  source!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Of a schedule.' })
  dueAt?: Date | undefined;

  @Field(() => DeliveryVerdict)
  verdict!: `${DeliveryVerdict}`;

  @Field(() => String, { nullable: true, description: 'Why, in words.' })
  reason?: string | undefined;

  @Field(() => DeliveryState, { nullable: true })
  state?: `${DeliveryState}` | undefined;

  @Field(() => Int, { description: 'How often it has been tried to launch the workflow.' })
  attempts!: number;

  @Field(() => DateTimeScalar, { nullable: true })
  retryAt?: Date | undefined;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed.' })
  launchError?: string | undefined;

  @Field(() => JsonScalar, { description: 'By name, in lower case; secrets are taken out.' })
  headers!: unknown;

  @Field(() => ID, { nullable: true, description: 'The one that was accepted before.' })
  duplicateOfId?: string | undefined;

  @Field(() => ID, { nullable: true, description: 'The one that it delivers again.' })
  redeliveryOfId?: string | undefined;

  @Field(() => Boolean, { description: 'Somebody tried the trigger out.' })
  testFire!: boolean;
}

export const DeliveryConnection = connectionOf('Delivery', () => Delivery);

@InputType()
export class DeliveryFilter {
  @Field(() => ID, { nullable: true })
  triggerId?: string | null;

  @Field(() => [DeliveryVerdict], { nullable: true })
  verdicts?: `${DeliveryVerdict}`[] | null;

  @Field(() => DeliveryState, { nullable: true })
  state?: `${DeliveryState}` | null;

  @Field(() => String, { nullable: true, description: 'Part of the source, the reason, the headers or the body; or the id of the delivery or its execution.' })
  search?: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  to?: Date | null;
}

@InputType()
export class FireTriggerInput {
  @Field(() => ID)
  triggerId!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'What arrives: `payload` in its mapping.' })
  payload?: unknown;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters. However often it is given, one execution is launched.' })
  idempotencyKey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Tries the trigger out: it may be paused, and its limits do not count.' })
  test!: boolean;
}

@ObjectType()
export class FireTriggerPayload {
  @Field(() => Delivery)
  delivery!: Delivery;

  @Field(() => Execution, { nullable: true, description: 'Null where the delivery launched none, for which it has the reason.' })
  execution?: Execution | undefined;
}

@InputType()
export class PreviewTriggerInputsInput {
  @Field(() => ID)
  workflowId!: string;

  @Field(() => TriggerType)
  type!: `${TriggerType}`;

  @Field(() => JsonScalar, { nullable: true, description: 'Of the trigger, for its example.' })
  settings?: unknown;

  @Field(() => [TriggerInputMappingInput])
  mapping!: TriggerInputMappingInput[];

  @Field(() => ID, { nullable: true, description: 'Whose arrival is mapped; a sample of the type when absent.' })
  deliveryId?: string | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Instead of the payload of the sample.' })
  payload?: unknown;
}

@ObjectType()
export class MappedInputProblem {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType()
export class TriggerInputsPreview {
  @Field(() => JsonScalar, { description: 'The inputs of the workflow, by name.' })
  inputs!: unknown;

  @Field(() => [MappedInputProblem])
  problems!: MappedInputProblem[];
}

@ObjectType({ description: 'What launched an execution.' })
export class LaunchedBy {
  @Field(() => Trigger, { nullable: true, description: 'Null once nothing of it is kept any more.' })
  trigger?: Trigger | null;

  @Field(() => Delivery, { nullable: true, description: 'Null once it is not kept any more.' })
  delivery?: Delivery | null;
}
