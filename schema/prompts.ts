import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import {
  ModelSettings,
  ModelSettingsInput,
  PromptKind,
  PromptMessage,
  PromptMessageInput,
  PromptTool,
  PromptToolInput,
  PromptVariable,
  PromptVariableInput,
} from './prompt-content.js';
import { type PromptFolder } from './prompt-library.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';

/** What other services know, such as its author and its references, is resolved from the ids kept here. */
@ObjectType()
export class PromptVersion {
  @Field(() => ID)
  id!: string;

  promptId!: string;
  authorId!: string;
  /** Absent: `main`. */
  branchId?: string | undefined;

  @Field(() => String, { description: '`major.minor.patch`, derived from what changed in the contract.' })
  version!: string;

  @Field(() => String)
  message!: string;

  @Field(() => [PromptMessage])
  messages!: PromptMessage[];

  @Field(() => [PromptVariable])
  variables!: PromptVariable[];

  @Field(() => ModelSettings)
  settings!: ModelSettings;

  @Field(() => [PromptTool])
  tools!: PromptTool[];

  @Field(() => JsonScalar, { nullable: true })
  outputSchema?: unknown;

  @Field(() => String)
  contentHash!: string;

  @Field(() => String, { nullable: true, description: 'Who wrote it, where it was imported.' })
  originalAuthor?: string | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

export const PromptVersionConnection = connectionOf('PromptVersion', () => PromptVersion);

/** What other services know, such as its versions and its folder, is resolved from the ids kept here. */
@ObjectType()
export class Prompt {
  @Field(() => ID)
  id!: string;

  folderId?: string | undefined;
  /** Where they were read with it. */
  folder?: PromptFolder | undefined;
  tags?: string[] | undefined;

  @Field(() => String)
  path!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => PromptKind)
  kind!: `${PromptKind}`;

  @Field(() => DateTimeScalar, { nullable: true })
  archivedAt?: Date | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

@InputType()
export class CreatePromptInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: "Made from the name, and the folders' names, when absent." })
  path?: string | null;

  @Field(() => String, { defaultValue: '' })
  description!: string;

  @Field(() => PromptKind)
  kind!: `${PromptKind}`;

  @Field(() => ID, { nullable: true })
  folderId?: string | null;

  @Field(() => [String], { defaultValue: [] })
  tags?: string[];

  @Field(() => [PromptMessageInput])
  messages!: PromptMessageInput[];

  @Field(() => [PromptVariableInput], { defaultValue: [] })
  variables?: PromptVariableInput[];

  @Field(() => ModelSettingsInput, { nullable: true })
  settings?: ModelSettingsInput | null;

  @Field(() => [PromptToolInput], { defaultValue: [] })
  tools?: PromptToolInput[];

  @Field(() => JsonScalar, { nullable: true })
  outputSchema?: unknown;

  @Field(() => String, { defaultValue: 'First version' })
  message!: string;
}
