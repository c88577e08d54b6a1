import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PromptCommitPreview, PromptMergePreview } from '../../../schema/prompt-history.js';
import { PromptLabelMovePreview } from '../../../schema/prompt-labels.js';
import { BrokenWorkflowStep, WorkflowStepUse } from '../../../schema/prompt-uses.js';
import { Prompt } from '../../../schema/prompts.js';
import { Workflow } from '../../../schema/workflows.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type LabelChange } from '../prompts/dependents/dependent-breaks.js';
import { type CommitPreview } from '../prompts/history/compare.service.js';
import { type MergePreview } from '../prompts/history/merge.service.js';
import { type PromptBreaks } from './prompt-use.breaks.js';
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

@Resolver(() => PromptCommitPreview)
export class CommitBreaksResolver {
  constructor(private readonly breakage: PromptBreaks) {}

  @FieldResolver(() => [BrokenWorkflowStep], { description: 'Steps of workflows that the commit would break.' })
  breaks(@Root() preview: CommitPreview, @Ctx() context: RequestContext): Promise<BrokenWorkflowStep[]> {
    return this.breakage.of(identityOf(context).workspaceId, preview);
  }
}

@Resolver(() => PromptMergePreview)
export class MergeBreaksResolver {
  constructor(private readonly breakage: PromptBreaks) {}

  @FieldResolver(() => [BrokenWorkflowStep])
  breaks(@Root() { promptId, target, content }: MergePreview, @Ctx() context: RequestContext): Promise<BrokenWorkflowStep[]> {
    return this.breakage.of(identityOf(context).workspaceId, { promptId, branch: target, after: content });
  }
}

@Resolver(() => PromptLabelMovePreview)
export class LabelMoveBreaksResolver {
  constructor(private readonly breakage: PromptBreaks) {}

  @FieldResolver(() => [BrokenWorkflowStep], { description: 'Steps of workflows that the move would break.' })
  breaks(@Root() change: LabelChange, @Ctx() context: RequestContext): Promise<BrokenWorkflowStep[]> {
    return this.breakage.of(identityOf(context).workspaceId, change);
  }
}

@Resolver(() => BrokenWorkflowStep)
export class BrokenWorkflowStepResolver {
  constructor(private readonly workflows: WorkflowLoader) {}

  @FieldResolver(() => Workflow)
  workflow(@Root() { workflowId }: BrokenWorkflowStep, @Ctx() context: RequestContext): Promise<Workflow> {
    return this.workflows.workflow(context, workflowId);
  }
}
