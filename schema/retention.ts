// The decorators ask it for types, though here every type is named.
import 'reflect-metadata';
import { Field, InputType, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How long the workspace keeps runs that have ended, with all that runs within them. What has not ended is always kept.' })
export class Retention {
  @Field(() => Int, { description: 'Runs that ended longer ago are deleted.' })
  days!: number;

  @Field(() => Int, { description: 'Of each workflow only so many are kept, the newest.' })
  runs!: number;
}

@InputType({ description: 'What is absent stays as it is.' })
export class UpdateRetentionInput {
  @Field(() => Int, { nullable: true, description: '1 to 3,650.' })
  days?: number | null;

  @Field(() => Int, { nullable: true, description: '1 to 1,000,000.' })
  runs?: number | null;
}
