import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

@ObjectType({ description: 'Something that WEBHOOK steps send and nobody reads: a template writes `{{ secrets.NAME }}`. Its value is never returned.' })
export class Secret {
  createdById!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'What steps call it by. It stays.' })
  name!: string;

  @Field(() => String, { description: 'Tells values apart: the end of a long one, and a short hash.' })
  fingerprint!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When the value that it has now was given.' })
  updatedAt!: Date;
}

@InputType()
export class CreateSecretInput {
  @Field(() => String, { description: 'Letters, digits and _, a letter first, at most 50 characters.' })
  name!: string;

  @Field(() => String, { description: 'From 4 characters on: a shorter one could not be kept out of what runs store.' })
  value!: string;
}

@InputType()
export class SetSecretInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  value!: string;
}
