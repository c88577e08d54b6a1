import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType()
export class Model {
  @Field(() => ID, { description: '`provider/name`, as model settings refer to it.' })
  id!: string;

  @Field(() => String)
  provider!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Boolean, { description: 'Answers are made up by the product itself.' })
  simulated!: boolean;
}
