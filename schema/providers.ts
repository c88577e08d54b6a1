import { Field, Float, ID, ObjectType } from 'type-graphql';

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

  @Field(() => Float, { nullable: true, description: 'US dollars for a million input tokens; null where it is not known.' })
  inputPrice?: number | null;

  @Field(() => Float, { nullable: true, description: 'US dollars for a million output tokens; null where it is not known.' })
  outputPrice?: number | null;
}
