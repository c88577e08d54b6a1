// For when this schema file is loaded before any other.
import 'reflect-metadata';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType()
export class DeletedPayload {
  @Field(() => ID)
  id!: string;
}
