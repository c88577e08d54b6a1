import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import {
  ModelSettingsInput,
  PromptContent,
  PromptContentInput,
  PromptMessageInput,
  PromptToolInput,
  PromptVariableInput,
} from './prompt-content.js';
import { ContractChange, PromptDiff, VersionBump } from './prompt-diff.js';
import { DateTimeScalar, JsonScalar } from './scalars.js';

/** Its newest version, and how far it is ahead, are resolved from the ids kept here. */
@ObjectType()
export class PromptBranch {
  @Field(() => ID)
  id!: string;

  promptId!: string;
  headVersionId!: string;

  @Field(() => String)
  name!: string;

  @Field(() => DateTimeScalar, { nullable: true })
  archivedAt?: Date | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
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

  @Field(() => [PromptVariableInput], {
    nullable: true,
    description: 'Absent: as the head has them. What the templates name beyond these is required, and a STRING; a LIST where it is looped over, JSON where it has properties.',
  })
  variables?: PromptVariableInput[] | null;

  @Field(() => ModelSettingsInput, { nullable: true })
  settings?: ModelSettingsInput | null;

  @Field(() => [PromptToolInput], { nullable: true, description: 'Absent: as the head has them.' })
  tools?: PromptToolInput[] | null;

  @Field(() => JsonScalar, { nullable: true, description: 'Absent: as the head has it; null: none.' })
  outputSchema?: unknown;

  @Field(() => VersionBump, { nullable: true, description: "Raises the version further than the contract asks for; it can't be lowered." })
  bump?: `${VersionBump}` | null;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true, description: 'A label that moves to the new version in the same stroke.' })
  moveLabel?: string | null;
}

@InputType()
export class RestorePromptVersionInput {
  @Field(() => ID)
  versionId!: string;

  @Field(() => String, { defaultValue: 'main' })
  branch!: string;

  @Field(() => ID, { nullable: true })
  expectedHeadId?: string | null;

  @Field(() => String, { nullable: true })
  message?: string | null;
}

@InputType()
export class CreatePromptBranchInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => ID)
  fromVersionId!: string;

  @Field(() => String)
  name!: string;
}

@InputType()
export class RenamePromptBranchInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;
}

@InputType()
export class PreviewPromptCommitInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String, { defaultValue: 'main' })
  branch!: string;

  @Field(() => PromptContentInput)
  content!: PromptContentInput;

  @Field(() => String, { nullable: true, description: 'A label that would move along: what refers to the prompt there would change, too.' })
  moveLabel?: string | null;
}

@ObjectType()
export class RaisedVersion {
  @Field(() => VersionBump)
  bump!: `${VersionBump}`;

  @Field(() => String)
  version!: string;
}

const raisedOptions = { description: 'The number that it would have with each greater bump.' };

/** Whom it would break is resolved from the ids and contents kept here. */
@ObjectType()
export class PromptCommitPreview {
  promptId!: string;
  branch!: string;
  label?: string | null;
  headVersionId!: string;
  /** The head's content, and what it would become. */
  before!: PromptContent;
  after!: PromptContent;

  @Field(() => Boolean, { description: 'False where nothing differs from the head.' })
  changed!: boolean;

  @Field(() => VersionBump)
  bump!: `${VersionBump}`;

  @Field(() => [ContractChange])
  contract!: ContractChange[];

  @Field(() => PromptDiff)
  diff!: PromptDiff;

  @Field(() => String, { description: 'The number that it would have.' })
  version!: string;

  @Field(() => [RaisedVersion], raisedOptions)
  raised!: RaisedVersion[];
}

export enum MergeSide {
  BASE = 'BASE',
  OURS = 'OURS',
  THEIRS = 'THEIRS',
  CUSTOM = 'CUSTOM',
}

registerEnumType(MergeSide, { name: 'MergeSide' });

