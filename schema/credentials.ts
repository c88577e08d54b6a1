import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from './scalars.js';

export enum ProviderKind {
  OPENAI = 'OPENAI',
  ANTHROPIC = 'ANTHROPIC',
  GOOGLE = 'GOOGLE',
  OPENAI_COMPATIBLE = 'OPENAI_COMPATIBLE',
}

registerEnumType(ProviderKind, {
  name: 'ProviderKind',
  description: 'How models are called there.',
  valuesConfig: {
    OPENAI: { description: 'OpenAI, by its chat completions.' },
    ANTHROPIC: { description: 'Anthropic, by its messages.' },
    GOOGLE: { description: 'Google, by its Gemini API.' },
    OPENAI_COMPATIBLE: { description: 'By the chat completions of OpenAI, which most other providers and servers of models speak.' },
  },
});

export enum CredentialStatus {
  ACTIVE = 'ACTIVE',
  REVOKED = 'REVOKED',
}

registerEnumType(CredentialStatus, { name: 'CredentialStatus' });

@ObjectType({ description: 'What came of asking a model with a key.' })
export class CredentialTest {
  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => String, { description: 'Where it went wrong: why, and what to do.' })
  message!: string;

  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({ description: 'A key with which the workspace calls the models of a provider. The key itself is never returned.' })
export class ProviderCredential {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'What the ids of its models begin with: `slug/name`.' })
  slug!: string;

  @Field(() => ProviderKind)
  provider!: `${ProviderKind}`;

  @Field(() => String, { description: 'The only address that the key is sent to.' })
  baseUrl!: string;

  @Field(() => String, { description: 'Tells keys apart: the end of a long one, and a short hash.' })
  fingerprint!: string;

  @Field(() => CredentialStatus)
  status!: CredentialStatus;

  @Field(() => [String], { description: 'Names of the models that may be called; all, where none is named.' })
  models!: string[];

  @Field(() => Int, { nullable: true, description: 'Calls that the provider allows in a minute: further ones wait for their turn. Null: not limited here.' })
  requestsPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'The same for tokens, those of questions and answers.' })
  tokensPerMinute?: number | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'To the minute.' })
  lastUsedAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  rotatedAt?: Date | null;

  @Field(() => CredentialTest, { nullable: true, description: 'Of the key that there is now.' })
  lastTest?: CredentialTest | null;
}

@ObjectType()
export class AvailableModels {
  @Field(() => [String], { description: 'What the ids of models have after the slug.' })
  names!: string[];

  @Field(() => String, { nullable: true, description: 'Why the provider did not say, and what to do.' })
  problem?: string | null;
}

@InputType()
export class CreateProviderCredentialInput {
  @Field(() => ProviderKind, { defaultValue: ProviderKind.OPENAI_COMPATIBLE })
  provider!: `${ProviderKind}`;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'What the ids of its models begin with; made from the name where it is left out.' })
  slug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Left out: where OpenAI, Anthropic and Google have their servers; of an OPENAI_COMPATIBLE one it is needed, such as `https://llm.example.com/v1`. On the public internet, unless the operator allows others.',
  })
  baseUrl?: string | null;

  @Field(() => String)
  key!: string;

  @Field(() => [String], { nullable: true, description: 'Names of the models that may be called; all, where none is named.' })
  models?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Calls that the provider allows in a minute, so that further ones wait for their turn.' })
  requestsPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'The same for tokens.' })
  tokensPerMinute?: number | null;
}

@InputType()
export class RotateProviderCredentialInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  key!: string;

  @Field(() => String, { nullable: true, description: 'The address of the new key, where it is another one.' })
  baseUrl?: string | null;
}

@InputType()
export class UpdateProviderCredentialInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [String], { nullable: true })
  models?: string[] | null;

  @Field(() => Int, { nullable: true, description: 'Null: not limited any more.' })
  requestsPerMinute?: number | null;

  @Field(() => Int, { nullable: true, description: 'Null: not limited any more.' })
  tokensPerMinute?: number | null;
}
