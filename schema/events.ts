import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Delivery } from './deliveries.js';
import { JsonScalar } from './scalars.js';

@InputType()
export class EmitEventInput {
  @Field(() => String, { description: 'Words with dots between them, such as `order.paid`. Those that begin with execution, prompt, workflow, schedule or trigger are the product’s own.' })
  type!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'Up to 1 MB of JSON: `payload` in the mapping of each trigger.' })
  payload?: unknown;

  @Field(() => String, { nullable: true, description: 'Up to 200 characters. However often it is given, each trigger launches one execution.' })
  idempotencyKey?: string | null;
}

@ObjectType()
export class EmitEventPayload {
  @Field(() => ID, { description: 'Of the event.' })
  id!: string;

  @Field(() => [Delivery], { description: 'One for each trigger that waits for it.' })
  deliveries!: Delivery[];
}

@ObjectType({ description: 'An event that the product itself emits.' })
export class ProductEvent {
  @Field(() => String)
  type!: string;

  @Field(() => JsonScalar, { description: 'What its payload looks like.' })
  sample!: unknown;
}
