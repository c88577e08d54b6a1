import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Connection, type Edge, PageInfo } from './connection.js';
import { PromptKind } from './prompt-content.js';
import { Prompt } from './prompts.js';

export enum FolderColour {
  GRAY = 'GRAY',
  RED = 'RED',
  ORANGE = 'ORANGE',
  YELLOW = 'YELLOW',
  GREEN = 'GREEN',
  TEAL = 'TEAL',
  BLUE = 'BLUE',
  PURPLE = 'PURPLE',
  PINK = 'PINK',
}
registerEnumType(FolderColour, { name: 'FolderColour' });

export enum PromptOrder {
  UPDATED = 'UPDATED',
  CREATED = 'CREATED',
  NAME = 'NAME',
}
registerEnumType(PromptOrder, { name: 'PromptOrder' });

export enum SearchField {
  NAME = 'NAME',
  TAGS = 'TAGS',
  PATH = 'PATH',
  DESCRIPTION = 'DESCRIPTION',
  TEXT = 'TEXT',
}
registerEnumType(SearchField, { name: 'SearchField' });

/** How many prompts are in it is counted when it is asked for. */
@ObjectType()
export class PromptFolder {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => FolderColour)
  colour!: `${FolderColour}`;

  @Field(() => ID, { nullable: true })
  parentId?: string | undefined;
}

@ObjectType()
export class PromptTag {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType()
export class TextFragment {
  @Field(() => String)
  text!: string;

  @Field(() => Boolean)
  hit!: boolean;
}

@ObjectType()
export class SearchHit {
  @Field(() => SearchField)
  field!: `${SearchField}`;

  @Field(() => [TextFragment])
  fragments!: TextFragment[];
}

/** Where the search text was found is looked up from the words kept here. */
@ObjectType()
export class PromptEdge implements Edge<Prompt> {
  searchedWords!: readonly string[];

  @Field(() => String)
  cursor!: string;

  @Field(() => Prompt)
  node!: Prompt;
}

@ObjectType()
export class PromptConnection implements Connection<Prompt> {
  @Field(() => [PromptEdge])
  edges!: PromptEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@InputType()
export class PromptFilterInput {
  @Field(() => ID, { nullable: true, description: 'And the folders within it.' })
  folderId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'In no folder.' })
  unfiled?: boolean;

  @Field(() => [String], { defaultValue: [], description: 'All of them.' })
  tags?: string[];

  @Field(() => PromptKind, { nullable: true })
  kind?: `${PromptKind}` | null;

  @Field(() => String, { nullable: true })
  label?: string | null;

  @Field(() => Boolean, { defaultValue: false })
  archived?: boolean;
}

@InputType()
export class CreatePromptFolderInput {
  @Field(() => String)
  name!: string;

  @Field(() => ID, { nullable: true })
  parentId?: string | null;

  @Field(() => FolderColour, { defaultValue: FolderColour.GRAY })
  colour!: `${FolderColour}`;
}

@InputType({ description: 'What is absent stays. A null `parentId`: to the top.' })
export class UpdatePromptFolderInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => ID, { nullable: true })
  parentId?: string | null;

  @Field(() => FolderColour, { nullable: true })
  colour?: `${FolderColour}` | null;
}

@InputType({ description: 'What is absent stays. A null `folderId`: in no folder.' })
export class UpdatePromptInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  path?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => ID, { nullable: true })
  folderId?: string | null;

  @Field(() => [String], { nullable: true })
  tags?: string[] | null;

  @Field(() => Boolean, { defaultValue: false, description: 'Change the path though other prompts refer to it by the old one.' })
  acceptBroken?: boolean;
}
