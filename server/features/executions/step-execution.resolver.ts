import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { StepExecution } from '../../../schema/executions.js';
import { PromptVersion } from '../../../schema/prompts.js';
import { type RequestContext } from '../../graphql/context.js';
import { type PromptLoader } from '../prompts/prompt.loader.js';
import { type PromptVersionRecord } from '../prompts/prompt.store.js';

@Resolver(() => StepExecution)
export class StepExecutionResolver {
  constructor(private readonly prompts: PromptLoader) {}

  @FieldResolver(() => PromptVersion, { nullable: true, description: 'The prompt version that was sent; PROMPT only.' })
  async promptVersion(@Root() { promptVersionId }: StepExecution, @Ctx() context: RequestContext): Promise<PromptVersionRecord | null> {
    return promptVersionId ? this.prompts.formerVersion(context, promptVersionId) : null;
  }
}
