import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MessageRole } from './prompt-content.js';
import { JsonScalar } from './scalars.js';

export enum VersionBump {
  PATCH = 'PATCH',
  MINOR = 'MINOR',
  MAJOR = 'MAJOR',
}

registerEnumType(VersionBump, { name: 'VersionBump' });

export enum DiffChange {
  ADDED = 'ADDED',
  REMOVED = 'REMOVED',
  CHANGED = 'CHANGED',
  MOVED = 'MOVED',
  UNCHANGED = 'UNCHANGED',
}

registerEnumType(DiffChange, { name: 'DiffChange' });

@ObjectType({ description: 'How the contract differs, in words, and what it asks of the version number.' })
export class ContractChange {
  @Field(() => VersionBump)
  bump!: `${VersionBump}`;

  @Field(() => String)
  message!: string;
}

@ObjectType()
export class DiffSpan {
  @Field(() => String)
  text!: string;

  @Field(() => Boolean)
  changed!: boolean;
}

@ObjectType({ description: 'One row of the two texts side by side. CHANGED: one line became the other, with the words that differ marked.' })
export class LineDiff {
  @Field(() => DiffChange)
  change!: `${DiffChange}`;

  @Field(() => Int, { nullable: true })
  lineBefore?: number | null;

  @Field(() => Int, { nullable: true, description: 'Counted from 1 within the message.' })
  lineAfter?: number | null;

  @Field(() => [DiffSpan], { nullable: true })
  before?: DiffSpan[] | null;

  @Field(() => [DiffSpan], { nullable: true })
  after?: DiffSpan[] | null;
}

@ObjectType()
export class MessageDiff {
  @Field(() => ID)
  id!: string;

  @Field(() => DiffChange, { description: 'MOVED: only its place differs. CHANGED: text or role, perhaps its place too.' })
  change!: `${DiffChange}`;

  @Field(() => Int, { nullable: true })
  placeBefore?: number | null;

  @Field(() => Int, { nullable: true, description: 'Counted from 1; null where it is absent.' })
  placeAfter?: number | null;

  @Field(() => MessageRole, { nullable: true })
  roleBefore?: `${MessageRole}` | null;

  @Field(() => MessageRole, { nullable: true })
  roleAfter?: `${MessageRole}` | null;

  @Field(() => [LineDiff])
  lines!: LineDiff[];
}

@ObjectType({ description: 'Of a schema, `field` is a path such as `properties.title.type`.' })
export class FieldDiff {
  @Field(() => String)
  field!: string;

  @Field(() => DiffChange)
  change!: `${DiffChange}`;

  @Field(() => JsonScalar, { nullable: true })
  before?: unknown;

  @Field(() => JsonScalar, { nullable: true })
  after?: unknown;
}

@ObjectType({ description: 'A variable or a tool that differs, with its fields that do.' })
export class ItemDiff {
  @Field(() => String)
  name!: string;

  @Field(() => DiffChange)
  change!: `${DiffChange}`;

  @Field(() => [FieldDiff])
  fields!: FieldDiff[];
}

@ObjectType()
export class PromptDiff {
  @Field(() => Boolean)
  identical!: boolean;

  @Field(() => VersionBump)
  bump!: `${VersionBump}`;

  @Field(() => [ContractChange])
  contract!: ContractChange[];

  @Field(() => [MessageDiff])
  messages!: MessageDiff[];

  @Field(() => [ItemDiff])
  variables!: ItemDiff[];

  @Field(() => [ItemDiff])
  tools!: ItemDiff[];

  @Field(() => [FieldDiff])
  settings!: FieldDiff[];

  @Field(() => [FieldDiff])
  outputSchema!: FieldDiff[];
}
