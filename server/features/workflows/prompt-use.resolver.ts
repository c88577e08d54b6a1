import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { WorkflowStepUse } from '../../../schema/prompt-uses.js';
import { Prompt } from '../../../schema/prompts.js';
import { Workflow } from '../../../schema/workflows.js';
import { type RequestContext } from '../../graphql/context.js';
import { type PromptUseLoader } from './prompt-use.loader.js';
import { type WorkflowLoader } from './workflow.loader.js';

/** What workflows add to prompts. */
@Resolver(() => Prompt)
export class PromptUseResolver {
  constructor(private readonly loader: PromptUseLoader) {}

  @FieldResolver(() => [WorkflowStepUse], { description: 'Steps of the newest versions of workflows that run this prompt.' })
  async usedBy(@Root() { id }: Prompt, @Ctx() context: RequestContext): Promise<WorkflowStepUse[]> {
    const uses = await this.loader.usesOf(context, id);
    return uses.map(({ workflowId, step }) => ({ workflowId, stepKey: step.key, stepName: step.name }));
  }
}

@Resolver(() => WorkflowStepUse)
export class WorkflowStepUseResolver {
  constructor(private readonly workflows: WorkflowLoader) {}

  @FieldResolver(() => Workflow)
  workflow(@Root() { workflowId }: WorkflowStepUse, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.workflows.workflow(context, workflowId);
  }
}
