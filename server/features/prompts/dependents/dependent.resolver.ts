import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { BrokenPromptDependent, PromptDependent } from '../../../../schema/prompt-dependents.js';
import { PromptCommitPreview } from '../../../../schema/prompt-history.js';
import { PromptLabelMovePreview } from '../../../../schema/prompt-labels.js';
import { Prompt, PromptVersion } from '../../../../schema/prompts.js';
import { identityOf, type RequestContext } from '../../../graphql/context.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type DependentLoader } from './dependent.loader.js';
import { type DependentBreaks, type LabelChange } from './dependent-breaks.js';
import { type DependentsService } from './dependents.service.js';

/** What other prompts add to a prompt. */
@Resolver(() => Prompt)
export class PromptDependentsResolver {
  constructor(private readonly loader: DependentLoader) {}

  @FieldResolver(() => [PromptDependent], { description: 'Prompts whose newest version on a branch, or a labelled version, includes this one.' })
  dependents(@Root() { id }: Prompt, @Ctx() context: RequestContext): Promise<PromptDependent[]> {
    return this.loader.of(context, id);
  }
}

@Resolver(() => PromptCommitPreview)
export class ChangedDependentsResolver {
  constructor(private readonly service: DependentsService) {}

  @FieldResolver(() => [PromptDependent], { description: 'Prompts that include this one in a way that the commit would change.' })
  dependents(@Root() { promptId, ...places }: PromptCommitPreview, @Ctx() context: RequestContext): Promise<PromptDependent[]> {
    return this.service.changedBy(identityOf(context).workspaceId, promptId, places);
  }
}

@Resolver(() => PromptLabelMovePreview)
export class LabelMoveDependentsResolver {
  constructor(private readonly breaks: DependentBreaks) {}

  @FieldResolver(() => [BrokenPromptDependent], { description: 'Prompts that include this one there and could no longer be called as before.' })
  brokenDependents(@Root() change: LabelChange, @Ctx() context: RequestContext): Promise<BrokenPromptDependent[]> {
    return this.breaks.of(identityOf(context).workspaceId, change);
  }
}

@Resolver(() => PromptDependent)
export class PromptDependentResolver {
  constructor(private readonly prompts: PromptLoader) {}

  @FieldResolver(() => Prompt)
  prompt(@Root() { promptId }: PromptDependent, @Ctx() context: RequestContext): Promise<Prompt> {
    return this.prompts.prompt(context, promptId);
  }

  @FieldResolver(() => PromptVersion, { description: 'The version of that prompt that includes this one.' })
  version(@Root() { versionId }: PromptDependent, @Ctx() context: RequestContext): Promise<PromptVersion> {
    return this.prompts.version(context, versionId);
  }
}