export enum MergeConflictKind {
  MESSAGE_TEXT = 'MESSAGE_TEXT',
  MESSAGE_ROLE = 'MESSAGE_ROLE',
  MESSAGE_ORDER = 'MESSAGE_ORDER',
  MESSAGE_REMOVED = 'MESSAGE_REMOVED',
  VARIABLE = 'VARIABLE',
  SETTING = 'SETTING',
  TOOL = 'TOOL',
  OUTPUT_SCHEMA = 'OUTPUT_SCHEMA',
}

registerEnumType(MergeConflictKind, { name: 'MergeConflictKind' });

@ObjectType({
  description: 'Something that both sides changed differently. OURS is the branch that is merged into, THEIRS what is merged. A null side: not there.',
})
export class PromptMergeConflict {
  @Field(() => ID)
  id!: string;

  @Field(() => MergeConflictKind)
  kind!: `${MergeConflictKind}`;

  @Field(() => String, { description: 'What it is about, in words: a message, a variable, a setting.' })
  target!: string;

  @Field(() => JsonScalar, { nullable: true })
  base?: unknown;

  @Field(() => JsonScalar, { nullable: true })
  ours?: unknown;

  @Field(() => JsonScalar, { nullable: true })
  theirs?: unknown;

  @Field(() => String, { nullable: true, description: 'Of a MESSAGE_TEXT: what stands before it on its line.' })
  leading?: string | null;

  @Field(() => String, { nullable: true, description: 'Of a MESSAGE_TEXT: what stands after it on its line.' })
  trailing?: string | null;
}

@InputType()
export class MergeResolutionInput {
  @Field(() => ID)
  conflictId!: string;

  @Field(() => MergeSide)
  take!: `${MergeSide}`;

  @Field(() => JsonScalar, { nullable: true, description: 'For CUSTOM.' })
  value?: unknown;
}

@InputType()
export class PreviewPromptMergeInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String, { defaultValue: 'main' })
  target!: string;

  @Field(() => String, { nullable: true })
  source?: string | null;

  @Field(() => PromptContentInput, { nullable: true })
  content?: PromptContentInput | null;

  @Field(() => ID, { nullable: true, description: 'What is merged: a branch; or else content, written on top of `baseVersionId`.' })
  baseVersionId?: string | null;

  @Field(() => [MergeResolutionInput], { defaultValue: [] })
  resolutions!: MergeResolutionInput[];
}

/** Its versions, and whom it would break, are resolved from what is kept here. */
@ObjectType()
export class PromptMergePreview {
  promptId!: string;
  target!: string;
  baseVersionId!: string;
  ourVersionId!: string;
  theirVersionId?: string | undefined;
  /** The content of the target's head. */
  before!: PromptContent;

  @Field(() => PromptContent, { description: 'The result; where a conflict is not resolved, as OURS has it.' })
  content!: PromptContent;

  @Field(() => [PromptMergeConflict], { description: 'All, resolved ones too.' })
  conflicts!: PromptMergeConflict[];

  @Field(() => [ID])
  unresolved!: string[];

  @Field(() => PromptDiff, { description: "From the target's head to the result." })
  diff!: PromptDiff;

  @Field(() => String, { description: "The number that it would get; the source's own, where the target would only move on to the source's head." })
  version!: string;

  @Field(() => [RaisedVersion], raisedOptions)
  raised!: RaisedVersion[];
}

@InputType()
export class MergePromptBranchInput {
  @Field(() => ID)
  promptId!: string;

  @Field(() => String)
  source!: string;

  @Field(() => String, { defaultValue: 'main' })
  target!: string;

  @Field(() => ID, { nullable: true })
  expectedSourceHeadId?: string | null;

  @Field(() => ID, { nullable: true })
  expectedTargetHeadId?: string | null;

  @Field(() => [MergeResolutionInput], { defaultValue: [] })
  resolutions!: MergeResolutionInput[];

  @Field(() => VersionBump, { nullable: true })
  bump?: `${VersionBump}` | null;

  @Field(() => String, { nullable: true })
  message?: string | null;
}
