import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { MessageRole, ModelSettings, PromptContentInput, PromptKind, PromptReference, PromptTool } from './prompt-content.js';
import { PromptVersion } from './prompts.js';
import { JsonScalar } from './scalars.js';

@InputType({
  description: 'What to render or run: a version by id, a path at a label (default `production`), a version or a branch; or content that is no version.',
})
export class PromptSourceInput {
  @Field(() => ID, { nullable: true })
  versionId?: string | null;

  @Field(() => String, { nullable: true })
  path?: string | null;

  @Field(() => String, { nullable: true })
  label?: string | null;

  @Field(() => String, { nullable: true })
  version?: string | null;

  @Field(() => String, { nullable: true })
  branch?: string | null;

  @Field(() => PromptContentInput, { nullable: true })
  content?: PromptContentInput | null;

  @Field(() => PromptKind, { nullable: true })
  kind?: `${PromptKind}` | null;

  @Field(() => ID, { nullable: true, description: 'The prompt that `content` belongs to.' })
  promptId?: string | null;
}

@InputType()
export class RenderPromptInput {
  @Field(() => PromptSourceInput)
  source!: PromptSourceInput;

  @Field(() => JsonScalar, { nullable: true, description: 'By variable name. Absent ones have their default.' })
  values?: unknown;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Variables without a value or default have their sample value, or stay visible as `{{ name }}`.',
  })
  withSamples?: boolean;
}

@ObjectType()
export class RenderedMessage {
  @Field(() => ID, {
    nullable: true,
    description: 'Of the message of the prompt that it came from; all that were given for one placeholder share one. Null in runs that were kept before this was.',
  })
  messageId?: string | null | undefined;

  @Field(() => MessageRole)
  role!: `${MessageRole}`;

  @Field(() => String)
  content!: string;

  @Field(() => Int, { description: 'About how many tokens a model counts.' })
  tokens!: number;
}

@ObjectType()
export class PinnedReference {
  @Field(() => PromptReference)
  reference!: PromptReference;

  @Field(() => PromptVersion)
  version!: PromptVersion;
}

@ObjectType()
export class RenderedPrompt {
  @Field(() => [RenderedMessage])
  messages!: RenderedMessage[];

  @Field(() => Int)
  tokens!: number;

  @Field(() => [PinnedReference], { description: 'What the references resolved to, nested ones too.' })
  references!: PinnedReference[];

  @Field(() => ModelSettings)
  settings!: ModelSettings;

  @Field(() => [PromptTool])
  tools!: PromptTool[];

  @Field(() => JsonScalar, { nullable: true })
  outputSchema?: unknown;

  @Field(() => PromptVersion, { nullable: true, description: 'Null where content was rendered that is no version.' })
  version?: PromptVersion | null;
}
