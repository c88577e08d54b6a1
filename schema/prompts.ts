import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DateTimeScalar } from './scalars.js';

export enum PromptKind {
  TEXT = 'TEXT',
  CHAT = 'CHAT',
}

registerEnumType(PromptKind, { name: 'PromptKind' });

export enum MessageRole {
  SYSTEM = 'SYSTEM',
  USER = 'USER',
  ASSISTANT = 'ASSISTANT',
}

registerEnumType(MessageRole, { name: 'MessageRole' });

@ObjectType()
export class PromptMessage {
  @Field(() => MessageRole)
  role!: `${MessageRole}`;

  @Field(() => String)
  content!: string;
}

@ObjectType()
export class PromptVariable {
  @Field(() => String)
  name!: string;
}

@ObjectType()
export class ModelSettings {
  @Field(() => ID)
  model!: string;

  @Field(() => Float, { nullable: true })
  temperature?: number | null;

  @Field(() => Float, { nullable: true })
  topP?: number | null;

  @Field(() => Int, { nullable: true })
  maxOutputTokens?: number | null;
}

/** Its prompt and its author are resolved from the ids kept here. */
@ObjectType()
export class PromptVersion {
  @Field(() => ID)
  id!: string;

  promptId!: string;
  authorId!: string;

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

  @Field(() => String)
  contentHash!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

export const PromptVersionConnection = connectionOf('PromptVersion', () => PromptVersion);

/** Its versions are resolved by its id. */
@ObjectType()
export class Prompt {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  path!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => PromptKind)
  kind!: `${PromptKind}`;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;
}

export const PromptConnection = connectionOf('Prompt', () => Prompt);

@InputType()
export class PromptMessageInput {
  @Field(() => MessageRole)
  role!: `${MessageRole}`;

  @Field(() => String)
  content!: string;
}

@InputType()
export class ModelSettingsInput {
  @Field(() => ID)
  model!: string;

  @Field(() => Float, { nullable: true })
  temperature?: number | null;

  @Field(() => Float, { nullable: true })
  topP?: number | null;

  @Field(() => Int, { nullable: true })
  maxOutputTokens?: number | null;
}

@InputType()
export class CreatePromptInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Made from the name when absent.' })
  path?: string | null;

  @Field(() => String, { defaultValue: '' })
  description!: string;

  @Field(() => PromptKind)
  kind!: `${PromptKind}`;

  @Field(() => [PromptMessageInput])
  messages!: PromptMessageInput[];

  @Field(() => ModelSettingsInput, { nullable: true })
  settings?: ModelSettingsInput | null;

  @Field(() => String, { defaultValue: 'First version' })
  message!: string;
}

@InputType()
export class CommitPromptVersionInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String, { defaultValue: 'main' })
  branch!: string;

  @Field(() => ID, { nullable: true, description: 'The head that the edit began from; another head by now is a CONFLICT.' })
  expectedHeadId?: string | null;

  @Field(() => [PromptMessageInput])
  messages!: PromptMessageInput[];

  @Field(() => ModelSettingsInput, { nullable: true })
  settings?: ModelSettingsInput | null;

  @Field(() => String)
  message!: string;
}
