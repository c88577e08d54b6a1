import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type PromptUseService, type StepUse } from './prompt-use.service.js';

/** Who runs a prompt: asked for many prompts, read in one query. */
export class PromptUseLoader {
  private readonly readUses: ReadMany<StepUse[]>;

  constructor(uses: PromptUseService) {
    this.readUses = (workspaceId, promptIds) => uses.byPrompt(workspaceId, promptIds);
  }

  usesOf(context: RequestContext, promptId: string): Promise<StepUse[]> {
    return context.loaders.load(this.readUses, identityOf(context), promptId, () => []);
  }
}
