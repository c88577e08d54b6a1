import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Prompt } from './prompts.js';
import { JsonScalar } from './scalars.js';

@InputType({ description: 'Our own format, a Langfuse export or OpenAI prompt objects: it is recognised.' })
export class ImportPromptsInput {
  @Field(() => JsonScalar)
  document!: unknown;

  @Field(() => ID, { nullable: true })
  folderId?: string | null;
}

@ObjectType()
export class ImportProblem {
  @Field(() => String)
  prompt!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true, description: 'Of a prompt that was imported and includes one that is not here: the path of that one.' })
  missingPath?: string | null;
}

@ObjectType()
export class ImportPromptsPayload {
  @Field(() => [Prompt])
  imported!: Prompt[];

  @Field(() => [ImportProblem], { description: 'What could not be imported, and why; and what was imported but can’t be used yet.' })
  problems!: ImportProblem[];
}
