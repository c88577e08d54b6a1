import { Field, ObjectType } from 'type-graphql';
import { PromptReference } from './prompt-content.js';

/** The prompt and its version are resolved from the ids kept here. */
@ObjectType()
export class PromptDependent {
  promptId!: string;
  versionId!: string;

  @Field(() => PromptReference)
  reference!: PromptReference;
}

@ObjectType()
export class BrokenPromptDependent {
  @Field(() => PromptDependent)
  dependent!: PromptDependent;

  @Field(() => String)
  problem!: string;
}
