import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
// Loads what the decorators need.
import './connection.js';
import { JsonScalar } from './scalars.js';

export enum PromptKind {
  TEXT = 'TEXT',
  CHAT = 'CHAT',
}

registerEnumType(PromptKind, { name: 'PromptKind' });

export enum MessageRole {
  SYSTEM = 'SYSTEM',
  USER = 'USER',
  ASSISTANT = 'ASSISTANT',
  PLACEHOLDER = 'PLACEHOLDER',
}

registerEnumType(MessageRole, {
  name: 'MessageRole',
  description: 'PLACEHOLDER: a list of messages given at run time stands here; the content is the name of the MESSAGES variable.',
});

export enum VariableType {
  STRING = 'STRING',
  TEXT = 'TEXT',
  NUMBER = 'NUMBER',
  BOOLEAN = 'BOOLEAN',
  CHOICE = 'CHOICE',
  JSON = 'JSON',
  LIST = 'LIST',
  MESSAGES = 'MESSAGES',
}

registerEnumType(VariableType, {
  name: 'VariableType',
  description: 'CHOICE: one of allowedValues. LIST: a JSON array. MESSAGES: a list of `{ role, content }`.',
});

@ObjectType()
export class PromptMessage {
  @Field(() => ID, { description: 'Stays with the message over versions; what comparing and merging know it by.' })
  id!: string;

  @Field(() => MessageRole)
  role!: `${MessageRole}`;

  @Field(() => String)
  content!: string;
}

@ObjectType()
export class PromptVariable {
  @Field(() => String)
  name!: string;

  @Field(() => VariableType)
  type!: `${VariableType}`;

  @Field(() => String)
  description!: string;

  @Field(() => Boolean)
  required!: boolean;

  @Field(() => JsonScalar, { nullable: true })
  defaultValue?: unknown;

  @Field(() => JsonScalar, { nullable: true })
  sample?: unknown;

  @Field(() => Int, { nullable: true, description: 'In characters; of a LIST or MESSAGES in items.' })
  minLength?: number | null;

  @Field(() => Int, { nullable: true })
  maxLength?: number | null;

  @Field(() => Float, { nullable: true })
  minimum?: number | null;

  @Field(() => Float, { nullable: true })
  maximum?: number | null;

  @Field(() => String, { nullable: true })
  pattern?: string | null;

  @Field(() => [String], { nullable: true })
  allowedValues?: string[] | null;
}

@ObjectType()
export class PromptTool {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => JsonScalar, { description: 'A JSON Schema of the object that the model calls it with.' })
  parameters!: unknown;
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

  @Field(() => Int, { nullable: true })
  seed?: number | null;

  @Field(() => [String], { nullable: true })
  stopSequences?: string[] | null;
}

@ObjectType({ description: 'Another prompt that a template includes, as it is written there. Exactly one of label, version and branch.' })
export class PromptReference {
  @Field(() => String)
  path!: string;

  @Field(() => String, { nullable: true })
  label?: string | null;

  @Field(() => String, { nullable: true })
  version?: string | null;

  @Field(() => String, { nullable: true })
  branch?: string | null;
}

@ObjectType({ description: "A prompt's content that is no version: a draft, the result of a merge." })
export class PromptContent {
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
}

@InputType()
export class PromptMessageInput {
  @Field(() => ID, { nullable: true, description: 'Of the message that it was; absent: found by its content and place, or new.' })
  id?: string | null;

  @Field(() => MessageRole)
  role!: `${MessageRole}`;

  @Field(() => String)
  content!: string;
}

@InputType()
export class PromptVariableInput {
  @Field(() => String)
  name!: string;

  @Field(() => VariableType, { defaultValue: VariableType.STRING })
  type?: `${VariableType}`;

  @Field(() => String, { defaultValue: '' })
  description?: string;

  @Field(() => Boolean, { defaultValue: true })
  required?: boolean;

  @Field(() => JsonScalar, { nullable: true })
  defaultValue?: unknown;

  @Field(() => JsonScalar, { nullable: true })
  sample?: unknown;

  @Field(() => Int, { nullable: true })
  minLength?: number | null;

  @Field(() => Int, { nullable: true })
  maxLength?: number | null;

  @Field(() => Float, { nullable: true })
  minimum?: number | null;

  @Field(() => Float, { nullable: true })
  maximum?: number | null;

  @Field(() => String, { nullable: true })
  pattern?: string | null;

  @Field(() => [String], { nullable: true })
  allowedValues?: string[] | null;
}

@InputType()
export class PromptToolInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { defaultValue: '' })
  description?: string;

  @Field(() => JsonScalar)
  parameters!: unknown;
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

  @Field(() => Int, { nullable: true })
  seed?: number | null;

  @Field(() => [String], { nullable: true })
  stopSequences?: string[] | null;
}

@InputType()
export class PromptContentInput {
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
}
