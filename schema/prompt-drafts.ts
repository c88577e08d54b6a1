import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PromptContent, PromptContentInput, PromptKind } from './prompt-content.js';
import { DateTimeScalar } from './scalars.js';

/** The version that it began from is resolved from the id kept here. */
@ObjectType({ description: 'What a person has written and not committed. It may be unfinished: its templates and settings have not been checked.' })
export class PromptDraft {
  baseVersionId?: string | undefined;

  @Field(() => String)
  branch!: string;

  @Field(() => PromptKind)
  kind!: `${PromptKind}`;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  path!: string;

  @Field(() => String)
  description!: string;

  @Field(() => PromptContent)
  content!: PromptContent;

  @Field(() => Int, { description: 'Rises with each save.' })
  revision!: number;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

@InputType()
export class SavePromptDraftInput {
  @Field(() => ID, { nullable: true, description: 'Absent: the prompt does not exist yet.' })
  promptId?: string | null;

  @Field(() => String, { defaultValue: 'main' })
  branch!: string;

  @Field(() => ID, { nullable: true })
  baseVersionId?: string | null;

  @Field(() => PromptContentInput)
  content!: PromptContentInput;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision that the edit began from, 0 for none; another one by now, saved on another device, is a CONFLICT.',
  })
  expectedRevision?: number | null;

  @Field(() => PromptKind, { nullable: true })
  kind?: `${PromptKind}` | null;

  @Field(() => String, { defaultValue: '' })
  name!: string;

  @Field(() => String, { defaultValue: '' })
  path!: string;

  @Field(() => String, { defaultValue: '', description: 'Name, description, path and kind of a prompt that does not exist yet.' })
  description!: string;
}

@InputType()
export class DiscardPromptDraftInput {
  @Field(() => ID, { nullable: true })
  promptId?: string | null;

  @Field(() => String, { defaultValue: 'main' })
  branch!: string;
}
