import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { type PromptContent } from './prompt-content.js';
import { DateTimeScalar } from './scalars.js';

/** Its version, who moved it and its moves are resolved from what is kept here. */
@ObjectType()
export class PromptLabel {
  promptId!: string;
  versionId!: string;
  movedById!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTimeScalar)
  movedAt!: Date;
}

/** Its prompt, its versions and who moved it are resolved from the ids kept here. */
@ObjectType()
export class PromptLabelMove {
  @Field(() => ID)
  id!: string;

  promptId!: string;
  fromVersionId?: string | undefined;
  toVersionId?: string | undefined;
  movedById!: string;

  @Field(() => String)
  label!: string;

  @Field(() => DateTimeScalar, { name: 'at' })
  movedAt!: Date;

  @Field(() => String, { nullable: true, description: 'Who moved it, where it was imported.' })
  originalMover?: string | null;
}

export const PromptLabelMoveConnection = connectionOf('PromptLabelMove', () => PromptLabelMove);

@InputType()
export class SetPromptLabelInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID)
  versionId!: string;

  @Field(() => ID, { nullable: true, description: 'The version that the label is thought to be at; another one is a CONFLICT.' })
  expectedVersionId?: string | null;
}

@InputType()
export class RemovePromptLabelInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String)
  name!: string;
}

@InputType()
export class RollBackPromptLabelInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String)
  name!: string;
}

@InputType()
export class PreviewPromptLabelMoveInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => ID)
  versionId!: string;
}

/** Whom it would break is resolved from what is kept here. */
@ObjectType()
export class PromptLabelMovePreview {
  promptId!: string;
  /** What the label would come to. */
  after!: PromptContent;

  @Field(() => String)
  label!: string;
}
