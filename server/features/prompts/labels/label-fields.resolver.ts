import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Person } from '../../../../schema/auth.js';
import { PromptLabel, PromptLabelMove } from '../../../../schema/prompt-labels.js';
import { Prompt, PromptVersion } from '../../../../schema/prompts.js';
import { type RequestContext } from '../../../graphql/context.js';
import { type PersonLoader } from '../../auth/person.loader.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type LabelLoader } from './label.loader.js';

@Resolver(() => Prompt)
export class PromptLabelsResolver {
  constructor(private readonly loader: LabelLoader) {}

  @FieldResolver(() => [PromptLabel])
  labels(@Root() { id }: Prompt, @Ctx() context: RequestContext): Promise<PromptLabel[]> {
    return this.loader.ofPrompt(context, id);
  }
}

@Resolver(() => PromptVersion)
export class PromptVersionLabelsResolver {
  constructor(private readonly loader: LabelLoader) {}

  @FieldResolver(() => [PromptLabel])
  labels(@Root() { id }: PromptVersion, @Ctx() context: RequestContext): Promise<PromptLabel[]> {
    return this.loader.ofVersion(context, id);
  }
}

@Resolver(() => PromptLabelMove)
export class PromptLabelMoveResolver {
  constructor(
    private readonly prompts: PromptLoader,
    private readonly people: PersonLoader,
  ) {}

  @FieldResolver(() => Prompt)
  prompt(@Root() { promptId }: PromptLabelMove, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.prompts.prompt(context, promptId);
  }

  @FieldResolver(() => Person)
  by(@Root() { movedById }: PromptLabelMove, @Ctx() context: RequestContext): Promise<Person> {
    return this.people.load(context, movedById);
  }

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'The version that it left; null when the label was made, or its version was removed.' })
  from(@Root() { fromVersionId }: PromptLabelMove, @Ctx() context: RequestContext): Promise<PromptVersion | null> {
    return this.prompts.formerVersion(context, fromVersionId);
  }

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'Null when the label was removed.' })
  to(@Root() { toVersionId }: PromptLabelMove, @Ctx() context: RequestContext): Promise<PromptVersion | null> {
    return this.prompts.formerVersion(context, toVersionId);
  }
}
